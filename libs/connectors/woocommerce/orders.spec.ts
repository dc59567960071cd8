import type { JsonValue, OrderFilter, PageState, Sort } from '#contract';
import { answeringStore, jsonAnswer, type SeenCall } from '#testing';
import { describe, expect, it } from 'vitest';
import { getOrder, listOrders } from './orders.js';
import { woocommerce } from './woocommerce.js';

interface Kept {
  readonly id: number;
  created: number;
  modified: number;
}

const NOON = Date.parse('2026-11-22T12:00:00Z') / 1000;

function naive(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

function print({ id, created, modified }: Kept): Readonly<Record<string, JsonValue>> {
  return {
    id,
    number: String(id),
    status: 'processing',
    currency: 'EUR',
    date_created_gmt: naive(created),
    date_modified_gmt: naive(modified),
    shipping_total: '0.00',
    total: '0.00',
    total_tax: '0.00',
    line_items: [],
  };
}

/** The list of orders as the platform has it: strict bounds in whole seconds, ids as tie-breaker, `offset` after all. */
function listed(orders: readonly Kept[], { query }: SeenCall): readonly Kept[] {
  const column = query['orderby'] === 'modified' ? 'modified' : 'created';
  const direction = query['order'] === 'asc' ? 1 : -1;
  const seconds = (name: string, otherwise: number) =>
    query[name] === undefined ? otherwise : Date.parse(`${query[name]}Z`) / 1000;
  return orders
    .filter(({ created }) => created > seconds('after', -Infinity) && created < seconds('before', Infinity))
    .filter(({ modified }) => modified > seconds('modified_after', -Infinity))
    .filter(({ modified }) => modified < seconds('modified_before', Infinity))
    .sort((left, right) => direction * (left[column] - right[column] || left.id - right.id));
}

function answerOf(orders: readonly Kept[], call: SeenCall, hidden: (order: Kept) => boolean = () => false) {
  expect(call.query).toMatchObject({ dates_are_gmt: 'true' });
  const all = listed(orders, call);
  const from = Number(call.query['offset'] ?? 0);
  const page = all.slice(from, from + Number(call.query['per_page'])).filter((order) => !hidden(order));
  return jsonAnswer(page.map(print), { 'x-wp-total': String(all.length) });
}

interface Reading {
  readonly sort?: Sort;
  readonly size: number;
  readonly filter?: OrderFilter;
  readonly hidden?: (order: Kept) => boolean;
  readonly between?: (page: number) => unknown;
}

/** Reads a whole list, passing each state through JSON as a sealed cursor does. */
async function readAll(orders: readonly Kept[], reading: Reading) {
  const { sort = 'updatedAt', size, filter = {}, hidden, between } = reading;
  const calls: SeenCall[] = [];
  const store = answeringStore(woocommerce, (call) => {
    calls.push(call);
    return answerOf(orders, call, hidden);
  });
  const ids: number[] = [];
  const updatedAt = new Map<number, string>();
  let state: PageState | undefined;
  for (let page = 1; page < 1000; page += 1) {
    const { items, next } = await listOrders.page(
      store,
      { filter, sort },
      { size, ...(state !== undefined && { state }) },
    );
    expect(items.length).toBeLessThanOrEqual(size);
    for (const { record } of items) {
      ids.push(Number(record.platformId));
      updatedAt.set(Number(record.platformId), record.updatedAt);
    }
    if (next === undefined) return { ids, calls, updatedAt };
    state = JSON.parse(JSON.stringify(next)) as PageState;
    between?.(page);
  }
  throw new Error('the list did not end');
}

function ordersAt(seconds: readonly number[]): Kept[] {
  return seconds.map((second, index) => ({ id: index + 1, created: NOON + second, modified: NOON + second }));
}

/** A small generator with a seed, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

describe('a list of orders', () => {
  it.each(listOrders.sorts)('by %s gives every order once, in order, whatever shares a second', async (sort) => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const draw = random(seed);
      const orders = Array.from({ length: Math.floor(draw() * 60) }, (_, index) => ({
        id: 1 + index * 7,
        created: NOON + Math.floor(draw() * 8),
        modified: NOON + Math.floor(draw() * 8),
      }));
      const size = 1 + Math.floor(draw() * 12);
      const { ids } = await readAll(orders, { sort, size });
      const query = {
        orderby: sort.endsWith('createdAt') ? 'date' : 'modified',
        order: sort.startsWith('-') ? 'desc' : 'asc',
      };
      expect(ids).toEqual(listed(orders, { method: 'GET', path: '', query }).map(({ id }) => id));
    }
  });

  it.each(listOrders.sorts)('by %s reads 250 orders of one second', async (sort) => {
    const orders = ordersAt([-1, ...Array.from({ length: 250 }, () => 0), 1]);
    const { ids, calls } = await readAll(orders, { sort, size: 100 });
    expect([...ids].sort((left, right) => left - right)).toEqual(orders.map(({ id }) => id));
    expect(calls.length).toBeLessThan(7);
  });

  it.each([7, 99, 100])('reads 730 orders of one second, %i at a time', async (size) => {
    const orders = ordersAt([...Array.from({ length: 730 }, () => 0), 1, 1, 2]);
    expect((await readAll(orders, { size })).ids).toEqual(orders.map(({ id }) => id));
    const backwards = await readAll(orders, { size, sort: '-updatedAt' });
    expect(backwards.ids).toEqual(orders.map(({ id }) => id).reverse());
  });

  it('loses none when orders leave a crowded second while it is read', async () => {
    const orders = ordersAt(Array.from({ length: 700 }, () => 0));
    const { ids } = await readAll(orders, {
      size: 100,
      // The twenty first ones are changed after they were given: everything behind moves up.
      between: (page) => {
        if (page === 4 || page === 6)
          for (const order of orders.slice(page * 10, page * 10 + 20)) order.modified = NOON + 50;
      },
    });
    expect(new Set(ids)).toEqual(new Set(orders.map(({ id }) => id)));
    // Nothing is given twice but what changed after it was given.
    expect(ids.length).toBe(740);
  });

  it('does not take a crowded second for read when the answer after it is short', async () => {
    const orders = ordersAt(Array.from({ length: 420 }, () => 0));
    const { ids } = await readAll(orders, {
      size: 100,
      between: (page) => {
        if (page === 4) for (const order of orders.slice(0, 50)) order.modified = NOON + 50;
      },
    });
    expect(new Set(ids)).toEqual(new Set(orders.map(({ id }) => id)));
  });

  it('meets an order that changes while the list is read, and loses none for it', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const draw = random(seed);
      const orders = ordersAt(Array.from({ length: 40 }, () => Math.floor(draw() * 6)));
      const { ids, updatedAt } = await readAll(orders, {
        size: 1 + Math.floor(draw() * 9),
        between: (page) => {
          const order = orders[Math.floor(draw() * orders.length)];
          if (order === undefined || page > 20) return;
          order.modified = NOON + 100 + page;
        },
      });
      expect(new Set(ids)).toEqual(new Set(orders.map(({ id }) => id)));
      // What was given last is the order as it is now.
      for (const { id, modified } of orders) expect(updatedAt.get(id)).toBe(`${naive(modified)}Z`);
      expect(ids.length).toBeLessThanOrEqual(orders.length + 20);
    }
  });

  it('does not end when orders it gave are gone and more than wanted come instead', async () => {
    const orders = ordersAt([0, 0, 0, 0, 0]);
    const { ids } = await readAll(orders, { size: 2, between: (page) => page === 1 && orders.splice(0, 2) });
    expect(ids).toEqual([1, 2, 3, 4, 5]);
  });

  it('keeps to the filter on every page', async () => {
    const orders = ordersAt(Array.from({ length: 100 }, (_, index) => index));
    const filter = {
      updatedSince: new Date((NOON + 10) * 1000 + 500),
      createdSince: new Date((NOON + 20) * 1000),
      createdUntil: new Date((NOON + 30) * 1000),
    };
    for (const sort of listOrders.sorts) {
      const { ids } = await readAll(orders, { sort, size: 3, filter });
      expect([...ids].sort((left, right) => left - right)).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
    }
  });

  it('goes on after a page that is short because the owner of the key may not see all', async () => {
    const orders = ordersAt(Array.from({ length: 25 }, (_, index) => index));
    const hidden = ({ id }: Kept): boolean => id % 5 === 0;
    const { ids } = await readAll(orders, { size: 10, hidden });
    expect(ids).toEqual(orders.filter((order) => !hidden(order)).map(({ id }) => id));
  });

  it('asks for the statuses meant', async () => {
    const asked = async (status: OrderFilter['status'] & {}) =>
      (await readAll([], { size: 10, filter: { status } })).calls[0]?.query['status'];
    expect(await asked(['open', 'canceled'])).toBe('pending,processing,on-hold,failed,cancelled');
    expect(await asked(['completed'])).toBe('completed,refunded');
    expect(await asked(['archived'])).toBe('trash');
    expect(await asked([])).toBeUndefined();
    await expect(asked(['other'])).rejects.toMatchObject({ code: 'filter_unsupported' });
  });

  it("asks for the platform's own words, also those of plugins, and for both where both are given", async () => {
    const calls = async (filter: OrderFilter) =>
      (await readAll([], { size: 10, filter })).calls.map(({ query }) => query['status']);
    expect(await calls({ platformStatus: ['awaiting-shipment', 'on-hold'] })).toEqual(['awaiting-shipment,on-hold']);
    expect(await calls({ platformStatus: ['on-hold', 'completed'], status: ['open'] })).toEqual(['on-hold']);
    // Nothing fits both, so there is nothing to ask for: without a status the platform would list all.
    expect(await calls({ platformStatus: ['completed'], status: ['open'] })).toEqual([]);
  });

  it.each(['any', 'a,b', '', ' ', 'x'.repeat(41), "'", 'a\nb'])('takes no status that is none: %j', async (word) => {
    await expect(readAll([], { size: 10, filter: { platformStatus: [word] } })).rejects.toMatchObject({
      code: 'request_rejected',
    });
  });
});

describe('a list of orders that lies', () => {
  const page = async (orders: readonly Kept[], state: PageState, headers = {}, size = 2) => {
    const store = answeringStore(woocommerce, () => jsonAnswer(orders.map(print), headers));
    return listOrders.page(store, { filter: {}, sort: 'updatedAt' }, { size, state });
  };
  const broken = { code: 'platform_contract_broken' };
  const at = (second: number): string => naive(NOON + second);

  it('is refused when it answers the same page again', async () => {
    const again = ordersAt([5, 5]);
    await expect(page([...again, ...again], { second: at(5), seen: [1, 2] })).rejects.toMatchObject(broken);
  });

  it('is refused when it answers what lies before the place asked for', async () => {
    await expect(page(ordersAt([4, 5]), { second: at(5), seen: [] })).rejects.toMatchObject(broken);
  });

  it('is refused when it says there is more and gives nothing', async () => {
    await expect(page([], { second: at(5), seen: [1] }, { 'x-wp-total': '40' })).rejects.toMatchObject(broken);
  });

  it('is refused when a crowded second is another one each time', async () => {
    const state = { second: at(5), last: 3, count: 400, rewinds: 5 };
    await expect(page([{ id: 9, created: NOON, modified: NOON + 5 }], state)).rejects.toMatchObject(broken);
    expect((await page([{ id: 9, created: NOON, modified: NOON + 5 }], { ...state, rewinds: 4 })).next).toEqual({
      ...state,
      count: 0,
    });
  });

  it('ends all the same when the number of orders is missing or nonsense', async () => {
    for (const total of [undefined, '', 'x', '-1', '40, 40', 'Infinity ']) {
      const headers = total === undefined ? {} : { 'x-wp-total': total };
      const done = await page([], { second: at(5), seen: [1] }, headers).catch((error: unknown) => error);
      if (total !== 'Infinity ') expect(done).toEqual({ items: [], quarantined: [] });
    }
  });

  it('goes on past records it cannot read, and says which', async () => {
    const store = answeringStore(woocommerce, () =>
      jsonAnswer([null, 7, { id: 'x' }, { id: 4 }, print({ id: 5, created: NOON, modified: NOON })]),
    );
    const read = await listOrders.page(store, { filter: {}, sort: '-createdAt' }, { size: 5 });
    expect(read.items.map(({ record }) => record.platformId)).toEqual(['5']);
    expect(read.quarantined.map(({ platformId }) => platformId)).toEqual([null, null, 'x', '4']);
    expect(read.next).toEqual({ second: naive(NOON), seen: [5] });
  });

  it.each([
    [7],
    ['x'],
    [null],
    [[]],
    [{}],
    [{ second: 'yesterday', seen: [] }],
    [{ second: at(5), seen: ['1'] }],
    [{ second: at(5), seen: [1], more: true }],
    [{ second: at(5), seen: Array.from({ length: 51 }, (_, index) => index + 1) }],
    [{ second: at(5), last: 1, count: -1, rewinds: 0 }],
    [{ second: `${at(5)}&status=any`, seen: [1] }],
  ])('takes no cursor that is not its own: %j', async (state) => {
    await expect(page([], state)).rejects.toMatchObject({ code: 'cursor_invalid' });
  });

  it.each([[{}], [null], ['x'], [{ orders: [] }]])('is refused when it is no list: %j', async (body) => {
    const store = answeringStore(woocommerce, () => jsonAnswer(body));
    await expect(listOrders.page(store, { filter: {}, sort: 'updatedAt' }, { size: 2 })).rejects.toMatchObject(broken);
  });
});

describe('one order', () => {
  const get = async (platformId: string, body: JsonValue) => {
    const calls: SeenCall[] = [];
    const store = answeringStore(woocommerce, (call) => {
      calls.push(call);
      return jsonAnswer(body);
    });
    const result: unknown = await getOrder.run(store, { platformId }).catch((error: unknown) => error);
    return { result, paths: calls.map(({ path }) => path) };
  };
  const order = print({ id: 62, created: NOON, modified: NOON });

  it('is read by its id, with what the platform sent', async () => {
    const { result, paths } = await get('62', order);
    expect(result).toMatchObject({ record: { platformId: '62' }, raw: order });
    expect(paths).toEqual(['wp-json/wc/v3/orders/62']);
  });

  it.each(['', '0', '-1', '1.5', '62/refunds', '../settings', '６２', '1e3', ' 62', '9'.repeat(19)])(
    'is not asked for by what is no id: %j',
    async (platformId) => {
      const { result, paths } = await get(platformId, order);
      expect(result).toMatchObject({ code: 'not_found' });
      expect(paths).toEqual([]);
    },
  );

  it('is refused when it is another one', async () => {
    expect((await get('63', order)).result).toMatchObject({ code: 'platform_contract_broken' });
  });

  it('is refused with a reason when it does not add up', async () => {
    const { result } = await get('62', { ...order, total: '99.00' });
    expect(result).toMatchObject({ code: 'record_unreadable' });
    expect(String(result)).toContain('the total 99 EUR differs');
  });
});
