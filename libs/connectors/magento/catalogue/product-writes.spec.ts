import { planWrite } from '#contract';
import { describe, expect, it } from 'vitest';
import { createProducts, deleteProducts, updateProducts, upsertProducts } from './product-writes.js';
import { ATTEMPT, attributes, EUR, found, outcomeOf, product, scriptedShop } from '../__fixtures__/scripted-shop.js';
import { createVariants, deleteVariants, updateVariants } from './variant-writes.js';

const FARBE = {
  attribute_id: 137,
  attribute_code: 'farbe',
  default_frontend_label: 'Farbe',
  frontend_input: 'select',
  scope: 'global',
  options: [{ value: '4', label: 'Rot' }],
};
const PARENT = product({
  id: 18,
  sku: 'SHIRT',
  name: 'Shirt',
  type_id: 'configurable',
  extension_attributes: {
    configurable_product_links: [12],
    configurable_product_options: [{ attribute_id: '137', label: 'Farbe', position: 0, values: [{ value_index: 4 }] }],
  },
});
const CHILD = product({ id: 12, sku: 'SHIRT/R', custom_attributes: attributes({ farbe: '4' }) });

const productSent = (body: unknown) => (body as { product: Record<string, unknown> }).product;

describe('a new product', () => {
  it('is not made where its SKU is there, in any case, as that would change the other one', async () => {
    const { store, sent, filters } = scriptedShop(found(product()));
    const outcome = await outcomeOf(createProducts.run(store, { name: 'x', sku: 'mug-001' }, ATTEMPT));
    expect(outcome).toMatchObject({ code: 'conflict', message: expect.stringContaining('Product 1') as string });
    expect([filters()[0], sent.length]).toEqual([['sku in mug-001'], 1]);
  });

  it('without a SKU gets one that is the same each time it is tried', async () => {
    const { store, sent } = scriptedShop(found(), [200, product()]);
    await createProducts.run(store, { name: 'Mug' }, ATTEMPT);
    expect(sent[1]).toEqual({
      method: 'POST',
      path: 'all/V1/products',
      body: { product: { sku: 'ssp-1', name: 'Mug', attribute_set_id: 4, visibility: 4, type_id: 'simple' } },
    });
  });

  it.each([[''], [' a'], ['a '], ['x'.repeat(65)]])('is not made with the SKU %j', async (sku) => {
    const { store, sent } = scriptedShop();
    const outcome = await outcomeOf(createProducts.run(store, { name: 'x', sku }, ATTEMPT));
    expect([outcome, sent]).toMatchObject([{ code: 'request_rejected' }, []]);
  });

  it.each([
    [{ price: { amount: '1', currency: 'USD' } }, 'EUR'],
    [{ compareAtPrice: EUR('9') }, 'above'],
    [{ price: EUR('9'), compareAtPrice: EUR('9.00') }, 'above'],
    [{ price: EUR('123456789012345678.123456') }, 'last digit'],
  ])('is not made at %j', async (prices, words) => {
    const { store, sent } = scriptedShop();
    const outcome = await outcomeOf(createProducts.run(store, { name: 'x', ...prices }, ATTEMPT));
    expect(outcome).toMatchObject({ code: 'request_rejected', message: expect.stringContaining(words) as string });
    expect(sent).toEqual([]);
  });

  it('is told what of it is lost', () => {
    const input = { name: 'x', tags: ['a'], status: 'archived', vendor: 'v', barcode: '1', images: [{ url: 'u' }] };
    const { ignored, changed } = planWrite(input, createProducts.losses);
    expect(ignored.map(({ path }) => path).sort()).toEqual(['barcode', 'images', 'tags', 'vendor']);
    expect(changed.map(({ path }) => path)).toEqual(['status']);
  });

  it('with variants that differ in nothing, or not in the same, is not made', async () => {
    const of = (...options: string[]) => ({ options: options.map((name) => ({ name, value: 'x' })) });
    const { store, sent } = scriptedShop();
    for (const variants of [[of('a', 'a')], [of('a'), of('b')], [of('a'), of('a', 'b')]])
      expect(await outcomeOf(createProducts.run(store, { name: 'x', variants }, ATTEMPT))).toMatchObject({
        code: 'request_rejected',
      });
    const same = [
      { sku: 'S', ...of('a') },
      { sku: 's', ...of('a') },
    ];
    expect(await outcomeOf(createProducts.run(store, { name: 'x', variants: same }, ATTEMPT))).toMatchObject({
      message: expect.stringContaining('Each SKU') as string,
    });
    expect(sent).toEqual([]);
  });

  it('takes back the variants it has made, and says so where it cannot', async () => {
    const variants = [{ sku: 'A', price: EUR('1'), options: [{ name: 'Farbe', value: 'Rot' }] }];
    const refused = [400, { message: 'No.' }] as const;
    const before = [found(), found(FARBE), [200, product({ id: 40, sku: 'A' })], refused] as const;
    const clean = scriptedShop(...before, [200, true]);
    expect(await outcomeOf(createProducts.run(clean.store, { name: 'x', variants }, ATTEMPT))).toEqual(
      expect.objectContaining({ message: 'magento answered 400: No. Nothing of it is left.' }),
    );
    expect(clean.sent.at(-1)).toMatchObject({ method: 'DELETE', path: 'all/V1/products/A' });
    const stuck = scriptedShop(...before, [500, { message: 'Out.' }]);
    expect(await outcomeOf(createProducts.run(stuck.store, { name: 'x', variants }, ATTEMPT))).toMatchObject({
      message: expect.stringContaining('could not be taken back') as string,
    });
  });
});

describe('variants whose product may have been made', () => {
  it('stay, and are told of', async () => {
    const variants = [{ sku: 'A', price: EUR('1'), options: [{ name: 'Farbe', value: 'Rot' }] }];
    const { store, sent } = scriptedShop(
      ...[found(), found(FARBE), [200, product({ id: 40, sku: 'A' })] as const, 'unreachable' as const],
    );
    expect(await outcomeOf(createProducts.run(store, { name: 'x', variants }, ATTEMPT))).toMatchObject({
      code: 'platform_timeout',
      message: expect.stringContaining('Its variants may be there') as string,
    });
    expect(sent.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });
});

describe('a change', () => {
  it('goes by the number, with everything in the body, and cannot make a product', async () => {
    const { store, sent } = scriptedShop(found(product({ id: 3, sku: 'SEN/003' })), [200, product({ id: 3 })]);
    await updateProducts.run(store, { productId: '3', name: 'Tee' }, ATTEMPT);
    expect(sent[1]?.body).toEqual({ product: { id: 3, sku: 'SEN/003', name: 'Tee' } });
  });

  it('of a price ends the sale there was, or begins one without an old period', async () => {
    const sold = product({ price: 20, custom_attributes: attributes({ special_price: '15.0' }) });
    const sent = async (input: object, current = sold) => {
      const shop = scriptedShop(found(current), [200, product()]);
      await upsertProducts.run(shop.store, { sku: 'MUG-001', ...input }, ATTEMPT);
      const { price, custom_attributes: given } = productSent(shop.sent[1]?.body);
      const values = (given as { attribute_code: string; value: string }[]).map((one) => [
        one.attribute_code,
        one.value,
      ]);
      return [price, Object.fromEntries(values) as unknown];
    };
    const period = { special_from_date: '', special_to_date: '' };
    expect(await sent({ price: EUR('14') })).toEqual([20, { special_price: '14', ...period }]);
    expect(await sent({ price: EUR('21') })).toEqual([21, { special_price: '', ...period }]);
    expect(await sent({ compareAtPrice: null })).toEqual([15, { special_price: '', ...period }]);
    expect(await sent({ compareAtPrice: EUR('30') })).toEqual([30, { special_price: '15.00', ...period }]);
  });

  it('of the stock setting leaves the number as it is', async () => {
    const { store, sent } = scriptedShop(found(product()), [200, product()]);
    await upsertProducts.run(store, { sku: 'MUG-001', tracked: false }, ATTEMPT);
    expect(productSent(sent[1]?.body)['extension_attributes']).toEqual({
      stock_item: { use_config_manage_stock: false, manage_stock: false },
    });
  });

  it('finds the very SKU among those that differ in case', async () => {
    const { store, sent } = scriptedShop(found(product({ id: 2, sku: 'MUG-001' }), product()), [200, product()]);
    await upsertProducts.run(store, { sku: 'MUG-001', name: 'x' }, ATTEMPT);
    expect(productSent(sent[1]?.body)).toMatchObject({ id: 2 });
  });
});

describe('a deletion', () => {
  it('of an odd SKU renames first, and names back what stays', async () => {
    const odd = found(product({ id: 3, sku: 'SEN/003' }));
    const renamed = [200, product({ id: 3, sku: 'to-be-deleted-3' })] as const;
    const done = scriptedShop(odd, renamed, [200, true]);
    await deleteProducts.run(done.store, { productId: '3' }, ATTEMPT);
    expect(done.sent.slice(1).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST all/V1/products',
      'DELETE all/V1/products/to-be-deleted-3',
    ]);
    const kept = scriptedShop(odd, renamed, [400, { message: 'No.' }], [200, product({ id: 3, sku: 'SEN/003' })]);
    expect(await outcomeOf(deleteProducts.run(kept.store, { productId: '3' }, ATTEMPT))).toMatchObject({
      message: 'magento answered 400: No.',
    });
    expect(productSent(kept.sent.at(-1)?.body)).toEqual({ id: 3, sku: 'SEN/003' });
    const open = scriptedShop(odd, renamed, 'unreachable');
    expect(await outcomeOf(deleteProducts.run(open.store, { productId: '3' }, ATTEMPT))).toMatchObject({
      code: 'platform_timeout',
      message: expect.stringContaining('Its SKU is to-be-deleted-3 now') as string,
    });
    const lost = scriptedShop(odd, renamed, [400, { message: 'No.' }], 'unreachable');
    expect(await outcomeOf(deleteProducts.run(lost.store, { productId: '3' }, ATTEMPT))).toMatchObject({
      message: expect.stringContaining('Its SKU is to-be-deleted-3 now') as string,
    });
  });
});

describe('a variant', () => {
  it('that is made is held together with those that were there', async () => {
    const made = product({ id: 50, sku: 'ssp-1', custom_attributes: attributes({ farbe: '9' }) });
    const { store, sent } = scriptedShop(
      ...[found(PARENT), [200, FARBE] as const, [200, 'id_9'] as const, found()],
      ...[[200, made] as const, [200, PARENT] as const, [200, FARBE] as const],
    );
    const options = [{ name: 'Farbe', value: 'Gelb' }];
    await createVariants.run(store, { productId: '18', options }, ATTEMPT);
    expect(sent[2]).toMatchObject({ path: 'all/V1/products/attributes/farbe/options' });
    expect(productSent(sent[4]?.body)).toMatchObject({
      ...{ sku: 'ssp-1', name: 'Shirt Gelb', visibility: 1, type_id: 'simple' },
      custom_attributes: [{ attribute_code: 'farbe', value: '9' }],
    });
    expect(productSent(sent[5]?.body)).toEqual({
      ...{ id: 18, sku: 'SHIRT' },
      extension_attributes: {
        configurable_product_options: [
          { attribute_id: '137', label: 'Farbe', position: 0, values: [{ value_index: 4 }, { value_index: 9 }] },
        ],
        configurable_product_links: [12, 50],
      },
    });
  });

  it('of a new value is made by older shops too, which do not say its number', async () => {
    const added = { ...FARBE, options: [...FARBE.options, { value: '9', label: 'Gelb' }] };
    const options = [{ name: 'Farbe', value: 'Gelb' }];
    const before = [found(PARENT), [200, FARBE], [200, 'id_new_option']] as const;
    const told = scriptedShop(...before, [200, added], found(), [200, CHILD], [200, PARENT], [200, added]);
    await createVariants.run(told.store, { productId: '18', options }, ATTEMPT);
    expect(productSent(told.sent[5]?.body)['custom_attributes']).toEqual([{ attribute_code: 'farbe', value: '9' }]);
    const lost = scriptedShop(...before, [200, FARBE]);
    expect(await outcomeOf(createVariants.run(lost.store, { productId: '18', options }, ATTEMPT))).toMatchObject({
      code: 'platform_contract_broken',
    });
  });

  it('gets another SKU by its number', async () => {
    const { store, sent } = scriptedShop(found(PARENT), found(CHILD), [200, CHILD], [200, FARBE]);
    await updateVariants.run(store, { productId: '18', variantId: '12', sku: 'NEW' }, ATTEMPT);
    expect(productSent(sent[2]?.body)).toEqual({ id: 12, sku: 'NEW' });
  });

  it('is the one of that product, or none', async () => {
    for (const variantId of ['13', '1']) {
      const { store, sent } = scriptedShop(found(PARENT));
      const outcome = await outcomeOf(updateVariants.run(store, { productId: '18', variantId }, ATTEMPT));
      expect([outcome, sent.length]).toMatchObject([{ code: 'not_found' }, 1]);
    }
    for (const write of [updateVariants, deleteVariants]) {
      const { store } = scriptedShop(found(PARENT));
      const outcome = await outcomeOf(write.run(store, { productId: '18', variantId: '18' }, ATTEMPT));
      expect(outcome).toMatchObject({ code: 'request_rejected' });
    }
  });

  it('without choices has none to change', async () => {
    const { store } = scriptedShop(found(product()));
    const options = [{ name: 'Farbe', value: 'Rot' }];
    expect(
      await outcomeOf(updateVariants.run(store, { productId: '1', variantId: '1', options }, ATTEMPT)),
    ).toMatchObject({ code: 'request_rejected' });
  });
});
