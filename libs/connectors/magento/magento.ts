import { defineConnector, unsupported } from '#contract';
import { activation } from './activation.js';
import { accessToken, integrationKeys } from './auth.js';
import { catalogue } from './catalogue/operations.js';
import { getCart, listCarts } from './carts.js';
import { errors } from './errors.js';
import { createFulfillment, listFulfillments, updateFulfillment } from './fulfillments.js';
import { cancelOrder, updateOrder } from './order-change.js';
import { createOrder } from './order-create.js';
import { getOrder, listOrders } from './orders.js';
import { recognize } from './recognize.js';
import { createRefund } from './refund-create.js';
import { listRefunds } from './refunds.js';
import { getShop } from './shop.js';
import { listTransactions } from './transactions.js';
import { translations } from './translations.js';

const NO_WEBHOOKS =
  'Magento Open Source tells nobody what happens; changes are noticed by asking for what was updated.';

/** Magento Open Source and Adobe Commerce 2.4, REST `V1`. Quirks are named beside the code; see README.md. */
export const magento = defineConnector({
  contract: 1,
  id: 'magento',
  name: 'Magento',
  apiVersion: 'V1',
  docs: 'https://developer.adobe.com/commerce/webapi/rest/',
  hosting: { kind: 'merchant' },
  client: 'none',
  auth: [activation, integrationKeys, accessToken],
  translations,
  limits: [
    {
      kind: 'concurrency',
      max: 4,
      adaptive: { start: 2 },
      why: 'The platform has no limit of its own, its hosts do: each call keeps a PHP worker busy for up to a minute, and the shop and its customers share a few of them.',
    },
  ],
  errors,
  // A page of 100 products takes 10 to 60 seconds on a slow shop (fact sheet, 8).
  deadlineMs: 120_000,
  operations: {
    shop: { get: getShop },
    orders: { list: listOrders, get: getOrder, create: createOrder, update: updateOrder, cancel: cancelOrder },
    fulfillments: { list: listFulfillments, create: createFulfillment, update: updateFulfillment },
    refunds: { list: listRefunds, create: createRefund },
    returns: unsupported('Magento Open Source has no returns; goods sent back are only seen as refunds.'),
    transactions: { list: listTransactions },
    ...catalogue,
    carts: { list: listCarts, get: getCart },
    webhooks: unsupported(NO_WEBHOOKS),
  },
  recognize,
  webhooks: unsupported(NO_WEBHOOKS),
  polling: {
    everySeconds: 300,
    price:
      'Every five minutes one search each of orders, products and customers. What is deleted is not seen, nor a change of stock; one of an address may not be seen either. Where one store view is meant, each is preceded by a look for its number.',
    lists: [
      { operation: 'orders.list', access: 'read:orders' },
      { operation: 'products.list', access: 'read:products' },
      { operation: 'customers.list', access: 'read:customers' },
    ],
  },
  historyDays: () => null,
  passthrough: {
    prefixes: ['rest/'],
    note: 'The REST API of Magento and of the modules that extend it, for any store view.',
  },
});
