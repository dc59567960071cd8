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

/** What belongs to an order is allowed with orders, and so on. */
const RESOURCE_OF: Readonly<Record<string, ScopeResource>> = {
  orders: 'orders',
  fulfillments: 'orders',
  refunds: 'orders',
  returns: 'orders',
  transactions: 'orders',
  products: 'products',
  variants: 'products',
  inventory: 'inventory',
  locations: 'inventory',
  customers: 'customers',
  addresses: 'customers',
  categories: 'categories',
  coupons: 'coupons',
  carts: 'carts',
};

/**
 * The scope that covers an operation such as `orders.list`.
 * @throws RangeError when none does
 */
export function scopeOf(operation: string): Scope {
  const [kind = '', verb = ''] = operation.split('.');
  const resource = RESOURCE_OF[kind];
  if (resource === undefined) throw new RangeError(`no scope covers ${operation}`);
  return `${verb === 'list' || verb === 'get' ? 'read' : 'write'}:${resource}`;
}
