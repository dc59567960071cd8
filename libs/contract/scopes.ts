/** What a key may be allowed to touch. Fulfillments, refunds, returns and transactions belong to orders, locations to inventory. */
export const SCOPE_RESOURCES = [
  'orders',
  'products',
  'inventory',
  'customers',
  'categories',
  'coupons',
  'carts',
  'stores',
  'events',
  'webhooks',
] as const;

type ScopeResource = (typeof SCOPE_RESOURCES)[number];

/** A scope of our own API, e.g. `read:orders`. */
export type Scope = `read:${ScopeResource}` | `write:${ScopeResource}` | 'read:customers.pii' | 'passthrough';

export const SCOPES: readonly Scope[] = [
  ...SCOPE_RESOURCES.flatMap((resource): Scope[] => [`read:${resource}`, `write:${resource}`]),
  'read:customers.pii',
  'passthrough',
];

export function isScope(value: string): value is Scope {
  return SCOPES.some((scope) => scope === value);
}
