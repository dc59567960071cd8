/** docs: https://docs.bigcommerce.com/developer/docs/overview/api-fundamentals/authentication/api-scopes */
const WITH_READ_ONLY = [
  'store_v2_orders',
  'store_v2_transactions',
  'store_v2_products',
  'store_v2_customers',
  'store_v2_information',
  'store_v2_marketing',
  'store_v2_content',
  'store_inventory',
  'store_locations',
  'store_cart',
  'store_checkout',
  'store_channel_settings',
  'store_channel_listings',
  'store_sites',
] as const;

/** Every scope in its modifying form. */
export const ALL_SCOPES: readonly string[] = [
  ...WITH_READ_ONLY,
  'store_order_fulfillment_manage',
  'store_fulfillment_methods_manage',
  'store_payments_methods_read',
  'store_v2_default',
];

/** What an application asks for until its developer changes it ({@link file://./apps.ts}). */
export const DEFAULT_APP_SCOPES: readonly string[] = [
  'store_v2_orders',
  'store_v2_transactions',
  'store_v2_products',
  'store_v2_customers',
  'store_v2_information_read_only',
  'store_v2_marketing',
  'store_inventory',
  'store_locations',
  'store_cart_read_only',
  'store_channel_settings_read_only',
  'store_channel_listings_read_only',
  'store_order_fulfillment_read_only',
  'store_v2_default',
];

/** Whether a name is a scope, in its modifying or its reading form. */
export function isScope(name: string): boolean {
  return (
    ALL_SCOPES.includes(name) ||
    ALL_SCOPES.includes(name.replace(/_read_only$/, '')) ||
    ALL_SCOPES.includes(name.replace(/_read_only$/, '_manage'))
  );
}

/** The scopes any of which lets a token read. */
export const reading = (...names: readonly string[]): readonly string[] => [
  ...names,
  ...names.map((name) => `${name}_read_only`),
];

/** "Orders (modify)" from `store_v2_orders`. */
export function scopeInWords(scope: string): string {
  const subject = scope
    .replace(/^store_(v2_)?/, '')
    .replace(/_(read_only|manage)$/, '')
    .replaceAll('_', ' ');
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)} (${scope.endsWith('_read_only') ? 'read' : 'modify'})`;
}
