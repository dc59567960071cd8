import { defineConnector, notBuilt, unsupported } from '#contract';
import { keys, wcAuth } from './auth.js';
import { errors } from './errors.js';
import { getOrder, listOrders } from './orders.js';
import { recognize } from './recognize.js';
import { getShop } from './shop.js';

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
  limits: [
    {
      kind: 'concurrency',
      max: 2,
      why: 'The platform has no limit of its own, its hosts do: each call keeps a PHP worker busy for up to ten seconds, and a small plan has three to five of them for the shop and its customers.',
    },
  ],
  errors,
  // A page of 100 orders takes up to ten seconds on a slow shop; the page is never asked in smaller parts.
  deadlineMs: 60_000,
  operations: {
    shop: { get: getShop },
    orders: { list: listOrders, get: getOrder, create: notBuilt, update: notBuilt, cancel: notBuilt },
    fulfillments: notBuilt,
    refunds: notBuilt,
    returns: unsupported('WooCommerce has no returns; goods sent back are only seen as refunds.'),
    transactions: unsupported(
      'WooCommerce keeps no payment transactions, only a date of payment and a reference on the order.',
    ),
    products: notBuilt,
    variants: notBuilt,
    inventory: notBuilt,
    locations: unsupported('WooCommerce keeps one stock number per product, without locations.'),
    customers: notBuilt,
    addresses: notBuilt,
    categories: notBuilt,
    coupons: notBuilt,
    carts: notBuilt,
    webhooks: notBuilt,
  },
  recognize,
  webhooks: notBuilt,
  historyDays: () => null,
  passthrough: { prefixes: ['wp-json/wc'], note: 'WooCommerce and the plugins that extend it.' },
});
