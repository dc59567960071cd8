import { isEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadAdminSchema } from '../__fixtures__/admin-schema.js';
import { statusOf } from '../order-status.js';
import { CONSENT, CUSTOMER_STATES, DISCOUNT, PRODUCT, PRODUCT_WORD, WEIGHT, WEIGHT_WORD } from './statuses.js';

const { schema, source } = await loadAdminSchema();

describe("the catalogue's words", () => {
  describe.skipIf(source === 'missing schema')(`held against the ${source}`, () => {
    it.each([
      ['ProductStatus', Object.keys(PRODUCT)],
      ['DiscountStatus', Object.keys(DISCOUNT)],
      ['CustomerState', CUSTOMER_STATES],
      ['CustomerEmailAddressMarketingState', [...CONSENT.keys()]],
      ['WeightUnit', [...WEIGHT.keys()]],
    ])('decide every word of %s and no other', (name, known) => {
      const type = schema.getType(name);
      const words = isEnumType(type) ? type.getValues().map((value) => value.name) : [];
      expect([...known].sort()).toEqual([...words].sort());
    });
  });

  it.each(['', 'SUSPENDED', 'active', 'constructor', '__proto__'])('call %j other', (word) => {
    expect(statusOf(PRODUCT, word)).toBe('other');
    expect(statusOf(DISCOUNT, word)).toBe('other');
  });

  it('are read as they are written', () => {
    for (const [ours, word] of Object.entries(PRODUCT_WORD)) expect(PRODUCT[word]).toBe(ours);
    for (const [ours, word] of Object.entries(WEIGHT_WORD)) expect(WEIGHT.get(word)).toBe(ours);
  });
});
