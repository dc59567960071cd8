import { type ConnectedStore, GatewayError, type HttpCall } from '#contract';
import { readAnswer } from '#kit';
import { describe, expect, it } from 'vitest';
import { bigcommerce } from './bigcommerce.js';
import {
  after,
  deleteAt,
  deleteNumbered,
  inOurWords,
  recordNumber,
  type RecordNumber,
  writeRow,
} from './record-calls.js';

function storeAnswering(status: number, body: unknown) {
  const sent: HttpCall<unknown>[] = [];
  const http = async <T>(call: HttpCall<T>) => {
    sent.push(call);
    return readAnswer(bigcommerce, call, {
      status,
      header: () => undefined,
      text: body === null ? '' : JSON.stringify(body),
    });
  };
  const signal = new AbortController().signal;
  const store: ConnectedStore = { id: 's', account: 'abc123xyz', currency: 'USD', scopes: [], signal, http };
  return { store, sent };
}

/** What can be no number of a record: some of these would empty a collection, others reach into another. */
const NO_NUMBERS = [
  '',
  ' ',
  '0',
  '-1',
  '01',
  '1.0',
  '1e3',
  '5,6',
  '5/6',
  '../5',
  '5?',
  '5#',
  '%35',
  'null',
  'NaN',
  '٥',
  '99999999999',
];

describe('the number of a record', () => {
  it.each(NO_NUMBERS)('is not %j', (text) => {
    expect(() => recordNumber(text, 'coupon')).toThrow(expect.objectContaining({ code: 'not_found' }) as Error);
  });

  it('is a whole number above zero', () => {
    expect(recordNumber('2147483647', 'coupon')).toBe(2_147_483_647);
  });
});

describe('a deletion', () => {
  it('does not compile without a number that was looked at', () => {
    const { store } = storeAnswering(204, null);
    const place = { path: 'v3/customers', key: 'id:in' };
    // For the compiler only: it is never called.
    const wrong = async (): Promise<void> => {
      // @ts-expect-error nothing is named
      await deleteNumbered(store, place, []);
      // @ts-expect-error a number that nobody looked at
      await deleteNumbered(store, place, [5]);
      // @ts-expect-error a list that may be empty
      await deleteNumbered(store, place, [recordNumber('5', 'customer')].slice(1));
      // @ts-expect-error a number that nobody looked at
      await deleteAt(store, 'v2/coupons', 5);
      // @ts-expect-error an empty path
      await deleteAt(store, 'v2/coupons', '');
    };
    expect(wrong).toBeTypeOf('function');
  });

  it.each([[[]], [[undefined]], [[Number.NaN]], [[0]], [['']], [[5, 0]]])(
    'of a collection is refused at run time too for %j, and nothing is sent',
    async (numbers) => {
      const { store, sent } = storeAnswering(204, null);
      // What a caller without types could pass.
      const untyped = numbers as unknown as [RecordNumber];
      const work = deleteNumbered(store, { path: 'v3/customers', key: 'id:in' }, untyped);
      await expect(work).rejects.toMatchObject({ code: 'internal' });
      expect(sent).toEqual([]);
    },
  );

  it.each([undefined, null, '', 0, Number.NaN, '5/../'])('of one is refused at run time for %j', async (number) => {
    const { store, sent } = storeAnswering(204, null);
    await expect(deleteAt(store, 'v2/coupons', number as unknown as RecordNumber)).rejects.toMatchObject({
      code: 'internal',
    });
    expect(sent).toEqual([]);
  });

  it('names what it deletes', async () => {
    const { store, sent } = storeAnswering(204, null);
    await deleteAt(store, 'v2/coupons', recordNumber('5', 'coupon'));
    await deleteNumbered(store, { path: 'v3/customers', key: 'id:in' }, [
      recordNumber('5', 'customer'),
      recordNumber('6', 'customer'),
    ]);
    expect(sent.map(({ method, path, query }) => [method, path, query])).toEqual([
      ['DELETE', 'v2/coupons/5', undefined],
      ['DELETE', 'v3/customers', { 'id:in': '5,6' }],
    ]);
  });
});

describe('what a refusal says', () => {
  const WORDS = { sku: 'sku', upc: 'barcode', option_values: 'options' };
  const refusal = (errors: object) => ({ status: 422, title: 'JSON data is missing or invalid', type: 'x', errors });

  it.each([
    [{ upc: 'is too long' }, 'barcode'],
    [{ '0.upc': 'is too long' }, 'barcode'],
    [{ 'variants[3].option_values': 'do not exist' }, 'options'],
    [{ '.customer_create': 'failed' }, '.customer_create'],
    [{ constructor: 'is no field' }, 'constructor'],
  ])('of %j is told of %s', async (errors, path) => {
    const { store } = storeAnswering(422, refusal(errors));
    const work = inOurWords(WORDS, () => writeRow(store, 'POST', 'v3/catalog/products', {}));
    await expect(work).rejects.toMatchObject({
      code: 'request_rejected',
      context: { fields: [{ path, message: Object.values(errors)[0] as string }] },
    });
  });

  it('also says what was saved all the same', async () => {
    const body = { data: { id: 5 }, errors: { status: 503, type: 'x', errors: {} }, meta: {} };
    const { store } = storeAnswering(207, body);
    await expect(writeRow(store, 'PUT', 'v3/catalog/products/5', {})).rejects.toThrow(/All else was saved/);
  });

  it('also says what was done before', async () => {
    const work = after('product 5 was made', () => Promise.reject(new GatewayError('platform_timeout', 'Too slow.')));
    await expect(work).rejects.toThrow('Too slow. Before that, product 5 was made.');
  });
});
