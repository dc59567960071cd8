import { readRecord } from '#kit';
import { describe, expect, it } from 'vitest';
import { mapChild, mapProduct, type Reading } from './product-record.js';
import { magentoProduct, productAsPrinted } from './product-schema.js';
import { attributes, EUR, product } from '../__fixtures__/scripted-shop.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const reading = (changes: Partial<Reading> = {}): Reading => ({
  terms: { currency: 'EUR', weightUnit: 'kg', media: 'https://shop.example/media/' },
  attributes: new Map(),
  now: NOW,
  ...changes,
});
const mapped = (changes: Parameters<typeof product>[0], how = reading()) =>
  mapProduct(readRecord(product(changes), productAsPrinted), how);
const only = (changes: Parameters<typeof product>[0], how = reading()) => mapped(changes, how).variants[0];

describe('a price', () => {
  it.each([
    [12.9, '12.90'],
    [49, '49.00'],
    [24.949999999999999, '24.95'],
    [0.1 + 0.2, '0.30'],
    [1e-7, '0.00'],
    ['165.0000', '165.0000'],
  ])('printed as %s is %s', (price, amount) => {
    expect(Number(only({ price })?.price?.amount)).toBe(Number(amount));
  });

  it('is the special one while that holds, and compared with the usual one', () => {
    const special = (from: string, to: string, amount = '10.000000') =>
      only({
        custom_attributes: attributes({ special_price: amount, special_from_date: from, special_to_date: to }),
      });
    const on = { price: EUR('10.00'), compareAtPrice: EUR('12.90') };
    const off = { price: EUR('12.90'), compareAtPrice: null };
    expect(special('2026-11-22 00:00:00', '2026-11-22 00:00:00')).toMatchObject(on);
    expect(special('', '')).toMatchObject(on);
    expect(special('2026-11-23 00:00:00', '')).toMatchObject(off);
    expect(special('', '2026-11-21 00:00:00')).toMatchObject(off);
    expect(special('', '', '13')).toMatchObject(off);
    expect(special('', '', '')).toMatchObject(off);
  });

  it.each([['12,90'], [{}], ['1e5'], [true]])('that is none costs the record: %j', (price) => {
    expect(() => mapped({ price })).toThrow();
  });

  it('may be missing, as that of a bundle is', () => {
    expect(only({ price: null, type_id: 'bundle' })).toMatchObject({ price: null, compareAtPrice: null });
  });
});

describe('a product', () => {
  it.each([
    [1, 'active'],
    ['2', 'draft'],
    [7, 'other'],
    [null, 'other'],
  ])('of status %s is %s', (status, expected) => {
    expect(mapped({ status }).status).toBe(expected);
  });

  it('has pictures in their order, with an address where the shop tells it', () => {
    const entry = (id: number, position: number) => ({ id, position, file: `/c/u/${id}.jpg`, label: null });
    const pictured = { media_gallery_entries: [entry(8, 2), entry(7, 1)] };
    expect(mapped(pictured).images).toEqual([
      { id: '7', url: 'https://shop.example/media/catalog/product/c/u/7.jpg', alt: null },
      { id: '8', url: 'https://shop.example/media/catalog/product/c/u/8.jpg', alt: null },
    ]);
    const unknown = { terms: { currency: 'EUR', weightUnit: null, media: null } };
    expect(mapped(pictured, reading(unknown)).images[0]).toEqual({ id: '7', url: null, alt: null });
  });

  it('is weighed in the unit of the shop, and not at all where that is not known', () => {
    expect(only({ weight: 0.5 })?.weight).toEqual({ value: '0.5', unit: 'kg' });
    expect(
      only({ weight: 0.5 }, reading({ terms: { currency: 'EUR', weightUnit: null, media: null } }))?.weight,
    ).toBeNull();
    expect(() => only({ weight: -1 })).toThrow('below zero');
  });

  it('says its categories in links, or in an attribute alone', () => {
    const links = { extension_attributes: { category_links: [{ category_id: '5', position: 0 }] } };
    expect(mapped(links).categoryIds).toEqual(['5']);
    expect(mapped({ custom_attributes: attributes({ category_ids: ['4', 6] }) }).categoryIds).toEqual(['4', '6']);
  });

  it('keeps stock only where it is counted', () => {
    const stocked = (manage_stock: boolean) => ({ extension_attributes: { stock_item: { qty: 3, manage_stock } } });
    expect(only(stocked(true))).toMatchObject({ tracked: true, quantity: 3 });
    expect(only(stocked(false))).toMatchObject({ tracked: false, quantity: null });
    expect(only({})).toMatchObject({ tracked: null, quantity: null });
  });

  it('is read where PHP prints lists with gaps as objects, and attributes of many kinds', () => {
    const odd = {
      custom_attributes: { 0: { attribute_code: 'url_key', value: 'mug' }, 2: { attribute_code: 'x', value: null } },
      extension_attributes: { configurable_product_links: { 1: 12 } },
      media_gallery_entries: null,
    };
    expect(mapped(odd)).toMatchObject({ handle: 'mug', images: [] });
    expect(mapped({ custom_attributes: attributes({ description: ['a'] }) }).description).toBeNull();
  });
});

describe('a configurable product', () => {
  const options = [
    { attribute_id: '138', label: 'Size', position: 1, values: [{ value_index: 7 }] },
    { attribute_id: '137', label: 'Colour', position: 0, values: [{ value_index: 4 }, { value_index: 99 }] },
  ];
  const parent = { id: 18, type_id: 'configurable', extension_attributes: { configurable_product_options: options } };
  const known = new Map([
    ['137', { id: '137', code: 'colour', label: 'Colour', options: [{ id: '4', label: 'Red' }] }],
    ['138', { id: '138', code: 'size', label: 'Size', options: [{ id: '7', label: 'S' }] }],
  ]);

  it('names its choices in their order, and no number for what is not known', () => {
    const record = mapped(parent, reading({ attributes: known }));
    expect(record.options).toEqual([
      { name: 'Colour', values: ['Red'] },
      { name: 'Size', values: ['S'] },
    ]);
    expect([record.variants, record.variantsComplete]).toEqual([[], false]);
  });

  it('has variants that say which of them they are, by attributes', () => {
    const child = magentoProduct.parse(product({ id: 12, custom_attributes: attributes({ colour: '4', size: 7 }) }));
    const record = mapChild(child, magentoProduct.parse(product(parent)), reading({ attributes: known }));
    expect(record).toMatchObject({
      platformId: '12',
      productId: '18',
      price: EUR('12.90'),
      options: [
        { name: 'Colour', value: 'Red' },
        { name: 'Size', value: 'S' },
      ],
    });
  });
});
