import type { InventoryFilter } from '#contract';
import { describe, expect, it } from 'vitest';
import { adjustInventory, setInventory } from './inventory-writes.js';
import { listInventory } from './inventory.js';
import { listLocations } from './locations.js';
import { ATTEMPT, found, outcomeOf, scriptedShop } from '../__fixtures__/scripted-shop.js';

const item = (sku: string, quantity: unknown = 3, status = 1) => ({
  ...{ sku, source_code: 'default', quantity: quantity as number, status },
});
const stocked = (id: number, sku: string, visibility = 4, type_id = 'simple') => ({ id, sku, visibility, type_id });
const list = (store: Parameters<typeof listInventory.page>[0], filter: InventoryFilter = {}) =>
  listInventory.page(store, { filter, sort: 'createdAt' }, { size: 10 });

describe('levels', () => {
  it('are of the product that has the SKU, in whatever case', async () => {
    const { store, sent, filters } = scriptedShop(
      found(item('a'), item('B, c'), item('gone')),
      found(stocked(2, 'b, C', 1)),
      found(stocked(1, 'A')),
    );
    const { items } = await list(store);
    expect(items.map(({ record }) => [record.platformId, record.variantId, record.productId])).toEqual([
      ['default:a', '1', '1'],
      ['default:B, c', '2', null],
      ['default:gone', null, null],
    ]);
    expect(filters()).toEqual([[], ['sku eq B, c'], ['sku in a,gone']]);
    expect(sent[1]?.path).toBe('V1/products');
  });

  it('are narrowed by place, SKU and variant', async () => {
    const { store, filters } = scriptedShop(found(stocked(1, 'A')), found(item('A')));
    await list(store, { locationId: 'berlin', variantId: '1' });
    expect(filters()).toEqual([['entity_id eq 1'], ['source_code eq berlin', 'sku eq A']]);
    expect(await list(scriptedShop(found()).store, { variantId: '1' })).toEqual({ items: [], quarantined: [] });
  });

  it('are told by SKU to whoever may only see stock, and one by one where one is broken', async () => {
    const denied = [401, { message: "The consumer isn't authorized to access %1.", parameters: ['x'] }] as const;
    const { store } = scriptedShop(found(item('a'), item('b', 'many')), denied);
    const { items, quarantined } = await list(store);
    expect(items.map(({ record }) => [record.sku, record.variantId])).toEqual([['a', null]]);
    expect(quarantined).toMatchObject([{ platformId: 'default:b' }]);
  });
});

describe('a number', () => {
  const place = { variantId: '1', locationId: 'default' };

  it('is set with a status by which it can be sold, or as it was', async () => {
    for (const [available, before, status] of [
      [5, 0, 1],
      [0, 1, 1],
      [0, 0, 0],
      [-2, 1, 1],
    ] as const) {
      const { store, sent } = scriptedShop(found(stocked(1, 'A')), found(item('A', 3, before)), [200, []]);
      const { record } = await setInventory.run(store, { ...place, available }, ATTEMPT);
      expect(sent[2]?.body).toEqual({
        sourceItems: [{ sku: 'A', source_code: 'default', quantity: available, status }],
      });
      expect(record).toMatchObject({ available, onHand: available, locationId: 'default', variantId: '1' });
    }
  });

  it('is put where there was none', async () => {
    const { store, sent } = scriptedShop(found(stocked(1, 'A')), found(), [200, []]);
    await setInventory.run(store, { ...place, locationId: 'berlin', available: 0, ifAvailable: 0 }, ATTEMPT);
    expect(sent[2]?.body).toMatchObject({ sourceItems: [{ source_code: 'berlin', status: 0 }] });
  });

  it('that is right already is not written, also on a condition that held before', async () => {
    const { store, sent } = scriptedShop(found(stocked(1, 'A')), found(item('A')));
    await setInventory.run(store, { ...place, available: 3, ifAvailable: 1 }, ATTEMPT);
    expect(sent).toHaveLength(2);
  });

  it.each([
    [{ ...place, available: 5, ifAvailable: 2 }, [found(stocked(1, 'A')), found(item('A'))], 'conflict'],
    [{ ...place, available: 5 }, [found()], 'not_found'],
    [{ ...place, available: 5 }, [found(stocked(1, 'A', 4, 'configurable'))], 'request_rejected'],
    [{ variantId: '1', available: 5 }, [], 'request_rejected'],
    [{ ...place, available: 5 }, [found(stocked(1, 'A')), found(item('A', 'x'))], 'record_unreadable'],
    [
      { ...place, available: 5 },
      [found(stocked(1, 'A')), found(), [400, { message: 'Source "%1" is gone', parameters: ['x'] }] as const],
      'request_rejected',
    ],
  ])('%j of %j is %s', async (input, answers, expected) => {
    const { store } = scriptedShop(...answers);
    expect(await outcomeOf(setInventory.run(store, input, ATTEMPT))).toMatchObject({ code: expected });
  });

  it('is counted up from what there is', async () => {
    const { store, sent } = scriptedShop(found(stocked(1, 'A')), found(item('A', '2.5000')), [200, []]);
    await adjustInventory.run(store, { ...place, delta: -4 }, ATTEMPT);
    expect(sent[2]?.body).toMatchObject({ sourceItems: [{ quantity: -1.5 }] });
  });
});

describe('a shop without sources', () => {
  const gone = [404, { message: 'Request does not match any route.' }] as const;
  const query = { filter: {}, sort: 'createdAt' } as const;

  it('says so, and is not taken for closed', async () => {
    const outcomes = [
      outcomeOf(list(scriptedShop(gone).store)),
      outcomeOf(listLocations.page(scriptedShop(gone).store, query, { size: 9 })),
      outcomeOf(
        setInventory.run(
          scriptedShop(found(stocked(1, 'A')), gone).store,
          { variantId: '1', locationId: 'default', available: 1 },
          ATTEMPT,
        ),
      ),
    ];
    for (const outcome of outcomes) expect(await outcome).toMatchObject({ code: 'operation_unsupported' });
  });
});

describe('locations', () => {
  it('go on after a full page, by count', async () => {
    const one = (source_code: string) => ({ source_code });
    const { store } = scriptedShop(
      [200, { items: [one('a'), one('b')], total_count: 3 }],
      [200, { items: [one('c')], total_count: 3 }],
    );
    const query = { filter: {}, sort: 'createdAt' } as const;
    const first = await listLocations.page(store, query, { size: 2 });
    expect(first.next).toEqual({ page: 2 });
    const second = await listLocations.page(store, query, { size: 2, state: first.next ?? null });
    expect([second.items.map(({ record }) => record.platformId), second.next]).toEqual([['c'], undefined]);
  });

  it('are sources, with as much of an address as they have', async () => {
    const berlin = { source_code: 'berlin', name: null, enabled: false, street: 'Am Ufer 1\nHof', phone: '1' };
    const { items } = await listLocations.page(
      scriptedShop(found(berlin)).store,
      { filter: {}, sort: 'createdAt' },
      { size: 9 },
    );
    expect(items.map(({ record }) => record)).toMatchObject([
      { platformId: 'berlin', name: 'berlin', active: false, address1: 'Am Ufer 1', address2: 'Hof', city: null },
    ]);
  });
});
