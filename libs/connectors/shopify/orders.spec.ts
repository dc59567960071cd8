import { type JsonValue, Secret, type Sort } from '#contract';
import { describe, expect, it } from 'vitest';
import { type AnsweringStore, answering } from './__fixtures__/answering-store.js';
import { bag, rawLine, rawOrder, rows } from './__fixtures__/raw-order.js';
import { COST, GRAPHQL_PATH, ORDER_BY_ID, ORDER_LINE_ITEMS, ORDERS_PAGE, pageCost } from './documents.js';
import { getOrder, listOrders } from './orders.js';
import { oauth } from './auth.js';
import { getShop } from './shop.js';

const SORT: Sort = '-createdAt';
const coded = (code: string) => expect.objectContaining({ code }) as unknown;
const page = (nodes: readonly JsonValue[], hasNextPage = false, endCursor: string | null = null) => ({
  data: { orders: rows(nodes, hasNextPage, endCursor) },
});
const list = (store: AnsweringStore, state?: JsonValue, size = 10) =>
  listOrders.page(store, { filter: {}, sort: SORT }, { size, ...(state === undefined ? {} : { state }) });
const refused = (code: string) => ({ errors: [{ message: code, extensions: { code } }] });

describe('a page of orders', () => {
  it('asks for what was wanted, newest first', async () => {
    const store = answering(page([rawOrder()]));
    const { items, quarantined, next } = await list(store);
    expect(store.asked).toEqual([
      {
        path: GRAPHQL_PATH,
        query: ORDERS_PAGE,
        variables: { first: 10, after: null, query: null, sortKey: 'CREATED_AT', reverse: true },
        cost: pageCost(10),
      },
    ]);
    expect(items.map(({ record }) => record.number)).toEqual(['#1001']);
    expect(items[0]?.raw).toEqual(rawOrder());
    expect({ quarantined, next }).toEqual({ quarantined: [], next: undefined });
  });

  it.each([
    ['createdAt', 'CREATED_AT', false],
    ['updatedAt', 'UPDATED_AT', false],
    ['-updatedAt', 'UPDATED_AT', true],
  ] as const)('by %s asks for %s', async (sort, sortKey, reverse) => {
    const store = answering(page([]));
    const filter = { updatedSince: new Date('2026-11-22T10:00:00Z') };
    await listOrders.page(store, { filter, sort }, { size: 5 });
    const query = "updated_at:>='2026-11-22T10:00:00Z'";
    expect(store.asked[0]?.variables).toEqual({ first: 5, after: null, query, sortKey, reverse });
  });

  it('never asks for more than fits', async () => {
    const store = answering(page([]));
    await list(store, undefined, 250);
    expect(store.asked[0]?.variables).toMatchObject({ first: listOrders.maxPageSize });
  });

  it('goes on at the cursor of the page before, and ends when the platform says so', async () => {
    const first = await list(answering(page([rawOrder()], true, 'one')));
    const store = answering(page([rawOrder({ id: 'gid://shopify/Order/5002' })], false, 'two'));
    const second = await list(store, first.next);
    expect(store.asked[0]?.variables).toMatchObject({ after: 'one' });
    expect(second.next).toBeUndefined();
  });

  it('may be empty and still go on', async () => {
    const { items, next } = await list(answering(page([], true, 'one')));
    expect({ items, next }).toEqual({ items: [], next: { after: 'one' } });
  });

  it('that goes on without a new cursor breaks the contract instead of going round', async () => {
    await expect(list(answering(page([rawOrder()], true, 'one')), { after: 'one' })).rejects.toThrow(
      coded('platform_contract_broken'),
    );
    await expect(list(answering(page([], true, null)))).rejects.toThrow(coded('platform_contract_broken'));
  });

  it.each([5, 'one', {}, { after: 5 }, { after: 'one', size: 0 }, { after: 'one', size: 'x' }, null])(
    'does not go on from %j',
    async (state) => {
      await expect(list(answering(), state)).rejects.toThrow(coded('cursor_invalid'));
    },
  );

  it('leaves out what the search found too much, and keeps what cannot be read', async () => {
    const nodes = [
      rawOrder(),
      rawOrder({ id: 'gid://shopify/Order/2', name: '#10010' }),
      rawOrder({ id: 'gid://shopify/Order/3', totalPriceSet: bag('99.0') }),
      null,
      'text',
    ];
    const { items, quarantined } = await listOrders.page(
      answering(page(nodes)),
      { filter: { number: '#1001' }, sort: SORT },
      { size: 10 },
    );
    expect(items.map(({ record }) => record.platformId)).toEqual(['gid://shopify/Order/5001']);
    expect(quarantined.map(({ platformId }) => platformId)).toEqual(['gid://shopify/Order/3', null, null]);
  });

  it('is refused when the search was understood only in part', async () => {
    const warnings = [{ field: 'nme', message: 'Invalid search field for this query.', code: 'invalid_field' }];
    const body = { ...page([rawOrder()]), extensions: { search: [{ path: ['orders'], warnings }] } };
    await expect(list(answering(body))).rejects.toThrow(coded('platform_contract_broken'));
  });

  it('is refused when a part of it was', async () => {
    const body = { ...page([rawOrder({ customer: null })]), ...refused('ACCESS_DENIED') };
    await expect(list(answering(body))).rejects.toThrow(coded('platform_scope_missing'));
  });

  it.each([{}, { data: null }, { data: { orders: null } }, { data: { orders: { nodes: {} } } }, []])(
    'that is %j breaks the contract',
    async (body) => {
      await expect(list(answering(body))).rejects.toThrow(coded('platform_contract_broken'));
    },
  );
});

describe('a page the platform finds too dear', () => {
  it('is halved until it is taken, and so are the pages after it', async () => {
    const tooDear = refused('MAX_COST_EXCEEDED');
    const store = answering(tooDear, tooDear, page([rawOrder()], true, 'one'));
    const { next } = await list(store, undefined, 30);
    expect(store.asked.map(({ variables }) => variables['first'])).toEqual([30, 15, 7]);
    expect(store.asked.map(({ cost }) => cost)).toEqual([30, 15, 7].map(pageCost));
    expect(next).toEqual({ after: 'one', size: 7 });

    const later = answering(page([rawOrder()], true, 'two'));
    expect((await list(later, next, 30)).next).toEqual({ after: 'two', size: 7 });
    expect(later.asked[0]?.variables).toMatchObject({ first: 7, after: 'one' });
  });

  it('is refused in the end when even one order is', async () => {
    const store = answering(...Array.from({ length: 9 }, () => refused('MAX_COST_EXCEEDED')));
    await expect(list(store, undefined, 4)).rejects.toThrow(coded('request_rejected'));
    expect(store.asked).toHaveLength(3);
  });

  it('is not asked for again after any other refusal', async () => {
    const store = answering(refused('INVALID_VARIABLE'));
    await expect(list(store)).rejects.toThrow(coded('request_rejected'));
    expect(store.asked).toHaveLength(1);
  });
});

/** Lines at 1.00 without tax or shipping, numbered from `from`. */
const lines = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) =>
    rawLine({
      id: `gid://shopify/LineItem/${from + at}`,
      quantity: 1,
      originalUnitPriceSet: bag('1.0'),
      originalTotalSet: bag('1.0'),
      taxLines: [],
    }),
  );
const longOrder = (lineItems: JsonValue, total: number) =>
  rawOrder({ lineItems, shippingLines: rows([]), totalTaxSet: null, totalPriceSet: bag(`${total}.0`) });
const ORDER = 'gid://shopify/Order/5001';

describe('an order of many lines', () => {
  it('is read again by itself when a page cut it short', async () => {
    const store = answering(
      page([rawOrder({ id: 'gid://shopify/Order/1' }), longOrder(rows(lines(1, 50), true, 'l50'), 63)]),
      { data: { order: longOrder(rows(lines(1, 63)), 63) } },
    );
    const { items } = await list(store);
    expect(items.map(({ record }) => record.lineItems.length)).toEqual([1, 63]);
    expect(store.asked[1]).toEqual({
      path: GRAPHQL_PATH,
      query: ORDER_BY_ID,
      variables: { id: ORDER },
      cost: COST.order,
    });
  });

  it('is read again when any other part of it was cut short', async () => {
    const refund = { id: 'gid://shopify/Refund/1', totalRefundedSet: bag('0.0'), refundLineItems: rows([], true) };
    const store = answering(page([rawOrder({ refunds: [refund] })]), { data: { order: rawOrder() } });
    expect((await list(store)).items).toHaveLength(1);
    expect(store.asked).toHaveLength(2);
  });

  it('costs itself, not the page, when it is refused by itself for good', async () => {
    const cut = longOrder(rows(lines(1, 50), true, 'l50'), 63);
    const store = answering(page([cut, rawOrder({ id: 'gid://shopify/Order/1' })]), refused('INVALID_VARIABLE'));
    const { items, quarantined } = await list(store);
    expect(items.map(({ record }) => record.platformId)).toEqual(['gid://shopify/Order/1']);
    expect(quarantined).toEqual([{ platformId: ORDER, reason: 'the order has more rows than can be read', raw: cut }]);
  });

  it('costs the page when it is refused for now, so that it is asked for again', async () => {
    const store = answering(page([longOrder(rows(lines(1, 50), true, 'l50'), 63)]), refused('THROTTLED'));
    await expect(list(store)).rejects.toThrow(coded('platform_rate_limited'));
  });

  it('is left out when it was deleted in between', async () => {
    const store = answering(page([longOrder(rows(lines(1, 50), true, 'l50'), 63)]), { data: { order: null } });
    expect(await list(store)).toEqual({ items: [], quarantined: [] });
  });

  it('is read page by page beyond what one answer holds', async () => {
    const store = answering(
      { data: { order: longOrder(rows(lines(1, 250), true, 'l250'), 510) } },
      { data: { order: { lineItems: rows(lines(251, 250), true, 'l500') } } },
      { data: { order: { lineItems: rows(lines(501, 10)) } } },
    );
    const { record, raw } = await getOrder.run(store, { platformId: ORDER });
    expect(record.lineItems.map(({ id }) => id)).toEqual(lines(1, 510).map(({ id }) => id));
    expect(record.totals.total.amount).toBe('510.00');
    expect(raw).toMatchObject({ lineItems: { pageInfo: { hasNextPage: false } } });
    expect(store.asked.slice(1)).toEqual([
      { path: GRAPHQL_PATH, query: ORDER_LINE_ITEMS, variables: { id: ORDER, after: 'l250' }, cost: COST.moreLines },
      { path: GRAPHQL_PATH, query: ORDER_LINE_ITEMS, variables: { id: ORDER, after: 'l500' }, cost: COST.moreLines },
    ]);
  });

  it.each(['l250', null])('breaks the contract when its lines go on at the cursor %j', async (cursor) => {
    const store = answering(
      { data: { order: longOrder(rows(lines(1, 250), true, 'l250'), 510) } },
      { data: { order: { lineItems: rows(lines(251, 250), true, cursor) } } },
    );
    await expect(getOrder.run(store, { platformId: ORDER })).rejects.toThrow(coded('platform_contract_broken'));
  });

  it('without end is given up, unread', async () => {
    const more = Array.from({ length: 60 }, (_, at) => ({
      data: { order: { lineItems: rows(lines(250 + at, 1), true, `more${at}`) } },
    }));
    const store = answering({ data: { order: longOrder(rows(lines(1, 250), true, 'l250'), 510) } }, ...more);
    await expect(getOrder.run(store, { platformId: ORDER })).rejects.toThrow(coded('record_unreadable'));
    expect(store.asked).toHaveLength(50);
  });
});

describe('one order', () => {
  it.each(['5001', ORDER])('is found by %s', async (platformId) => {
    const store = answering({ data: { order: rawOrder() } });
    const { record, raw } = await getOrder.run(store, { platformId });
    expect(record.platformId).toBe(ORDER);
    expect(raw).toEqual(rawOrder());
    expect(store.asked[0]?.variables).toEqual({ id: ORDER });
  });

  it('that is not there, or too old to be shown, is not found', async () => {
    await expect(getOrder.run(answering({ data: { order: null } }), { platformId: '1' })).rejects.toThrow(
      coded('not_found'),
    );
  });

  it.each(['', 'x', '-1', '1.0', '1 ', `${ORDER}?x`, 'gid://shopify/Product/1', '9'.repeat(30), `${ORDER}\n`, '１'])(
    'cannot be called %j, and nobody is asked',
    async (platformId) => {
      const store = answering();
      await expect(getOrder.run(store, { platformId })).rejects.toThrow(coded('not_found'));
      expect(store.asked).toEqual([]);
    },
  );

  it('that does not add up is unreadable, with the reason', async () => {
    const store = answering({ data: { order: rawOrder({ totalPriceSet: bag('99.0') }) } });
    await expect(getOrder.run(store, { platformId: ORDER })).rejects.toThrow(
      expect.objectContaining({ code: 'record_unreadable', message: expect.stringContaining('by 69.25') as string }),
    );
  });
});

describe('the shop', () => {
  it('lists what its scopes imply', async () => {
    const shop = { id: 'gid://shopify/Shop/1', name: 'N', myshopifyDomain: 'n.myshopify.com', currencyCode: 'JPY' };
    const currentAppInstallation = { accessScopes: [{ handle: 'write_orders' }, { handle: 'read_products' }] };
    expect(await getShop.run(answering({ data: { shop, currentAppInstallation } }))).toEqual({
      platformId: 'gid://shopify/Shop/1',
      name: 'N',
      domain: 'n.myshopify.com',
      currency: 'JPY',
      timezone: null,
      grantedScopes: ['write_orders', 'read_orders', 'read_products'],
    });
    expect((await getShop.run(answering({ data: { shop } }))).grantedScopes).toBeNull();
  });
});

it('keeps the token out of every call', () => {
  const { apiRoot } = oauth.locate({ shop: 'my-store' });
  const url = new URL(GRAPHQL_PATH, apiRoot);
  const credentials = { kind: 'oauth2', accessToken: new Secret('the-token'), refreshToken: null } as const;
  const signed = oauth.sign({ method: 'POST', url, headers: {}, body: '{}' }, credentials, { timestamp: 0, nonce: '' });
  expect([signed.url.href, signed.body].join(' ')).not.toContain('the-token');
});
