import type { ProductFilter } from '#contract';
import { describe, expect, it } from 'vitest';
import { magento } from '../magento.js';
import { isPlain, skuGroups } from './find-products.js';
import { getProduct, listProducts } from './products.js';
import { attributes, found, outcomeOf, product, scriptedShop } from '../__fixtures__/scripted-shop.js';
import { listVariants } from './variants.js';

const CONFIGS = [{ id: 1, website_id: 1, weight_unit: 'lbs', secure_base_media_url: 'https://shop.example/media/' }];
const list = (
  store: Parameters<typeof listProducts.page>[0],
  filter: ProductFilter,
  page: { size: number; state?: never },
) => listProducts.page(store, { filter, sort: 'createdAt' }, page);

describe('a list of products', () => {
  it('is narrowed by the platform itself', async () => {
    const { store, filters } = scriptedShop(found());
    const since = new Date('2026-01-01T00:00:00.500Z');
    await list(
      store,
      {
        updatedSince: since,
        createdUntil: since,
        status: ['draft', 'active'],
        sku: 'A b',
        name: 'Tee',
        categoryId: '5',
      },
      { size: 10 },
    );
    expect(filters()[0]).toEqual([
      'status in 2,1',
      'sku eq A b',
      'name like %Tee%',
      'category_id eq 5',
      'updated_at gteq 2026-01-01 00:00:00',
      'created_at lt 2026-01-01 00:00:01',
    ]);
  });

  it('is not asked for what cannot be asked', async () => {
    const { store, sent } = scriptedShop();
    expect(await outcomeOf(list(store, { status: ['archived'] }, { size: 1 }))).toMatchObject({
      code: 'filter_unsupported',
    });
    expect(await outcomeOf(list(store, { categoryId: '1/../2' }, { size: 1 }))).toMatchObject({ code: 'not_found' });
    expect(sent).toEqual([]);
  });

  it('by a SKU holds that very SKU only, a configurable one too', async () => {
    const items = [product({ sku: 'a' }), product({ id: 2, sku: 'A', type_id: 'configurable' })];
    const { store } = scriptedShop(found(...items));
    const { items: records } = await list(store, { sku: 'A' }, { size: 10 });
    expect(records.map(({ record }) => record.platformId)).toEqual(['2']);
  });

  it('asks for the settings of the shop once, and only where something is weighed or pictured', async () => {
    const plain = scriptedShop(found(product()));
    await list(plain.store, {}, { size: 10 });
    expect(plain.sent).toHaveLength(1);
    const full = (id: number): readonly [number, never] => [
      200,
      { items: [product({ id, weight: 1 })], total_count: 9 } as never,
    ];
    const { store, sent } = scriptedShop(full(1), [200, CONFIGS], full(2));
    const first = await list(store, {}, { size: 1 });
    const second = await list(store, {}, { size: 1, state: JSON.parse(JSON.stringify(first.next)) as never });
    expect(sent.map(({ path }) => path)).toEqual(['all/V1/products', 'V1/store/storeConfigs', 'all/V1/products']);
    expect(second.items[0]?.record.variants[0]?.weight).toEqual({ value: '1', unit: 'lb' });
  });

  it('goes without weights where the shop hides its settings, and ends where it is not let in any more', async () => {
    const denied = (resources: string) =>
      [401, { message: "The consumer isn't authorized to access %resources.", parameters: { resources } }] as const;
    const hidden = scriptedShop(found(product({ weight: 1 })), denied('Some::thing'));
    const { items } = await list(hidden.store, {}, { size: 1 });
    expect(items[0]?.record.variants[0]?.weight).toBeNull();
    const gone = scriptedShop(found(product({ weight: 1 })), [401, { message: 'Specified token does not exist' }]);
    expect(await outcomeOf(list(gone.store, {}, { size: 1 }))).toMatchObject({ code: 'credential_revoked' });
  });
});

describe('a SKU', () => {
  it.each([['MUG-001'], ['a.b_c~d'], ['12345']])('%s may stand in a path', (sku) => {
    expect(isPlain(sku)).toBe(true);
  });

  it.each([
    ['SEN/003'],
    ['CB 004'],
    ['100%'],
    ['ÄB'],
    ['茶'],
    ['a+b'],
    ['a,b'],
    ['..'],
    ['a..b'],
    ['.'],
    ['a?b'],
    ['a#b'],
    ['a\\b'],
    ['attributes'],
    ['types'],
    ['null'],
    [''],
  ])('%s is searched for in place of that', (sku) => {
    expect(isPlain(sku)).toBe(false);
  });

  it('is asked for among others, and by itself where it holds a comma', () => {
    expect(skuGroups(['a', 'b,c', 'd', 'a'])).toEqual([
      [{ field: 'sku', is: 'eq', value: 'b,c' }],
      [{ field: 'sku', is: 'in', value: 'a,d' }],
    ]);
    const long = Array.from({ length: 101 }, (_, index) => `${'x'.repeat(60)}${index}`);
    const values = skuGroups(long).map((group) => group[0]?.value ?? '');
    expect(values.flatMap((value) => value.split(','))).toEqual(long);
    expect(Math.max(...values.map(({ length }) => length))).toBeLessThan(3100);
  });
});

describe('one product', () => {
  it('is found by its number, and with its stock where the SKU may stand in a path', async () => {
    const single = product({ extension_attributes: { stock_item: { qty: 7, manage_stock: true } } });
    const { store, sent, filters } = scriptedShop(found(product()), [200, single]);
    const { record } = await getProduct.run(store, { platformId: '1' });
    expect([filters()[0], sent[1]?.path]).toEqual([['entity_id eq 1'], 'all/V1/products/MUG-001']);
    expect(record.variants[0]).toMatchObject({ quantity: 7, tracked: true });
  });

  it('is what was found where its SKU is that of another by now', async () => {
    for (const answer of [[200, product({ id: 2 })] as const, [404, { message: 'gone' }] as const]) {
      const { store } = scriptedShop(found(product()), answer);
      expect((await getProduct.run(store, { platformId: '1' })).record.platformId).toBe('1');
    }
  });

  it('of an odd SKU is never asked for by it', async () => {
    const { store, sent } = scriptedShop(found(product({ id: 3, sku: 'SEN/003 ä%' })));
    expect((await getProduct.run(store, { platformId: '3' })).record.variants[0]?.sku).toBe('SEN/003 ä%');
    expect(sent).toHaveLength(1);
  });

  it('that is not there, or answered for another, is missing', async () => {
    for (const answer of [found(), [200, { items: null }] as const, found(product({ id: 2 }))]) {
      const { store } = scriptedShop(answer);
      expect(await outcomeOf(getProduct.run(store, { platformId: '1' }))).toMatchObject({ code: 'not_found' });
    }
    const { store, sent } = scriptedShop();
    for (const platformId of ['', 'abc', '1;2', '-1', '0'])
      expect(await outcomeOf(getProduct.run(store, { platformId }))).toMatchObject({ code: 'not_found' });
    expect(sent).toEqual([]);
  });

  it('with a variant that cannot be read says that there are more', async () => {
    const extension = { configurable_product_links: [12, 13], configurable_product_options: [] };
    const parent = product({ sku: 'T 1', type_id: 'configurable', extension_attributes: extension });
    const { store, filters } = scriptedShop(found(parent), found(product({ id: 12 }), product({ id: 13, price: 'x' })));
    const { record } = await getProduct.run(store, { platformId: '1' });
    expect([record.variants.map(({ id }) => id), record.variantsComplete]).toEqual([['12'], false]);
    expect(filters()[1]).toEqual(['entity_id in 12,13']);
  });
});

describe('the variants of a product', () => {
  const links = [14, 12, 13];
  const parent = product({
    id: 18,
    type_id: 'configurable',
    extension_attributes: {
      configurable_product_links: links,
      configurable_product_options: [{ attribute_id: '137', label: 'Farbe', values: [{ value_index: 4 }] }],
    },
  });
  const farbe = { attribute_id: 137, attribute_code: 'farbe', options: [{ value: '4', label: 'Rot' }] };

  it('are given in the order of their numbers, page by page', async () => {
    const child = (id: number) => product({ id, custom_attributes: attributes({ farbe: '4' }) });
    const { store, filters } = scriptedShop(
      ...[found(parent), found(child(12), child(13)), [200, farbe] as const],
      ...[found(parent), found(child(14)), [200, farbe] as const],
    );
    const query = { filter: { productId: '18' }, sort: 'createdAt' } as const;
    const first = await listVariants.page(store, query, { size: 2 });
    const second = await listVariants.page(store, query, { size: 2, state: first.next ?? null });
    expect([filters()[1], filters()[4], second.next]).toEqual([['entity_id in 12,13'], ['entity_id in 14'], undefined]);
    expect(first.items[0]?.record).toMatchObject({ productId: '18', options: [{ name: 'Farbe', value: 'Rot' }] });
  });

  it('are none without children, and itself where it has no choices', async () => {
    const query = { filter: { productId: '1' }, sort: 'createdAt' } as const;
    const none = scriptedShop(found(product({ type_id: 'configurable' })));
    expect(await listVariants.page(none.store, query, { size: 9 })).toEqual({ items: [], quarantined: [] });
    const { items } = await listVariants.page(scriptedShop(found(product())).store, query, { size: 9 });
    expect(items.map(({ record }) => [record.platformId, record.productId])).toEqual([['1', '1']]);
  });
});

describe('a recorded request for products', () => {
  const recognized = (path: string) =>
    magento.recognize({ method: 'GET', url: new URL(path, 'https://shop.example/'), body: null });
  const by = (field: string, value: string, more = '') =>
    `rest/V1/products?searchCriteria[filter_groups][0][filters][0][field]=${field}&searchCriteria[filter_groups][0][filters][0][value]=${value}${more}`;

  it.each([
    [by('entity_id', '1'), { operation: 'products.get', platformId: '1' }],
    [
      by('entity_id', '1', '&searchCriteria[pageSize]=1&fields=items[id]'),
      { operation: 'products.get', platformId: '1' },
    ],
    [by('entity_id', '1').replaceAll('filter_groups', 'filterGroups'), { operation: 'products.get', platformId: '1' }],
    [
      by('entity_id', '1', '&searchCriteria[filter_groups][0][filters][0][conditionType]=gt'),
      { operation: 'products.list' },
    ],
    [by('sku', '1'), { operation: 'products.list' }],
    ['shop/rest/de/V1/products/A%20B%2FC', { operation: 'products.get', platformId: 'sku:A B/C' }],
    ['rest/V1/products/A%2FB/26', { operation: 'products.get', platformId: 'sku:A/B' }],
    ['rest/V1/products/attributes/137', undefined],
    ['rest/V1/products/attributes', undefined],
    ['rest/V1/products/MUG-001/media', undefined],
    ['rest/V1/products/%E0%A4%A', undefined],
  ])('%s is %j', (path, target) => {
    expect(recognized(path)).toEqual(target);
  });
});
