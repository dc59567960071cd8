import { readFileSync, readdirSync } from 'node:fs';
import { type JsonValue, capabilities, inputPaths, shapeOf } from '#contract';
import { Kind, getVariableValues, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadAdminSchema } from '../__fixtures__/admin-schema.js';
import { answering } from '../__fixtures__/answering-store.js';
import { shopify } from '../shopify.js';
import { listCategories } from './categories.js';
import { createCategory } from './category-writes.js';
import { createCoupon, updateCoupon } from './coupon-writes.js';
import { listCoupons } from './coupons.js';
import { createCustomer } from './customer-writes.js';
import { listCustomers } from './customers.js';
import { createProduct, upsertProduct } from './product-writes.js';
import { listProducts } from './products.js';
import { setInventory } from './stock-writes.js';
import { createVariant } from './variant-writes.js';

const { schema, source } = await loadAdminSchema();
const FOLDER = new URL('../__fixtures__/', import.meta.url);
const recorded = z.object({
  operation: z.string(),
  calls: z.array(
    z.object({
      request: z.object({ body: z.object({ query: z.string(), variables: z.record(z.string(), z.json()) }) }),
    }),
  ),
});
const WRITES = readdirSync(FOLDER)
  .filter((name) => /^write-(products|variants|inventory|customers|addresses|categories|coupons)-/.test(name))
  .map((name) => ({ name, ...recorded.parse(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))) }));

const attempt = { key: '00000000-0000-4000-8000-000000000001', reference: 'ssp-1' };
const usd = (amount: string) => ({ amount, currency: 'USD' });
const NONE = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
const all = (filter: object) => ({ filter, sort: 'createdAt' as const });

describe.skipIf(source === 'missing schema')(`what is sent to write, held against the ${source}`, () => {
  it.each(WRITES)('$name has variables of the right types', ({ calls }) => {
    for (const { request } of calls) {
      const operation = parse(request.body.query).definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
      const { errors } = getVariableValues(schema, operation?.variableDefinitions ?? [], request.body.variables);
      expect(errors?.map(({ message }) => message)).toBeUndefined();
    }
  });
});

describe('a declared loss', () => {
  it('is one of a field that the operation has', () => {
    const claims = capabilities(shopify.operations).filter(({ operation }) => operation.split('.')[0] !== 'webhooks');
    for (const { operation, losses = [] } of claims) {
      const shape = shapeOf(operation);
      const paths = shape?.shape === 'write' ? inputPaths(shape.input) : new Set<string>();
      expect(losses.map(({ path }) => path).filter((path) => !paths.has(path))).toEqual([]);
    }
  });
});

describe('a search', () => {
  const HOSTILE = `a' OR status:draft \\ "x" %\n)`;
  const PHRASE = `'a\\' OR status:draft \\\\ "x" %\n)'`;

  it.each([
    ['products', () => listProducts.page(store, all({ sku: HOSTILE }), { size: 5 }), `sku:${PHRASE}`],
    ['products', () => listProducts.page(store, all({ name: HOSTILE }), { size: 5 }), `title:${PHRASE}`],
    ['customers', () => listCustomers.page(store, all({ email: HOSTILE }), { size: 5 }), `email:${PHRASE}`],
    ['collections', () => listCategories.page(store, all({ name: HOSTILE }), { size: 5 }), `title:${PHRASE}`],
    ['discountNodes', () => listCoupons.page(store, all({ code: HOSTILE }), { size: 5 }), `code:${PHRASE}`],
  ])('of %s takes nothing in a value for syntax', async (root, page, term) => {
    store = answering({ data: { [root]: NONE } });
    await page();
    expect(store.asked[0]?.variables['query']).toMatch(new RegExp(`${term.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}$`));
  });
  let store = answering();

  it('names all states of products, for its own default is the active ones', async () => {
    const asked = answering({ data: { products: NONE } });
    await listProducts.page(asked, all({}), { size: 5 });
    expect(asked.asked[0]?.variables['query']).toBe('status:active,archived,draft,unlisted');
  });

  it('finds what is unlisted among the active', async () => {
    const asked = answering({ data: { products: NONE } });
    await listProducts.page(asked, all({ status: ['active'], categoryId: '7' }), { size: 5 });
    expect(asked.asked[0]?.variables['query']).toBe('status:active,unlisted AND collection_id:7');
  });

  it('for changed customers begins a day early, and compares', async () => {
    const customer = (updatedAt: string) => ({ id: `gid://shopify/Customer/${updatedAt.slice(8, 10)}`, updatedAt });
    const nodes = [customer('2026-11-21T09:00:00Z'), customer('2026-11-22T10:00:00Z')];
    const asked = answering({ data: { customers: { ...NONE, nodes } } });
    const filter = { updatedSince: new Date('2026-11-22T10:00:00.500Z') };
    const page = await listCustomers.page(asked, all(filter), { size: 5 });
    expect(asked.asked[0]?.variables['query']).toBe(`updated_at:>='2026-11-21T10:00:00Z'`);
    expect(page.items.map(({ record }) => record.platformId)).toEqual(['gid://shopify/Customer/22']);
  });
});

describe('nothing is sent', () => {
  const variants = [{ options: [{ name: 'Size', value: 'S' }] }];
  it.each<[string, string, (store: ReturnType<typeof answering>) => Promise<unknown>]>([
    [
      'a foreign currency',
      'price',
      (s) => createProduct.run(s, { name: 'x', price: { amount: '1', currency: 'EUR' } }, attempt),
    ],
    ['a part of a cent', 'price', (s) => createProduct.run(s, { name: 'x', price: usd('1.005') }, attempt)],
    ['a tag with a comma', 'tags.0', (s) => createProduct.run(s, { name: 'x', tags: ['a,b'] }, attempt)],
    [
      'a price beside variants',
      'price',
      (s) => createProduct.run(s, { name: 'x', price: usd('1'), variants }, attempt),
    ],
    [
      'variants of unlike options',
      'variants.1.options',
      (s) =>
        createProduct.run(
          s,
          {
            name: 'x',
            variants: [
              ...variants,
              {
                options: [
                  { name: 'Size', value: 'S' },
                  { name: 'Size', value: 'M' },
                ],
              },
            ],
          },
          attempt,
        ),
    ],
    [
      'a fourth option',
      'options',
      (s) =>
        createVariant.run(
          s,
          { productId: '1', options: ['a', 'b', 'c', 'd'].map((name) => ({ name, value: name })) },
          attempt,
        ),
    ],
    [
      'a weight no binary fraction can hold',
      'weight',
      (s) => createProduct.run(s, { name: 'x', weight: { value: '123456789012.123456', unit: 'kg' } }, attempt),
    ],
    ['a tag of a customer with a comma', 'tags.0', (s) => createCustomer.run(s, { tags: ['a,b'] }, attempt)],
    [
      'two uses per customer',
      'usageLimitPerCustomer',
      (s) => createCoupon.run(s, { code: 'x', kind: 'freeShipping', usageLimitPerCustomer: 2 }, attempt),
    ],
    [
      'free shipping of one product',
      'productIds',
      (s) => createCoupon.run(s, { code: 'x', kind: 'freeShipping', productIds: ['1'] }, attempt),
    ],
    [
      'a discount on products and collections',
      'categoryIds',
      (s) =>
        createCoupon.run(
          s,
          { code: 'x', kind: 'percentage', percentage: '5', productIds: ['1'], categoryIds: ['2'] },
          attempt,
        ),
    ],
  ])('for %s', async (_what, path, run) => {
    const store = answering();
    await expect(run(store)).rejects.toMatchObject({ code: 'request_rejected', context: { fields: [{ path }] } });
    expect(store.asked).toEqual([]);
  });

  it('for an id of another type', async () => {
    const store = answering();
    const input = { productId: 'gid://shopify/Order/1', options: [{ name: 'a', value: 'b' }] };
    await expect(createVariant.run(store, input, attempt)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a product by its SKU', () => {
  const holder = (number: number, sku: string) => ({
    id: `gid://shopify/ProductVariant/${number}`,
    sku,
    product: { id: `gid://shopify/Product/${number}` },
  });
  const found = (...nodes: JsonValue[]) => ({ data: { productVariants: { ...NONE, nodes } } });

  it('that only looks like it is none, and a new one needs a name', async () => {
    const store = answering(found(holder(1, 'a-10'), holder(2, 'A-1'), holder(3, 'A-1 ')));
    await expect(upsertProduct.run(store, { sku: 'a-1' }, attempt)).rejects.toMatchObject({
      code: 'request_rejected',
      context: { fields: [{ path: 'name' }] },
    });
  });

  it('that two have is a conflict which names both', async () => {
    const store = answering(found(holder(1, 'A-1'), holder(2, 'A-1')));
    await expect(upsertProduct.run(store, { sku: 'A-1', name: 'x' }, attempt)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/ProductVariant\/1 .*ProductVariant\/2 /) as string,
    });
  });

  it('says what was done when its variant is refused after the product was changed', async () => {
    const refused = {
      userErrors: [{ field: null, message: 'No', code: 'NEGATIVE_PRICE_VALUE' }],
      productVariants: null,
    };
    const store = answering(
      found(holder(1, 'A-1')),
      { data: { productSet: { product: { id: 'gid://shopify/Product/1' }, userErrors: [] } } },
      { data: { productVariantsBulkUpdate: refused } },
    );
    await expect(upsertProduct.run(store, { sku: 'A-1', name: 'x', price: usd('1') }, attempt)).rejects.toMatchObject({
      code: 'request_rejected',
      message: expect.stringMatching(/the product of A-1 was changed, its variant was not/) as string,
    });
  });
});

describe('stock', () => {
  const item = { data: { productVariant: { inventoryItem: { id: 'gid://shopify/InventoryItem/9' } } } };
  const ids = (...numbers: number[]) => ({
    data: { locations: { ...NONE, nodes: numbers.map((number) => ({ id: `gid://shopify/Location/${number}` })) } },
  });

  it.each([[[]], [[1, 2]]])('of a shop with the locations %j needs one named', async (numbers: number[]) => {
    const store = answering(item, ids(...numbers));
    await expect(setInventory.run(store, { variantId: '1', available: 3 }, attempt)).rejects.toMatchObject({
      code: 'request_rejected',
      context: { fields: [{ path: 'locationId' }] },
    });
  });

  it('of the only location is set there, with the key of the attempt and compared only when asked', async () => {
    const level = {
      id: 'gid://shopify/InventoryLevel/1?inventory_item_id=9',
      location: { id: 'gid://shopify/Location/1' },
      quantities: [{ name: 'available', quantity: 3 }],
      item: { sku: 'A', tracked: true, variants: { nodes: [] } },
    };
    const done = { data: { inventorySetQuantities: { inventoryAdjustmentGroup: null, userErrors: [] } } };
    const store = answering(item, ids(1), done, { data: { inventoryItem: { inventoryLevel: level } } });
    const written = await setInventory.run(store, { variantId: '1', available: 3 }, attempt);
    expect(store.asked[2]?.variables).toEqual({
      key: attempt.key,
      input: {
        name: 'available',
        reason: 'correction',
        quantities: [
          {
            inventoryItemId: 'gid://shopify/InventoryItem/9',
            locationId: 'gid://shopify/Location/1',
            quantity: 3,
            changeFromQuantity: null,
          },
        ],
      },
    });
    expect(written.record).toMatchObject({ available: 3, onHand: null, variantId: null });
  });
});

describe('a collection', () => {
  it('keeps nothing of a parent', async () => {
    const raw = { id: 'gid://shopify/Collection/1', title: 'x' };
    const store = answering(
      { data: { collectionCreate: { collection: { id: raw.id }, userErrors: [] } } },
      { data: { collection: raw } },
    );
    await createCategory.run(store, { name: 'x', parentId: '2' }, attempt);
    expect(store.asked[0]?.variables).toEqual({ collection: { title: 'x' } });
  });
});

describe('a discount', () => {
  const coupon = (discount: object) => ({
    data: { discountNode: { id: 'gid://shopify/DiscountCodeNode/1', discount } as JsonValue },
  });
  const code = { codes: { nodes: [{ code: 'X' }] }, title: 'X', status: 'ACTIVE' };

  it.each([
    [{ __typename: 'DiscountAutomaticBasic', title: 'x' }, {}, 'couponId'],
    [{ __typename: 'DiscountCodeBxgy', ...code }, {}, 'couponId'],
    [{ __typename: 'DiscountCodeFreeShipping', ...code }, { kind: 'percentage', percentage: '5' }, 'kind'],
    [{ __typename: 'DiscountCodeFreeShipping', ...code }, { amount: usd('5') }, 'amount'],
  ] as const)('that cannot become another is refused: %j %j', async (discount, change, path) => {
    const store = answering(coupon(discount));
    await expect(updateCoupon.run(store, { couponId: '1', ...change }, attempt)).rejects.toMatchObject({
      code: 'request_rejected',
      context: { fields: [{ path }] },
    });
    expect(store.asked).toHaveLength(1);
  });

  it('that waits for its time is not begun by being enabled', async () => {
    const waiting = coupon({ __typename: 'DiscountCodeFreeShipping', ...code, status: 'SCHEDULED' });
    const store = answering(waiting, waiting);
    await updateCoupon.run(store, { couponId: '1', disabled: false }, attempt);
    expect(store.asked.map(({ query }) => query.startsWith('query '))).toEqual([true, true]);
  });
});
