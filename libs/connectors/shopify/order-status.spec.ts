import { isEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadAdminSchema } from './__fixtures__/admin-schema.js';
import { FULFILLMENT, PARCEL, PAYMENT, SHIPMENT, statusOf, wordsFor } from './order-status.js';

const { schema, source } = await loadAdminSchema();

describe('the statuses of an order', () => {
  describe.skipIf(source === 'missing schema')(`held against the ${source}`, () => {
    it.each([
      ['OrderDisplayFinancialStatus', PAYMENT],
      ['OrderDisplayFulfillmentStatus', FULFILLMENT],
      ['FulfillmentStatus', SHIPMENT],
      ['FulfillmentDisplayStatus', PARCEL],
    ])('decide every word of %s and no other', (name, table) => {
      const type = schema.getType(name);
      const words = isEnumType(type) ? type.getValues().map((value) => value.name) : [];
      expect(Object.keys(table).sort()).toEqual([...words].sort());
    });
  });

  it.each(['', 'SOMETHING_NEW', 'paid', 'constructor', '__proto__', 'toString'])('call %j other', (word) => {
    expect(statusOf(PAYMENT, word)).toBe('other');
    expect(statusOf(PARCEL, word)).toBe('other');
  });

  it('call a missing word other', () => {
    expect(statusOf(PAYMENT, null)).toBe('other');
  });

  it('find all words behind one of ours', () => {
    expect(wordsFor(PAYMENT, 'voided')).toEqual(['EXPIRED', 'VOIDED']);
    expect(wordsFor(PAYMENT, 'failed')).toEqual([]);
  });
});
