import { createHash } from 'node:crypto';
import type { SandboxClient } from '../platform.js';
import type { Shop } from './shops.js';

/** Everything a merchant would tick for an app of their own. */
export const CUSTOM_APP_SCOPES = [
  'write_products',
  'write_inventory',
  'write_locations',
  'write_orders',
  'read_all_orders',
  'write_customers',
  'write_discounts',
  'write_publications',
  'write_fulfillments',
  'write_merchant_managed_fulfillment_orders',
  'write_assigned_fulfillment_orders',
  'write_third_party_fulfillment_orders',
  'write_returns',
  'write_order_edits',
  'write_draft_orders',
] as const;

const HEX_DIGITS = 32;

// Worked out, so that no file of the repository holds anything that looks like a credential.
const derived = (prefix: string, host: string, what: string): string =>
  `${prefix}_${createHash('sha256').update(`${what} of the custom app of ${host}`).digest('hex').slice(0, HEX_DIGITS)}`;

/** The app a merchant made in the shop's own admin; its token is pasted, not granted. */
export function customAppOf({ host, name }: Shop): SandboxClient & { readonly token: string } {
  return {
    clientId: createHash('sha256').update(`custom app of ${host}`).digest('hex').slice(0, HEX_DIGITS),
    name: `${name} custom app`,
    secret: derived('shpss', host, 'secret'),
    token: derived('shpat', host, 'token'),
    redirectUris: [],
  };
}
