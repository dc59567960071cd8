import type { EventType, RecordKind } from '#contract';

interface Meaning {
  readonly type: Exclude<EventType, `store.${string}` | `privacy.${string}`>;
  readonly kind: RecordKind;
  /** The type of the record whose number stands in the payload, where there is no global id. */
  readonly gid: string;
  /** `order`: the payload is a part of an order, which it names. */
  readonly of: 'itself' | 'order';
  /** false: understood where an app's configuration has it, but asked for by another topic already. */
  readonly subscribed?: boolean;
}

const about = (kind: RecordKind, gid: string, type: Meaning['type']): Meaning => ({ type, kind, gid, of: 'itself' });
const partOfOrder: Meaning = { type: 'order.updated', kind: 'order', gid: 'Order', of: 'order' };
const order = (type: Meaning['type']) => about('order', 'Order', type);
const product = (type: Meaning['type']) => about('product', 'Product', type);
const customer = (type: Meaning['type']) => about('customer', 'Customer', type);
const category = (type: Meaning['type']) => about('category', 'Collection', type);
const coupon = (type: Meaning['type']) => about('coupon', 'DiscountCodeNode', type);
const stock = about('inventoryLevel', 'InventoryLevel', 'inventory.updated');
const cart = (type: Meaning['type']) => about('cart', 'AbandonedCheckout', type);
/** `orders/updated` comes for these too. */
const doubled = { subscribed: false };

/** What each topic means, as the wire spells it (schema: enumeration WebhookSubscriptionTopic). */
export const TOPICS: Readonly<Record<string, Meaning>> = {
  'orders/create': order('order.created'),
  'orders/updated': order('order.updated'),
  'orders/cancelled': order('order.canceled'),
  'orders/delete': order('order.deleted'),
  'orders/paid': { ...order('order.updated'), ...doubled },
  'orders/fulfilled': { ...order('order.updated'), ...doubled },
  'orders/partially_fulfilled': { ...order('order.updated'), ...doubled },
  'orders/edited': { ...partOfOrder, ...doubled },
  'order_transactions/create': { ...partOfOrder, ...doubled },
  'refunds/create': partOfOrder,
  'fulfillments/create': partOfOrder,
  'fulfillments/update': partOfOrder,
  'returns/request': partOfOrder,
  'returns/approve': partOfOrder,
  'returns/decline': partOfOrder,
  'returns/cancel': partOfOrder,
  'returns/close': partOfOrder,
  'returns/reopen': partOfOrder,
  'products/create': product('product.created'),
  'products/update': product('product.updated'),
  'products/delete': product('product.deleted'),
  'inventory_levels/update': stock,
  'inventory_levels/connect': stock,
  // `inventory_levels/disconnect` names no level, only its item and location.
  'customers/create': customer('customer.created'),
  'customers/update': customer('customer.updated'),
  'customers/delete': customer('customer.deleted'),
  'customers/enable': { ...customer('customer.updated'), ...doubled },
  'customers/disable': { ...customer('customer.updated'), ...doubled },
  'collections/create': category('category.created'),
  'collections/update': category('category.updated'),
  'collections/delete': category('category.deleted'),
  'discounts/create': coupon('coupon.created'),
  'discounts/update': coupon('coupon.updated'),
  'discounts/delete': coupon('coupon.deleted'),
  'checkouts/create': cart('cart.created'),
  'checkouts/update': cart('cart.updated'),
};

/** As subscriptions name a topic: `ORDERS_CREATE`. */
export function subscriptionTopic(wire: string): string {
  return wire.toUpperCase().replace(/[/.]/, '_');
}

const KNOWN: ReadonlyMap<string, string> = new Map(
  [...Object.keys(TOPICS), 'app/uninstalled', 'app/scopes_update'].map((wire) => [subscriptionTopic(wire), wire]),
);

/** As the wire names it; one that nobody here subscribes to is left as it is, for its parts cannot be told apart. */
export function wireTopic(subscribed: string): string {
  return KNOWN.get(subscribed) ?? subscribed;
}
