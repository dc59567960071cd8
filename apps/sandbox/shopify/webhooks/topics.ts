/** Things a topic can be about, longest first, so that the event is what follows. */
const RESOURCES = [
  'app',
  'app_subscriptions',
  'app_purchases_one_time',
  'bulk_operations',
  'carts',
  'checkouts',
  'collections',
  'customers',
  'customer_groups',
  'discounts',
  'disputes',
  'draft_orders',
  'fulfillment_events',
  'fulfillment_holds',
  'fulfillment_orders',
  'fulfillments',
  'inventory_items',
  'inventory_levels',
  'locations',
  'markets',
  'order_transactions',
  'orders',
  'product_listings',
  'products',
  'profiles',
  'refunds',
  'returns',
  'shop',
  'tender_transactions',
  'themes',
  'variants',
].sort((left, right) => right.length - left.length);

/** Topics written with a dot instead of a slash. */
const DOTTED: ReadonlySet<string> = new Set([
  'customer_tags_added',
  'customer_tags_removed',
  'customer_joined_segment',
  'customer_left_segment',
]);

/** `ORDERS_CREATE` as the wire has it: `orders/create`. */
export function wireTopic(topic: string): string {
  const lower = topic.toLowerCase();
  if (DOTTED.has(lower)) return lower.replace('_', '.');
  const resource = RESOURCES.find((one) => lower.startsWith(`${one}_`));
  if (resource === undefined) return lower.replace(/_([^_]*)$/, '/$1');
  return `${resource}/${lower.slice(resource.length + 1)}`;
}
