import { randomUUID } from 'node:crypto';
import type { TenantTransaction } from './database.js';

/** A picture as it is kept and sent. */
export interface LogoRow {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly width: number;
  readonly height: number;
}

/** How an app's connect screens look; the logo without its bytes, which every screen would read for nothing. */
export interface BrandRow {
  readonly appId: string;
  readonly tenantId: string;
  readonly name: string;
  readonly accent: string | null;
  readonly support: string | null;
  readonly logo: Omit<LogoRow, 'bytes'> | null;
  readonly updatedAt: Date;
}

/** What replaces a brand; a logo that is left out stays. */
export type BrandChange = Pick<BrandRow, 'appId' | 'tenantId' | 'name' | 'accent' | 'support'> & {
  readonly logo?: LogoRow | null | undefined;
};

export async function findBrand(tx: TenantTransaction, appId: string): Promise<BrandRow | undefined> {
  const row = await tx.brand.findUnique({ where: { appId }, omit: { logo: true } });
  if (row === null) return undefined;
  const { id: _, logoType: type, logoWidth: width, logoHeight: height, ...brand } = row;
  const isThere = type !== null && width !== null && height !== null;
  return { ...brand, logo: isThere ? { type, width, height } : null };
}

export async function findBrandLogo(tx: TenantTransaction, appId: string): Promise<LogoRow | undefined> {
  const row = await tx.brand.findUnique({ where: { appId } });
  if (row === null) return undefined;
  const { logo: bytes, logoType: type, logoWidth: width, logoHeight: height } = row;
  if (bytes === null || type === null || width === null || height === null) return undefined;
  return { bytes, type, width, height };
}

export async function putBrand(tx: TenantTransaction, { logo, ...brand }: BrandChange): Promise<void> {
  const picture =
    logo === undefined
      ? {}
      : {
          logo: logo?.bytes ?? null,
          logoType: logo?.type ?? null,
          logoWidth: logo?.width ?? null,
          logoHeight: logo?.height ?? null,
        };
  const { appId } = brand;
  const said = { ...brand, ...picture };
  await tx.brand.upsert({ where: { appId }, create: { id: randomUUID(), ...said }, update: said });
}

/** False when there was none. */
export async function deleteBrand(tx: TenantTransaction, appId: string): Promise<boolean> {
  const { count } = await tx.brand.deleteMany({ where: { appId } });
  return count > 0;
}
