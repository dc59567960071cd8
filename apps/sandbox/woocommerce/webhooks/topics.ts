/** What kind of thing a webhook reports on. */
export const WEBHOOK_RESOURCES = ['coupon', 'customer', 'order', 'product'] as const;
export type WebhookResource = (typeof WEBHOOK_RESOURCES)[number];

export const WEBHOOK_EVENTS = ['created', 'updated', 'deleted', 'restored'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** `order.updated` and the like; actions of plugins (`action.woocommerce_…`) are accepted but never happen here. */
export type WebhookTopic = `${WebhookResource}.${WebhookEvent}`;

const TRASHED = ['wp_trash_post'];
const RESTORED = ['untrashed_post'];

// Recorded: captures/woocommerce/webhook-create-*.json, the member `hooks`.
const HOOKS: Readonly<Record<WebhookTopic, readonly string[]>> = {
  'coupon.created': ['woocommerce_process_shop_coupon_meta', 'woocommerce_new_coupon'],
  'coupon.updated': ['woocommerce_process_shop_coupon_meta', 'woocommerce_update_coupon'],
  'coupon.deleted': TRASHED,
  'coupon.restored': RESTORED,
  'customer.created': ['user_register', 'woocommerce_created_customer', 'woocommerce_new_customer'],
  'customer.updated': ['profile_update', 'woocommerce_update_customer'],
  'customer.deleted': ['delete_user'],
  'customer.restored': [],
  'order.created': ['woocommerce_new_order'],
  'order.updated': ['woocommerce_update_order', 'woocommerce_order_refunded'],
  'order.deleted': ['wp_trash_post', 'woocommerce_trash_order'],
  'order.restored': ['untrashed_post', 'woocommerce_untrash_order'],
  'product.created': [
    'woocommerce_process_product_meta',
    'woocommerce_new_product',
    'woocommerce_new_product_variation',
  ],
  'product.updated': [
    'woocommerce_process_product_meta',
    'woocommerce_update_product',
    'woocommerce_update_product_variation',
  ],
  'product.deleted': TRASHED,
  'product.restored': RESTORED,
};

/** Whether WooCommerce takes the topic for one; upper case counts as lower case. */
export function isTopic(text: string): boolean {
  const topic = text.toLowerCase();
  return Object.hasOwn(HOOKS, topic) || /^action\.(woocommerce|wc)_./.test(topic);
}

/** Resource and event as the REST body and the headers name them. */
export function partsOf(topic: string): { readonly resource: string; readonly event: string } {
  const [resource = '', ...event] = topic.split('.');
  return { resource, event: event.join('.') };
}

/** The PHP hooks behind a topic, as the REST body lists them. */
export function hooksOf(topic: string): readonly string[] {
  const known = Object.entries(HOOKS).find(([name]) => name === topic);
  return known ? known[1] : [partsOf(topic).event];
}
