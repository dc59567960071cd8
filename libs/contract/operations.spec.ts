import { describe, expect, it } from 'vitest';
import { emulated, howEmulated, isUnsupported, NOT_BUILT, notBuilt, unsupported } from './capability.js';
import {
  capabilities,
  countNotBuilt,
  OPERATION_NAMES,
  type OperationTable,
  type Operations,
  requireOperation,
  resourceNames,
} from './operations.js';

const nope = unsupported('This platform keeps no such thing.');
const get: Operations['orders']['get'] = { run: () => Promise.reject(new Error('not called here')) };
const shop: Operations['shop']['get'] = { run: () => Promise.reject(new Error('not called here')) };
const list: Operations['orders']['list'] = {
  filters: { updatedSince: true, status: ['open'] },
  sorts: ['createdAt'],
  maxPageSize: 7,
  page: () => Promise.resolve({ items: [], quarantined: [] }),
};

function table(orders: OperationTable['orders']): OperationTable {
  const rest = Object.fromEntries(resourceNames().map((name) => [name, nope]));
  // Every other resource is unsupported as a whole.
  return { ...rest, shop: { get: shop }, orders } as unknown as OperationTable;
}

const full = table({ list, get: emulated(get, 'Lists and searches.'), create: notBuilt, update: nope, cancel: nope });
const connector = { id: 'example', operations: full };

describe('what a platform can', () => {
  const all = capabilities(full);
  const of = (operation: string) => all.find((each) => each.operation === operation);

  it('is said of every operation there is, once', () => {
    const names = Object.entries(OPERATION_NAMES).flatMap(([resource, operations]) =>
      operations.map((name) => `${resource}.${name}`),
    );
    expect(all.map(({ operation }) => operation)).toEqual(names);
  });

  it('is native, emulated at a price, or impossible for a reason', () => {
    expect(of('shop.get')).toEqual({ operation: 'shop.get', support: 'native' });
    expect(of('orders.get')).toEqual({ operation: 'orders.get', support: 'emulated', note: 'Lists and searches.' });
    expect(of('orders.update')).toEqual({ operation: 'orders.update', support: 'none', note: nope.reason });
    expect(of('carts.list')).toEqual({ operation: 'carts.list', support: 'none', note: nope.reason });
  });

  it('names the filters and sorts of a list', () => {
    expect(of('orders.list')).toEqual({
      operation: 'orders.list',
      support: 'native',
      filters: { updatedSince: true, status: ['open'] },
      sorts: ['createdAt'],
    });
    const dear = capabilities(
      table({ list: emulated(list, 'One call for each.'), get, create: nope, update: nope, cancel: nope }),
    );
    expect(dear.find(({ operation }) => operation === 'orders.list')).toMatchObject({
      support: 'emulated',
      sorts: ['createdAt'],
    });
  });

  it('counts what is still owed, and not what the platform lacks', () => {
    expect(countNotBuilt(full)).toBe(1);
    expect(countNotBuilt(table(notBuilt))).toBe(OPERATION_NAMES.orders.length);
    expect(countNotBuilt(table(nope))).toBe(0);
  });
});

describe('an operation that is asked for', () => {
  it('is the very one of the table', () => {
    expect(requireOperation(connector, 'orders', 'list')).toBe(list);
    expect(requireOperation(connector, 'shop', 'get')).toBe(shop);
  });

  it.each([
    ['the operation', table({ list, get: nope, create: nope, update: nope, cancel: nope }), nope.reason],
    ['the whole resource', table(nope), nope.reason],
    ['not built', table(notBuilt), NOT_BUILT],
    // A connector written in plain JavaScript may leave things out.
    ['missing', table({ list } as unknown as OperationTable['orders']), 'there is no such operation'],
  ])('and is unsupported (%s) is refused with the reason', (_, operations, reason) => {
    const ask = (): unknown => requireOperation({ id: 'example', operations }, 'orders', 'get');
    expect(ask).toThrow(`orders.get on example: ${reason}`);
    expect(ask).toThrow(
      expect.objectContaining({
        code: 'operation_unsupported',
        context: { platform: { id: 'example' }, operation: 'orders.get' },
      }),
    );
  });
});

describe('a mark', () => {
  it('of what is unsupported is on nothing else', () => {
    const others = [undefined, null, {}, 'unsupported', { reason: 'x' }, list, get, [], () => nope];
    expect(others.filter(isUnsupported)).toEqual([]);
    expect([nope, notBuilt].every(isUnsupported)).toBe(true);
  });

  it('of what is emulated leaves the operation as it was', () => {
    const dear = emulated(get, 'Two calls.');
    expect({ ...dear }).toMatchObject(get);
    expect(howEmulated(dear)).toBe('Two calls.');
    expect([undefined, null, get, list, nope].map(howEmulated)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
