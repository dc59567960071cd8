import { defineConnector } from '#contract';
import { oauth, ownApp, token } from './auth.js';
import { catalogue } from './catalogue/operations.js';
import { getCart, listCarts } from './carts.js';
import { cancelOrder, updateOrder } from './change-order.js';
import { createOrder } from './create-order.js';
import { createRefund } from './create-refund.js';
import { createReturn } from './create-return.js';
import { API_VERSION, API_VERSION_UNTIL } from './documents.js';
import { budget, errors } from './errors.js';
import { createFulfillment, updateFulfillment } from './fulfillments.js';
import { listFulfillments, listRefunds, listReturns, listTransactions } from './order-parts.js';
import { getOrder, listOrders } from './orders.js';
import { recognize } from './recognize.js';
import { getShop } from './shop.js';
import { listWebhooks, registerWebhook, removeWebhook } from './webhook-subscriptions.js';
import { webhooks } from './webhooks.js';
import { translations } from './translations.js';

export const shopify = defineConnector({
  contract: 1,
  id: 'shopify',
  name: 'Shopify',
  apiVersion: API_VERSION,
  // A version is served for at least a year (docs: https://shopify.dev/docs/api/usage/versioning); the day is that of the
  // table in Shopify's own npm package (fact sheet, Versions). Later calls are answered by the oldest version that is left.
  apiVersionUntil: API_VERSION_UNTIL,
  docs: `https://shopify.dev/docs/api/admin-graphql/${API_VERSION}`,
  hosting: { kind: 'suffix', suffix: '.myshopify.com' },
  client: 'required',
  auth: [oauth, ownApp, token],
  translations,
  limits: [
    {
      kind: 'cost',
      capacity: 2000,
      perSecond: 100,
      why:
        'Per app and shop a bucket of 2,000 points that refills by 100 a second on the standard plan (dearer plans have ' +
        'more, and every answer says how much). A page of 50 orders reserves 807 points and gives back what it did not ' +
        'use: two such pages at once, then one every 8.07 seconds at worst.',
    },
  ],
  budget,
  errors,
  deadlineMs: 30_000,
  operations: {
    shop: { get: getShop },
    orders: { list: listOrders, get: getOrder, create: createOrder, update: updateOrder, cancel: cancelOrder },
    fulfillments: { list: listFulfillments, create: createFulfillment, update: updateFulfillment },
    refunds: { list: listRefunds, create: createRefund },
    returns: { list: listReturns, create: createReturn },
    transactions: { list: listTransactions },
    ...catalogue,
    carts: { list: listCarts, get: getCart },
    webhooks: { list: listWebhooks, register: registerWebhook, remove: removeWebhook },
  },
  recognize,
  webhooks,
  // Older orders need a scope of their own (docs: https://shopify.dev/docs/api/usage/access-scopes).
  historyDays: (scopes) => (scopes.includes('read_all_orders') ? null : 60),
  passthrough: {
    prefixes: ['admin/api/'],
    note: 'The Admin API, GraphQL or REST, of any version the platform serves.',
  },
});
