import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idIn, startCatalogueApp, type CatalogueApp } from '../testing/catalogue-app.js';

let app: CatalogueApp;
beforeAll(async () => void (app = await startCatalogueApp()));
afterAll(() => app.running.sandbox.close());

const PRODUCT = `mutation($i: ProductCreateInput!) { productCreate(product: $i) { product { id title } userErrors { field message } } }`;
const SET = `mutation($i: ProductSetInput!) { productSet(input: $i, synchronous: true) { product { id } userErrors { field message code } } }`;
const CUSTOMER = `mutation($i: CustomerInput!) { customerCreate(input: $i) { customer { id } userErrors { field message } } }`;
const COLLECTION = `mutation($i: CollectionCreateInput!) { collectionCreate(collection: $i) { collection { id } userErrors { field message } } }`;
const DISCOUNT = `mutation($i: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $i) {
  codeDiscountNode { id } userErrors { field message code } } }`;
const ORDER = `mutation($i: OrderCreateOrderInput!) { orderCreate(order: $i) { order { id note } userErrors { field message code } } }`;

const LONG = 'x'.repeat(256);
const NUL = 'a\u0000b';
const option = (name: string, ...values: string[]) => ({ name, values: values.map((value) => ({ name: value })) });
const discount = (more: object) => ({
  ...{ title: 'D', code: 'D', startsAt: '2026-01-01T00:00:00Z', context: { all: 'ALL' } },
  customerGets: { value: { percentage: 0.1 }, items: { all: true } },
  ...more,
});
const line = { title: 'Rope', quantity: 1, priceSet: { shopMoney: { amount: '5', currencyCode: 'USD' } } };

test.each([
  ['a product', PRODUCT, { title: LONG }, 'Title is too long (maximum is 255 characters)'],
  ['a product', PRODUCT, { title: NUL }, 'Title is invalid'],
  ['a product', PRODUCT, { title: 'A', vendor: LONG }, 'Vendor is too long (maximum is 255 characters)'],
  ['a product', PRODUCT, { title: 'A', tags: [LONG] }, 'Product tags is invalid'],
  ['a product', PRODUCT, { title: '   ' }, "Title can't be blank"],
  ['a customer', CUSTOMER, { firstName: LONG }, 'First name is too long (maximum is 255 characters)'],
  ['a customer', CUSTOMER, { lastName: NUL }, 'Last name is invalid'],
  ['a customer', CUSTOMER, { firstName: 'A', note: NUL }, 'Note is invalid'],
  [
    'a customer',
    CUSTOMER,
    { firstName: 'A', addresses: [{ countryCode: 'US', provinceCode: 'QQ' }] },
    'Province is invalid',
  ],
  ['a customer', CUSTOMER, { firstName: 'A', addresses: [{ country: 'Atlantis' }] }, 'Country is invalid'],
  ['a collection', COLLECTION, { title: LONG }, 'Title is too long (maximum is 255 characters)'],
  ['a collection', COLLECTION, { title: NUL }, 'Title is invalid'],
  ['a discount', DISCOUNT, discount({ title: LONG }), 'Title is too long (maximum is 255 characters)'],
  ['a discount', DISCOUNT, discount({ code: NUL }), 'Code is invalid'],
  ['a discount', DISCOUNT, discount({ endsAt: '2025-01-01T00:00:00Z' }), 'Ends at needs to be after starts_at'],
  ['an order', ORDER, { lineItems: [{ ...line, title: LONG }] }, 'Title is too long (maximum is 255 characters)'],
  ['an order', ORDER, { lineItems: [line], note: NUL }, 'Note is invalid'],
  ['an order', ORDER, { lineItems: [line], shippingAddress: { country: 'Atlantis' } }, 'Country is invalid'],
  [
    'an order',
    ORDER,
    { lineItems: [line], billingAddress: { countryCode: 'US', provinceCode: 'QQ' } },
    'Province is invalid',
  ],
])('%s is refused, #%#', async (_what, mutation, input, message) => {
  const { payload, errors } = await app.write(mutation, { i: input });
  const [record] = Object.values(payload);
  expect(record).toBeNull();
  expect(errors.map((error) => error.message)).toContain(message);
});

describe('options', () => {
  test.each([
    [
      [option('A', '1'), option('B', '1'), option('C', '1'), option('D', '1')],
      'Can only specify a maximum of 3 options',
    ],
    [[option('A', '1'), option('a', '1')], 'Duplicated option name.'],
    [[option('A', '1', '1')], 'Duplicated option value.'],
    [[option('A', ' ')], 'Option value name is too short.'],
    [[option('A')], 'Each option must have at least one option value specified.'],
    [[option('', '1')], 'Each option must have a name specified.'],
    [[option('A', LONG)], 'Option value name is too long.'],
  ])('%j are refused', async (productOptions, message) => {
    const { errors } = await app.write(PRODUCT, { i: { title: 'Options', productOptions } });
    expect(errors.map((error) => error.message)).toContain(message);
    const set = await app.write(SET, { i: { title: 'Options', productOptions, variants: [] } });
    expect(set.errors.map((error) => error.message)).toContain(message);
    expect(set.errors.every(({ code }) => typeof code === 'string')).toBe(true);
  });

  test('come with variants', async () => {
    const { errors } = await app.write(SET, { i: { title: 'Bare', productOptions: [option('A', '1')] } });
    expect(errors).toMatchObject([{ code: 'VARIANTS_INPUT_MISSING' }]);
  });
});

describe('limits', () => {
  test('a list has at most 250 items', async () => {
    const lineItems = Array.from({ length: 251 }, () => line);
    const message = 'The input array size of 251 is greater than the maximum allowed of 250.';
    expect(await app.ask(ORDER, { i: { lineItems } })).toMatchObject({
      errors: [{ message, extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' } }],
    });
    const most = await app.write(ORDER, { i: { lineItems: lineItems.slice(1) } });
    expect(most.errors).toEqual([]);
  });

  test('a product has at most 2048 variants', async () => {
    const made = await app.write(SET, {
      i: {
        title: 'Wide',
        productOptions: [option('A', '0')],
        variants: Array.from({ length: 2_048 }, (_row, index) => ({
          optionValues: [{ optionName: 'A', name: String(index) }],
        })),
      },
    });
    expect(made.errors).toEqual([]);
    const add = `mutation($id: ID!) { productVariantsBulkCreate(productId: $id, variants: [{ optionValues: [{ optionName: "A", name: "more" }] }]) {
      productVariants { id } userErrors { field message code } } }`;
    const { errors } = await app.write(add, { id: idIn(made.payload, 'Product') });
    expect(errors[0]?.message).toBe('Number of product variants exceeds shop limit.');
  }, 30_000);
});

test('emoji and scripts of every kind are kept', async () => {
  const title = '👩🏽‍🚀 مرحبا – 日本語 “ß”';
  expect((await app.write(PRODUCT, { i: { title } })).payload['product']).toMatchObject({ title });
  const { payload } = await app.write(ORDER, { i: { lineItems: [line], note: title } });
  expect(payload['order']).toMatchObject({ note: title });
});
