import {
  type Connector,
  defineConnector,
  GatewayError,
  type JsonValue,
  type OrderRecord,
  Unreadable,
  unsupported,
} from '#contract';
import { invalidField, readRecord, readRecords, type RecordReading, withBasic } from '#kit';
import { z } from 'zod';

const anyRecord = z.custom<JsonValue>((value) => value !== undefined);
const given = z.object({ id: z.number(), total: z.string().regex(/^\d+\.\d\d$/) });
const none = unsupported('This platform has no such thing.');

/**
 * A platform that does not exist, for tests of what serves all platforms. Its list is a search by POST that goes on over
 * several calls, its shop is told in two calls of which the second may fail, and its errors are `{"fault": "<word>"}`.
 */
export const exampleConnector: Connector = defineConnector({
  contract: 1,
  id: 'example',
  name: 'Example',
  apiVersion: '1',
  docs: 'https://example.com/',
  hosting: { kind: 'suffix', suffix: '.example.com' },
  client: 'none',
  auth: [
    {
      id: 'keys',
      kind: 'pastedKeys',
      revocation: { kind: 'impossible', why: 'There is no such route. Delete the key in the shop.' },
      title: 'Keys',
      form: { shop: { label: 'Shop', kind: 'text', help: 'Its name.', example: 'cups' } },
      locate: ({ shop = '' }) => {
        if (!/^[a-z]+$/.test(shop)) throw invalidField('shop', 'Enter the name of the shop.');
        return { account: shop, apiRoot: new URL(`https://${shop}.example.com/`) };
      },
      sign: (request, { key, secret }) => withBasic(request, key, secret),
      credentials: () => {
        throw invalidField('shop', 'This shop has no keys.');
      },
    },
  ],
  translations: {},
  limits: [{ kind: 'concurrency', max: 1, why: 'It does not exist.' }],
  errors: {
    problems: (body) => {
      const read = z.object({ fault: z.string() }).safeParse(body);
      return read.success ? [{ code: read.data.fault }] : [];
    },
    rules: [{ code: 'gone', as: 'credential_revoked' }],
  },
  deadlineMs: 1000,
  operations: {
    shop: {
      get: {
        async run({ account, http }) {
          const { data } = await http({ path: 'v1/shop', effect: 'read', expect: z.object({ name: z.string() }) });
          const zone = await http({ path: 'v1/shop/zone', effect: 'read', expect: z.string() }).catch(() => undefined);
          const timezone = zone?.data ?? null;
          return { platformId: account, ...data, domain: account, currency: 'EUR', timezone, grantedScopes: null };
        },
      },
    },
    orders: {
      list: {
        filters: {},
        sorts: ['-createdAt'],
        maxPageSize: 10,
        async page({ http }) {
          const found: JsonValue[] = [];
          for (let page = 1; ; page += 1) {
            const expect = z.object({ orders: z.array(anyRecord), more: z.boolean() });
            const { data } = await http({ method: 'POST', path: 'v1/search', body: { page }, effect: 'read', expect });
            found.push(...data.orders);
            if (!data.more) return { ...readRecords(found, reading), next: { page } };
          }
        },
      },
      get: {
        async run({ http }, { platformId }) {
          const { data: raw } = await http({ path: `v1/orders/${platformId}`, effect: 'read', expect: anyRecord });
          if (platformId === '13') throw new TypeError('a bug');
          try {
            return { record: readRecord(raw, reading), raw };
          } catch (error) {
            if (!(error instanceof Unreadable) || platformId === '12') throw error;
            throw new GatewayError('record_unreadable', error.message);
          }
        },
      },
      create: none,
      update: none,
      cancel: none,
    },
    fulfillments: none,
    refunds: none,
    returns: none,
    transactions: none,
    products: none,
    variants: none,
    inventory: none,
    locations: none,
    customers: none,
    addresses: none,
    categories: none,
    coupons: none,
    carts: none,
    webhooks: none,
  },
  recognize: ({ method, url: { pathname } }) => {
    if (method === 'POST') return /\/v\d\/search$/.test(pathname) ? { operation: 'orders.list' } : undefined;
    if (method !== 'GET') return undefined;
    if (/\/v\d\/shop(\/zone)?$/.test(pathname)) return { operation: 'shop.get' };
    const platformId = /\/v\d\/orders\/(\d+)$/.exec(pathname)?.[1];
    return platformId === undefined ? undefined : { operation: 'orders.get', platformId };
  },
  webhooks: none,
  historyDays: () => null,
  passthrough: { prefixes: ['v1/'], note: 'Everything.' },
});

const reading: RecordReading<z.infer<typeof given>, OrderRecord> = {
  schema: given,
  map: ({ id, total }) => exampleOrder(String(id), total),
  identify: (raw) => z.object({ id: z.number().transform(String) }).safeParse(raw).data?.id ?? null,
};

/** The least an order can be. */
export function exampleOrder(platformId: string, amount: string): OrderRecord {
  const total = { amount, currency: 'EUR' };
  const zero = { amount: '0.00', currency: 'EUR' };
  return {
    platformId,
    number: platformId,
    status: 'open',
    paymentStatus: 'pending',
    fulfillmentStatus: 'unfulfilled',
    platformStatus: {},
    currency: 'EUR',
    totals: {
      subtotal: total,
      discount: zero,
      shipping: zero,
      fees: zero,
      tax: zero,
      rounding: zero,
      total,
      refunded: zero,
    },
    presentment: null,
    taxesIncluded: false,
    customer: null,
    billingAddress: null,
    shippingAddress: null,
    lineItems: [],
    shippingLines: [],
    fees: [],
    taxLines: [],
    discounts: [],
    fulfillments: [],
    refunds: [],
    paymentMethods: [],
    buyerNote: null,
    merchantNote: null,
    tags: [],
    sourceName: null,
    test: false,
    placedAt: '2026-11-22T10:00:00Z',
    updatedAt: '2026-11-22T10:00:00Z',
    canceledAt: null,
  };
}
