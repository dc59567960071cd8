import { defineConnector, unsupported } from '#contract';
import { apiAccount } from './auth.js';
import { getCart } from './carts.js';
import { catalogue } from './catalogue/operations.js';
import { budget, errors } from './errors.js';
import { createFulfillment, listFulfillments, updateFulfillment } from './fulfillments.js';
import { cancelOrder, updateOrder } from './order-change.js';
import { createOrder } from './order-create.js';
import { getOrder, listOrders } from './orders.js';
import { app } from './install.js';
import { recognize } from './recognize.js';
import { createRefund } from './refund-create.js';
import { refusedCall } from './refused-calls.js';
import { listRefunds } from './refunds.js';
import { getShop } from './shop.js';
import { listTransactions } from './transactions.js';
import { listWebhooks, registerWebhook, removeWebhook } from './webhook-subscriptions.js';
import { webhooks } from './webhooks.js';
import { translations } from './translations.js';

/** BigCommerce: orders, coupons and the shop itself by REST V2, everything else by V3. Quirks beside the code; see README.md. */
export const bigcommerce = defineConnector({
  contract: 1,
  id: 'bigcommerce',
  name: 'BigCommerce',
  apiVersion: 'v2/v3',
  docs: 'https://developer.bigcommerce.com/docs/api',
  hosting: { kind: 'fixed', hosts: ['api.bigcommerce.com', 'login.bigcommerce.com'] },
  client: 'required',
  auth: [app, apiAccount],
  translations,
  limits: [
    {
      kind: 'cost',
      capacity: 150,
      perSecond: 5,
      why:
        'Per shop, for all its apps together, 150 calls in 30 seconds on the Standard and Plus plans (450 on Pro), which is ' +
        'five a second; every answer says how many are left of the window, and that replaces what was counted here.',
    },
  ],
  budget,
  errors,
  deadlineMs: 60_000,
  operations: {
    shop: { get: getShop },
    orders: { list: listOrders, get: getOrder, create: createOrder, update: updateOrder, cancel: cancelOrder },
    fulfillments: { list: listFulfillments, create: createFulfillment, update: updateFulfillment },
    refunds: { list: listRefunds, create: createRefund },
    returns: unsupported(
      'BigCommerce has returns in its control panel only; its API knows nothing of them, and money given back is a refund.',
    ),
    transactions: { list: listTransactions },
    ...catalogue,
    carts: {
      list: unsupported('BigCommerce lists no carts: one is read by its id, which a webhook names.'),
      get: getCart,
    },
    webhooks: { list: listWebhooks, register: registerWebhook, remove: removeWebhook },
  },
  recognize,
  webhooks,
  historyDays: () => null,
  passthrough: {
    prefixes: ['v2/', 'v3/'],
    note: 'The REST API of the shop, V2 and V3. A DELETE that names nothing by its id is not made: it would empty a collection.',
    answerHeaders: ['x-rate-limit-requests-left', 'x-rate-limit-time-reset-ms'],
    refuses: refusedCall,
  },
});
