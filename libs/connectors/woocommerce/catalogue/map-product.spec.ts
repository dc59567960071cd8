import { inventoryLevelRecord, type JsonValue, productRecord, Unreadable, variantRecord } from '#contract';
import { readRecord } from '#kit';
import { describe, expect, it } from 'vitest';
import { levelReading } from './inventory.js';
import { mapProduct, mapVariation } from './map-product.js';
import { identify, wooProduct, wooVariation } from './product-schema.js';

const terms = { currency: 'EUR', weightUnit: 'kg' } as const;
const readProduct = (raw: JsonValue) =>
  readRecord(raw, { schema: wooProduct, map: (product) => mapProduct(product, terms), identify });
const readVariation = (raw: JsonValue) =>
  readRecord(raw, { schema: wooVariation, map: (variation) => mapVariation(variation, '27', terms), identify });

const MUG = { id: 11, name: 'Mug', type: 'simple', status: 'publish', price: '12.9', regular_price: '12.9' };

describe('a product', () => {
  it('without choices has one variant, which goes by its id', () => {
    const product = readProduct({ ...MUG, sku: 'MUG/1', manage_stock: true, stock_quantity: 3, weight: '0.350' });
    expect(productRecord.parse(product)).toEqual(product);
    expect(product.variantsComplete).toBe(true);
    expect(product.variants).toMatchObject([
      {
        id: '11',
        sku: 'MUG/1',
        price: { amount: '12.90', currency: 'EUR' },
        compareAtPrice: null,
        weight: { value: '0.35', unit: 'kg' },
        tracked: true,
        quantity: 3,
        options: [],
      },
    ]);
  });

  it('with choices says that its variants are missing where they were not read', () => {
    const choices = [
      { id: 1, name: 'Größe &amp; Form', variation: true, options: ['S &amp; M'] },
      { id: 0, name: 'Stoff', variation: false, options: ['Wolle'] },
    ];
    expect(readProduct({ ...MUG, type: 'variable', variations: [28], attributes: choices })).toMatchObject({
      variants: [],
      variantsComplete: false,
      options: [{ name: 'Größe & Form', values: ['S & M'] }],
    });
  });

  it.each([
    ['publish', 'active'],
    ['draft', 'draft'],
    ['pending', 'draft'],
    ['future', 'draft'],
    ['private', 'archived'],
    ['trash', 'other'],
    ['of-a-plugin', 'other'],
  ])('that is %s is %s', (status, expected) => {
    expect(readProduct({ ...MUG, status })).toMatchObject({ status: expected, platformStatus: status });
  });

  it.each([
    ['on sale', { price: '10', regular_price: '15', on_sale: true }, '10.00', '15.00'],
    ['on sale for no less', { price: '15', regular_price: '15', on_sale: true }, '15.00', null],
    ['on sale next week', { price: '15', regular_price: '15', sale_price: '10', on_sale: false }, '15.00', null],
    ['free', { price: '0', regular_price: '0' }, '0.00', null],
    ['priced by a plugin in numbers', { price: 7.5, regular_price: 9, on_sale: true }, '7.50', '9.00'],
  ])('that is %s', (_, prices, price, compareAtPrice) => {
    const [variant] = readProduct({ ...MUG, ...prices }).variants;
    expect([variant?.price?.amount, variant?.compareAtPrice?.amount ?? null]).toEqual([price, compareAtPrice]);
  });

  it('without a price has none, rather than nothing to pay', () => {
    expect(readProduct({ ...MUG, price: '', regular_price: '' }).variants[0]?.price).toBeNull();
  });

  it('reads names as people see them, and leaves descriptions as they are', () => {
    const words = {
      name: 'Tom &amp; Co &#8211; 😀 <b>x</b>',
      description: '<p>A &amp; B</p>',
      tags: [{ id: 1, name: 'a &amp; b' }],
    };
    expect(readProduct({ ...MUG, ...words })).toMatchObject({
      name: 'Tom & Co – 😀 <b>x</b>',
      description: '<p>A &amp; B</p>',
      tags: ['a & b'],
    });
  });

  it('has no weight where the unit of the shop is not known', () => {
    const noUnit = { ...terms, weightUnit: null };
    const map = (product: Parameters<typeof mapProduct>[0]) => mapProduct(product, noUnit);
    expect(readRecord({ ...MUG, weight: '2' }, { schema: wooProduct, map, identify }).variants[0]?.weight).toBeNull();
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['no id', { name: 'Mug', type: 'simple', status: 'publish' }],
    ['no name', { ...MUG, name: null }],
    ['a name that is none', { ...MUG, name: 3 }],
    ['a price that is none', { ...MUG, price: '12,90' }],
    ['a price beyond reason', { ...MUG, price: `1${'0'.repeat(40)}` }],
    ['a date that is none', { ...MUG, date_created_gmt: '2026-02-30T00:00:00' }],
    ['a weight that is none', { ...MUG, weight: '2 kg' }],
    ['a weight below zero', { ...MUG, weight: '-2' }],
    ['a stock that is none', { ...MUG, manage_stock: true, stock_quantity: 'many' }],
  ])('with %s is unreadable, with a reason', (_, raw) => {
    expect(() => readProduct(raw)).toThrow(Unreadable);
  });

  it('is read though all it can do without is missing or null', () => {
    const nothing = Object.fromEntries(Object.keys(wooProduct.shape).map((name) => [name, null]));
    const product = readProduct({ ...nothing, id: '11', name: '', type: 'simple', status: 'publish' });
    expect(productRecord.parse(product)).toEqual(product);
  });
});

describe('a variation', () => {
  it('is a variant of its product', () => {
    const variation = readVariation({
      id: 29,
      name: 'Rot, M',
      sku: '',
      global_unique_id: '4006381333931',
      attributes: [{ id: 1, name: 'Farbe', option: 'Rot' }],
      manage_stock: 'parent',
      stock_quantity: -2.5,
    });
    expect(variantRecord.parse(variation)).toEqual(variation);
    expect(variation).toMatchObject({
      platformId: '29',
      productId: '27',
      name: 'Rot, M',
      sku: null,
      barcode: '4006381333931',
      options: [{ name: 'Farbe', value: 'Rot' }],
      tracked: true,
      quantity: -2.5,
    });
  });

  it('whose stock is not counted has no number, whatever is printed', () => {
    expect(readVariation({ id: 29, manage_stock: false, stock_quantity: 4 })).toMatchObject({
      tracked: false,
      quantity: null,
    });
  });
});

describe('a stock', () => {
  const read = (raw: object) => readRecord({ id: 29, status: 'publish', ...raw }, levelReading);

  it('belongs to a variation and its product', () => {
    const level = read({ type: 'variation', parent_id: 27, manage_stock: true, stock_quantity: 11, sku: 'A' });
    expect(inventoryLevelRecord.parse(level)).toEqual(level);
    expect(level).toMatchObject({ platformId: '29', variantId: '29', productId: '27', available: 11, tracked: true });
  });

  it('of a product with variations belongs to none of them', () => {
    const level = read({ type: 'variable', manage_stock: true, stock_quantity: 5 });
    expect(level).toMatchObject({ variantId: null, productId: '29', available: 5 });
  });
});
