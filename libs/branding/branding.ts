import { GatewayError } from '#contract';
import {
  type BrandRow,
  type Database,
  deleteBrand,
  findBrand,
  findBrandLogo,
  type LogoRow,
  putBrand,
} from '#persistence';
import { type BrandColours, brandColours } from './brand-colours.js';
import { readLogo } from './logo.js';

interface Owner {
  readonly tenantId: string;
  readonly appId: string;
}

interface Needs {
  readonly database: Database;
}

/** How an app's connect screens look. */
export interface Branding {
  readonly name: string;
  /** As the app wants it; null: the gateway's own colours. */
  readonly accent: string | null;
  /** As it is shown. */
  readonly colours: BrandColours | null;
  readonly support: string | null;
  readonly logo: BrandRow['logo'];
  readonly updatedAt: Date;
}

/** What an app says of its screens. */
export interface BrandingRequest {
  readonly name: string;
  readonly accent?: string | null | undefined;
  /** An https address or an e-mail address. */
  readonly support?: string | null | undefined;
  /** Base64; left out, the one that is there stays; null takes it away. */
  readonly logo?: string | null | undefined;
}

/** Undefined where the app has said nothing. */
export async function brandingOf({ database }: Needs, { tenantId, appId }: Owner): Promise<Branding | undefined> {
  const row = await database.withTenant(tenantId, (tx) => findBrand(tx, appId));
  return row === undefined ? undefined : viewOf(row);
}

/** @throws GatewayError `not_found` where the app has said nothing */
export async function getBranding(needs: Needs, owner: Owner): Promise<Branding> {
  return (await brandingOf(needs, owner)) ?? unbranded();
}

/**
 * Says how the app's connect screens look, instead of what was said before.
 * @returns with the colours that are shown: an accent that could not be told from the card is moved until it can
 * @throws GatewayError `request_invalid` naming the field
 */
export async function putBranding(
  { database }: Needs,
  { tenantId, appId }: Owner,
  { name, accent = null, support = null, logo }: BrandingRequest,
): Promise<Branding> {
  const change = { tenantId, appId, name, support, accent: accent?.toLowerCase() ?? null };
  const picture = typeof logo === 'string' ? readLogo(logo) : logo;
  const row = await database.withTenant(tenantId, async (tx) => {
    await putBrand(tx, { ...change, logo: picture });
    return await findBrand(tx, appId);
  });
  return row === undefined ? unbranded() : viewOf(row);
}

/** @throws GatewayError `not_found` where the app has said nothing */
export async function removeBranding({ database }: Needs, { tenantId, appId }: Owner): Promise<void> {
  if (!(await database.withTenant(tenantId, (tx) => deleteBrand(tx, appId)))) unbranded();
}

/** @throws GatewayError `not_found` */
export async function logoOf({ database }: Needs, { tenantId, appId }: Owner): Promise<LogoRow> {
  const logo = await database.withTenant(tenantId, (tx) => findBrandLogo(tx, appId));
  if (logo === undefined) throw new GatewayError('not_found', 'There is no logo.');
  return logo;
}

function unbranded(): never {
  throw new GatewayError('not_found', 'The app has no branding.');
}

function viewOf({ name, accent, support, logo, updatedAt }: BrandRow): Branding {
  const colours = accent === null ? null : brandColours(accent);
  return { name, accent, colours, support, logo, updatedAt };
}
