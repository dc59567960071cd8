import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { idIn, startCatalogueApp, type CatalogueApp } from '../testing/catalogue-app.js';

let app: CatalogueApp;
let productId: string;

const MAKE = `mutation($p: ProductCreateInput!) { productCreate(product: $p) {
  product { id variants(first: 5) { nodes { id } } } userErrors { field message } } }`;
const FIELDS = 'productVariants { id title sku price position } userErrors { field message code }';
const CREATE = `mutation($id: ID!, $v: [ProductVariantsBulkInput!]!, $s: ProductVariantsBulkCreateStrategy) {
  productVariantsBulkCreate(productId: $id, variants: $v, strategy: $s) { ${FIELDS} } }`;
const UPDATE = `mutation($id: ID!, $v: [ProductVariantsBulkInput!]!, $partly: Boolean) {
  productVariantsBulkUpdate(productId: $id, variants: $v, allowPartialUpdates: $partly) { ${FIELDS} } }`;
const DELETE = `mutation($id: ID!, $v: [ID!]!) { productVariantsBulkDelete(productId: $id, variantsIds: $v) {
  product { id } userErrors { field message code } } }`;
const VARIANTS = 'query($id: ID!) { product(id: $id) { variants(first: 9) { nodes { title price sku position } } } }';

const size = (name: string, more: object = {}) => ({ optionValues: [{ optionName: 'Size', name }], ...more });

beforeEach(async () => {
  app = await startCatalogueApp();
  const options = [{ name: 'Size', values: [{ name: 'S' }] }];
  const { payload } = await app.write(MAKE, { p: { title: 'Shirt', productOptions: options } });
  productId = idIn(payload, 'Product');
});
afterEach(() => app.running.sandbox.close());

const variants = () => app.ask(VARIANTS, { id: productId });

describe('variants in bulk', () => {
  test('are added behind those there are', async () => {
    const v = [size('M', { price: '12.5', inventoryItem: { sku: 'A' } }), size('L', { inventoryItem: { sku: 'A' } })];
    const { errors } = await app.write(CREATE, { id: productId, v });
    expect(errors).toEqual([]);
    // Two variants with one SKU: the platform allows it.
    expect(await variants()).toMatchObject({
      product: {
        variants: {
          nodes: [
            { title: 'S', position: 1 },
            { title: 'M', price: '12.50', sku: 'A', position: 2 },
            { title: 'L', sku: 'A', position: 3 },
          ],
        },
      },
    });
  });

  test('take the place of the only one there is, when asked to', async () => {
    await app.write(CREATE, { id: productId, v: [size('XL')], s: 'REMOVE_STANDALONE_VARIANT' });
    expect(await variants()).toMatchObject({ product: { variants: { nodes: [{ title: 'XL' }] } } });
  });

  test.each([
    [size('S'), 'VARIANT_ALREADY_EXISTS'],
    [{ price: '1' }, 'NEED_TO_ADD_OPTION_VALUES'],
    [size(' '), 'NEED_TO_ADD_OPTION_VALUES'],
    [size('M', { price: '-1' }), 'GREATER_THAN_OR_EQUAL_TO'],
    [size('M', { barcode: 'x'.repeat(256) }), 'INVALID_INPUT'],
    [size('M\u0000'), 'INVALID_INPUT'],
  ])('are not made of %j', async (input, code) => {
    const { payload, errors } = await app.write(CREATE, { id: productId, v: [input] });
    expect(payload['productVariants']).toBeNull();
    expect(errors[0]).toMatchObject({ code });
    expect(await variants()).toMatchObject({ product: { variants: { nodes: [{ title: 'S' }] } } });
  });

  test('are changed all or none, or one by one when asked to', async () => {
    const id = idIn(
      await app.ask(`{ product(id: "${productId}") { variants(first: 1) { nodes { id } } } }`),
      'ProductVariant',
    );
    const v = [
      { id, price: '7' },
      { id: 'gid://shopify/ProductVariant/1', price: '8' },
    ];
    const refused = await app.write(UPDATE, { id: productId, v });
    expect(refused.errors).toMatchObject([{ field: ['variants', '1', 'id'], code: 'PRODUCT_VARIANT_DOES_NOT_EXIST' }]);
    expect(await variants()).toMatchObject({ product: { variants: { nodes: [{ price: '0.00' }] } } });
    const partly = await app.write(UPDATE, { id: productId, v, partly: true });
    expect(partly.errors).toHaveLength(1);
    expect(await variants()).toMatchObject({ product: { variants: { nodes: [{ price: '7.00' }] } } });
  });

  test('are deleted, but never the last one', async () => {
    const { payload } = await app.write(CREATE, { id: productId, v: [size('M')] });
    const id = idIn(payload, 'ProductVariant');
    expect((await app.write(DELETE, { id: productId, v: ['gid://shopify/ProductVariant/1'] })).errors[0]?.code).toBe(
      'AT_LEAST_ONE_VARIANT_DOES_NOT_BELONG_TO_THE_PRODUCT',
    );
    expect((await app.write(DELETE, { id: productId, v: [id] })).errors).toEqual([]);
    const last = idIn(
      await app.ask(`{ product(id: "${productId}") { variants(first: 1) { nodes { id } } } }`),
      'ProductVariant',
    );
    expect((await app.write(DELETE, { id: productId, v: [last] })).errors[0]?.code).toBe('CANNOT_DELETE_LAST_VARIANT');
  });

  test('of an unknown product are refused', async () => {
    const id = 'gid://shopify/Product/1';
    expect((await app.write(CREATE, { id, v: [size('M')] })).errors[0]?.code).toBe('PRODUCT_DOES_NOT_EXIST');
    expect((await app.write(UPDATE, { id, v: [{ id: 'gid://shopify/ProductVariant/1' }] })).errors[0]?.code).toBe(
      'PRODUCT_DOES_NOT_EXIST',
    );
    expect((await app.write(DELETE, { id, v: [] })).errors[0]?.code).toBe('PRODUCT_DOES_NOT_EXIST');
  });
});
