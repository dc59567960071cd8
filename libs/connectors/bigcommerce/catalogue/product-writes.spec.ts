import { Big } from '#contract';
import { describe, expect, it } from 'vitest';
import { productBody, variantBody } from './product-input.js';
import { createProducts, updateProducts } from './product-writes.js';
import { ATTEMPT, scriptedShop } from './spec-store.js';
import { createVariants, updateVariants } from './variant-writes.js';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const refused = (path: string) =>
  expect.objectContaining({
    code: 'request_rejected',
    context: expect.objectContaining({ fields: [expect.objectContaining({ path })] }) as object,
  }) as Error;

describe('a price that is written', () => {
  const full = { regular: new Big(10), asked: new Big(10) };
  const sale = { regular: new Big(10), asked: new Big(8) };
  it.each([
    ['a new item', undefined, { price: usd('12.50') }, { price: 12.5 }],
    ['a new item on sale', undefined, { price: usd('8'), compareAtPrice: usd('10') }, { price: 10, sale_price: 8 }],
    ['the price alone', full, { price: usd('12') }, { price: 12, sale_price: 0 }],
    ['the price of a sale', sale, { price: usd('7') }, { price: 10, sale_price: 7 }],
    ['a price above that of the sale', sale, { price: usd('11') }, { price: 11, sale_price: 0 }],
    ['the end of a sale', sale, { compareAtPrice: null }, { price: 8, sale_price: 0 }],
    ['the beginning of a sale', full, { compareAtPrice: usd('12') }, { price: 12, sale_price: 10 }],
    ['neither', sale, {}, {}],
  ] as const)('for %s', (_, current, fields, body) => {
    expect(variantBody('USD', fields, undefined, current)).toEqual(body);
  });

  it.each([
    ['another currency', { price: { amount: '1', currency: 'EUR' } }, 'price'],
    ['more digits than are kept', { price: usd('1.00001') }, 'price'],
    ['more digits than a number holds', { price: usd('123456789012345678.25') }, 'price'],
    ['a price to compare with that is lower', { price: usd('10'), compareAtPrice: usd('9') }, 'compareAtPrice'],
    ['a price to compare with and none', { compareAtPrice: usd('9') }, 'compareAtPrice'],
  ] as const)('is refused for %s', (_, fields, path) => {
    expect(() => variantBody('USD', fields, undefined)).toThrow(refused(path));
  });
});

describe('what is said of a product', () => {
  it.each([
    ['active', { is_visible: true }],
    ['draft', { is_visible: false }],
    ['archived', { is_visible: false, availability: 'disabled' }],
  ] as const)('%s', (status, body) => {
    expect(productBody({ status })).toEqual(body);
  });

  it('keeps the type that it had where another is none of the platform', () => {
    expect(productBody({ type: 'Crockery' })).toEqual({});
    expect(productBody({ type: 'digital' })).toEqual({ type: 'digital' });
  });

  it.each(['cup', '/cup', '/cup/', 'cup/'])('is found at /cup/ by the handle %s', (handle) => {
    expect(productBody({ handle })).toEqual({ custom_url: { url: '/cup/', is_customized: true } });
  });
});

describe('a write of several steps', () => {
  it('says that the product was made where it cannot be read again', async () => {
    const { store } = scriptedShop([200, { data: { id: 5 } }], 'unreachable');
    const work = createProducts.run(store, { name: 'Cup', price: usd('1') }, ATTEMPT);
    await expect(work).rejects.toThrow(/Before that, product 5 was made\.$/);
  });

  it('sends nothing where a variant is wrong', async () => {
    const { store, sent } = scriptedShop();
    const variants = [{ price: { amount: '1', currency: 'EUR' }, options: [{ name: 'Size', value: 'S' }] }];
    await expect(createProducts.run(store, { name: 'Cup', variants }, ATTEMPT)).rejects.toThrow(refused('price'));
    expect(sent).toEqual([]);
  });

  const CUP = {
    ...{ id: 5, name: 'Cup', price: 1, is_visible: true, availability: 'available', variants: [] },
    images: [{ id: 7, url_standard: 'https://cdn.example.test/7.jpg' }],
  };

  it('takes no picture away before the new one is there', async () => {
    const { store, sent } = scriptedShop(
      [200, { data: CUP }],
      [422, { status: 422, title: 'The picture is no picture', errors: {} }],
    );
    const images = [{ url: 'https://pictures.example.test/a.txt' }];
    await expect(updateProducts.run(store, { productId: '5', images }, ATTEMPT)).rejects.toMatchObject({
      code: 'request_rejected',
    });
    expect(sent.map(({ call }) => call)).toEqual(['GET v3/catalog/products/5', 'POST v3/catalog/products/5/images']);
  });

  it('leaves a product that can be ordered before it is there as it is', async () => {
    const preorder = { ...CUP, availability: 'preorder' };
    const { store, sent } = scriptedShop(
      [200, { data: preorder }],
      [200, { data: preorder }],
      [200, { data: preorder }],
      [200, { weight_units: 'KGS' }],
    );
    await updateProducts.run(store, { productId: '5', status: 'active' }, ATTEMPT);
    expect(sent[1]?.body).toEqual({ is_visible: true });
  });

  const OPTIONS = [
    200,
    { data: [{ id: 1, display_name: 'Size', option_values: [{ id: 2, label: 'S', sort_order: 0 }] }] },
  ] as const;

  it('says that an option was added to where the variant is refused', async () => {
    const { store, sent } = scriptedShop(OPTIONS, [200, { data: { id: 3 } }], 'unreachable');
    const input = { productId: '5', sku: 'L', options: [{ name: 'Size', value: 'L' }] };
    await expect(createVariants.run(store, input, ATTEMPT)).rejects.toThrow(/the options of product 5 were added to/);
    expect(sent[1]).toEqual({
      call: 'POST v3/catalog/products/5/options/1/values',
      body: { label: 'L', sort_order: 1 },
    });
  });

  it('takes a value that the product has already', async () => {
    const { store, sent } = scriptedShop(OPTIONS, 'unreachable');
    const input = { productId: '5', sku: 'S', options: [{ name: 'Size', value: 'S' }] };
    await expect(createVariants.run(store, input, ATTEMPT)).rejects.not.toThrow(/added to/);
    expect(sent[1]?.body).toEqual({ sku: 'S', option_values: [{ option_id: 1, id: 2 }] });
  });

  it('changes nothing of a variant where only what cannot be changed is named', async () => {
    const variant = { id: 6, option_values: [{ label: 'S', option_display_name: 'Size' }] };
    const answers = [
      [200, { data: variant }],
      [200, { data: CUP }],
      [200, { weight_units: 'KGS' }],
    ] as const;
    const { store, sent } = scriptedShop(...answers);
    await updateVariants.run(
      store,
      { productId: '5', variantId: '6', options: [{ name: 'Size', value: 'M' }] },
      ATTEMPT,
    );
    expect(sent.filter(({ call }) => !call.startsWith('GET'))).toEqual([]);
  });
});
