import { describe, expect, it } from 'vitest';
import { mapProduct, mapVariant, statusOf } from './product-record.js';
import { platformProduct, platformVariant } from './product-schema.js';
import { readWeight, weightFor } from './weight.js';

const TERMS = {
  currency: 'USD',
  weight: { unit: 'lb', times: 1 },
  brands: new Map([['37', 'Harbour Pottery']]),
} as const;
const PRODUCT = {
  ...{ id: 5, name: 'Cup', type: 'physical', price: 10, is_visible: true, availability: 'available' },
  ...{ inventory_tracking: 'none', inventory_level: 9 },
};
const SIZE = [{ label: 'S', option_display_name: 'Size' }];

const mapped = (product: object, variant: object = {}) =>
  mapVariant(
    platformVariant.parse({ id: 6, option_values: SIZE, ...variant }),
    platformProduct.parse({ ...PRODUCT, ...product }),
    TERMS,
  );
const money = (amount: string) => ({ amount, currency: 'USD' });

describe('a variant', () => {
  it.each([
    [{}, {}, '10.00', null],
    [{}, { price: 12 }, '12.00', null],
    [{ sale_price: 8 }, {}, '8.00', '10.00'],
    [{ sale_price: 8 }, { price: 12, sale_price: 11 }, '11.00', '12.00'],
    [{ sale_price: 0 }, { calculated_price: 7.25 }, '7.25', '10.00'],
    // A rule that makes it dearer is no sale.
    [{}, { calculated_price: 11 }, '11.00', null],
    // Left over from floating point: the platform keeps four decimals.
    [{}, { calculated_price: 0.1 + 0.2 }, '0.30', '10.00'],
    [{ price: '12.3456' }, {}, '12.3456', null],
  ])('of a product with %j that says %j costs %s, compared with %s', (product, variant, price, compareAt) => {
    expect(mapped(product, variant)).toMatchObject({
      price: money(price),
      compareAtPrice: compareAt && money(compareAt),
    });
  });

  it.each([
    ['none', false, null],
    ['product', true, 9],
    ['variant', true, 4],
    [null, null, null],
  ])('of a product whose stock is counted by %s has %s and %s', (inventory_tracking, tracked, quantity) => {
    expect(mapped({ inventory_tracking }, { inventory_level: 4 })).toMatchObject({ tracked, quantity });
  });

  it('takes its weight from its product where it has none', () => {
    expect(mapped({ weight: 2 }).weight).toEqual({ value: '2', unit: 'lb' });
    expect(mapped({ weight: 2 }, { weight: 0.5 }).weight).toEqual({ value: '0.5', unit: 'lb' });
    expect(mapped({ weight: 0 }).weight).toBeNull();
  });

  it.each(['twelve', Number.NaN, '1e999'])('is not given the price %j', (price) => {
    expect(() => mapped({}, { price: String(price) })).toThrow(RangeError);
  });
});

describe('a product', () => {
  it.each([
    [true, 'available', 'active'],
    [true, 'preorder', 'active'],
    [true, 'someday', 'other'],
    [false, 'available', 'draft'],
    [false, 'preorder', 'draft'],
    [true, 'disabled', 'archived'],
    [false, 'disabled', 'archived'],
  ])('seen: %s, %s, is %s', (is_visible, availability, status) => {
    expect(statusOf({ is_visible, availability })).toBe(status);
  });

  it('says so where its variants were not answered', () => {
    const record = mapProduct(platformProduct.parse({ ...PRODUCT, brand_id: 37 }), TERMS);
    expect(record).toMatchObject({ variants: [], variantsComplete: false, vendor: 'Harbour Pottery' });
  });

  it.each([
    ['/tea/green-cup/', 'tea/green-cup'],
    ['/cup', 'cup'],
    ['/', null],
    [null, null],
  ])('at %s has the handle %s', (url, handle) => {
    const product = platformProduct.parse({ ...PRODUCT, custom_url: { url } });
    expect(mapProduct(product, TERMS).handle).toBe(handle);
  });
});

describe('a weight', () => {
  it('of a shop that weighs in tonnes is read and written in kilograms', () => {
    const tonnes = { unit: 'kg', times: 1000 } as const;
    expect(readWeight(0.25, tonnes)).toEqual({ value: '250', unit: 'kg' });
    expect(weightFor(tonnes, { value: '250', unit: 'kg' })).toBe(0.25);
  });

  it('is converted to four decimals', () => {
    expect(weightFor({ unit: 'lb', times: 1 }, { value: '0.4', unit: 'kg' })).toBe(0.8818);
  });

  it('is refused where nothing would be left of it, and where the unit is not known', () => {
    const refused = expect.objectContaining({ code: 'request_rejected' }) as Error;
    expect(() => weightFor({ unit: 'kg', times: 1 }, { value: '0.0001', unit: 'g' })).toThrow(refused);
    expect(() => weightFor(null, { value: '1', unit: 'g' })).toThrow(refused);
  });
});
