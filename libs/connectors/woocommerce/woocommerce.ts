import { defineConnector, unsupported } from '#contract';
import { keys, wcAuth } from './auth.js';
import { catalogue } from './catalogue/operations.js';
import { errors } from './errors.js';
import { createFulfillment, listFulfillments, updateFulfillment } from './fulfillments.js';
import { cancelOrder, updateOrder } from './order-change.js';
import { createOrder } from './order-create.js';
import { getOrder, listOrders } from './orders.js';
import { recognize } from './recognize.js';
import { createRefund } from './refund-create.js';
import { listRefunds } from './refunds.js';
import { getShop } from './shop.js';
import { listWebhooks, registerWebhook, removeWebhook } from './webhook-subscriptions.js';
import { webhooks } from './webhooks.js';
import { translations } from './translations.js';

/** WooCommerce, REST namespace `wc/v3` of the plugin itself. Quirks are named beside the code; see README.md. */
export const woocommerce = defineConnector({
  contract: 1,
  id: 'woocommerce',
  name: 'WooCommerce',
  apiVersion: 'wc/v3',
  docs: 'https://woocommerce.github.io/woocommerce-rest-api-docs/',
  hosting: { kind: 'merchant' },
  client: 'none',
  auth: [wcAuth, keys],
  translations,
  limits: [
    {
      kind: 'concurrency',
      max: 4,
      adaptive: { start: 2 },
      why: 'The platform has no limit of its own, its hosts do: each call keeps a PHP worker busy for up to ten seconds, and a small plan has three to five of them for the shop and its customers.',
    },
  ],
  errors,
  // A page of 100 orders takes up to ten seconds on a slow shop; the page is never asked in smaller parts.
  deadlineMs: 60_000,
  operations: {
    shop: { get: getShop },
    orders: { list: listOrders, get: getOrder, create: createOrder, update: updateOrder, cancel: cancelOrder },
    fulfillments: { list: listFulfillments, create: createFulfillment, update: updateFulfillment },
    refunds: { list: listRefunds, create: createRefund },
    returns: unsupported('WooCommerce has no returns; goods sent back are only seen as refunds.'),
    transactions: unsupported(
      'WooCommerce keeps no payment transactions, only a date of payment and a reference on the order.',
    ),
    ...catalogue,
    locations: unsupported('WooCommerce keeps one stock number per product, without locations.'),
    carts: unsupported(
      "WooCommerce keeps a cart in its shopper's session, out of reach of its API; what is left at the checkout is an order with the status checkout-draft.",
    ),
    webhooks: { list: listWebhooks, register: registerWebhook, remove: removeWebhook },
  },
  recognize,
  webhooks,
  historyDays: () => null,
  passthrough: {
    prefixes: ['wp-json/wc/', 'wp-json/wc-analytics/', 'wp-json/wc-shipment-tracking/'],
    note: 'WooCommerce and the plugins that extend it.',
  },
});
