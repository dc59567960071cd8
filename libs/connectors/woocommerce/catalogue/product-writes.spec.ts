import { describe, expect, it } from 'vitest';
import { createProducts, deleteProducts, updateProducts, upsertProducts } from './product-writes.js';
import { ATTEMPT, outcomeOf, scriptedShop } from '../__fixtures__/scripted-shop.js';
import { createVariants, deleteVariants, updateVariants } from './variant-writes.js';

const DRAFT = { id: 5, name: 'Shirt', type: 'variable', status: 'draft', variations: [] };
const SHIRT = {
  ...DRAFT,
  status: 'publish',
  variations: [6],
  attributes: [
    { id: 0, name: 'Größe &amp; Form', position: 0, visible: true, variation: true, options: ['S', 'M &amp; L'] },
    { id: 3, name: 'Farbe', position: 1, visible: false, variation: true, options: ['Rot'] },
    { id: 0, name: 'Stoff', position: 2, visible: true, variation: false, options: ['Wolle'] },
  ],
};
const SMALL = { id: 6, parent_id: 5, sku: 'S', attributes: [{ id: 0, name: 'Größe', option: 'S' }] };
const MUG = { id: 11, name: 'Mug', type: 'simple', status: 'publish', sku: 'MUG' };
const taken = {
  code: 'product_invalid_sku',
  message: 'Invalid or duplicated SKU.',
  data: { status: 400, resource_id: 9 },
};

const variant = (value: string, sku = value) => ({ sku, options: [{ name: 'Größe', value }] });

describe('a product with choices', () => {
  it('is a draft until all its variants are there', async () => {
    const { store, sent } = scriptedShop(
      [201, DRAFT],
      [200, { create: [SMALL] }],
      [200, SHIRT],
      [200, SHIRT],
      [200, [SMALL]],
    );
    const made = await createProducts.run(store, { name: 'Shirt', variants: [variant('S')] }, ATTEMPT);
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST products',
      'POST products/5/variations/batch',
      'PUT products/5',
      'GET products/5',
      'GET products/5/variations',
    ]);
    expect(sent[0]?.body).toMatchObject({ type: 'variable', status: 'draft' });
    expect(sent[2]?.body).toEqual({ status: 'publish' });
    expect(made.record.variants).toHaveLength(1);
  });

  it('stays a draft where that is wanted', async () => {
    const { store, sent } = scriptedShop([201, DRAFT], [200, { create: [SMALL] }], [200, DRAFT], [200, [SMALL]]);
    await createProducts.run(store, { name: 'Shirt', status: 'draft', variants: [variant('S')] }, ATTEMPT);
    expect(sent.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  it('is taken back where the shop refuses a variant', async () => {
    const refused = { id: 0, error: taken };
    const { store, sent } = scriptedShop([201, DRAFT], [200, { create: [SMALL, refused] }], [200, DRAFT]);
    const work = createProducts.run(store, { name: 'Shirt', variants: [variant('S'), variant('M')] }, ATTEMPT);
    expect(await outcomeOf(work)).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/it is that of 9.*Nothing of the product is left/) as string,
    });
    expect(sent.at(-1)).toMatchObject({ method: 'DELETE', path: 'products/5' });
  });

  it.each([
    ['the variants', [[201, DRAFT], 'unreachable'], 'product 5 was made as a draft'],
    [
      'the last call',
      [[201, DRAFT], [200, { create: [SMALL] }], 'unreachable'],
      'product 5 was made as a draft with all its',
    ],
    [
      'taking it back',
      [[201, DRAFT], [200, { create: [{ id: 0, error: taken }] }], 'unreachable'],
      '5 stays as a draft',
    ],
  ] as const)('says what is there where %s fails', async (_, answers, told) => {
    const { store } = scriptedShop(...answers);
    const outcome = await outcomeOf(createProducts.run(store, { name: 'Shirt', variants: [variant('S')] }, ATTEMPT));
    expect(outcome).toMatchObject({ code: 'platform_timeout', message: expect.stringContaining(told) as string });
  });

  it.each([
    ['two variants with the same options', [variant('S', 'a'), variant('S', 'b')]],
    [
      'an option twice',
      [
        {
          options: [
            { name: 'A', value: '1' },
            { name: 'A', value: '2' },
          ],
        },
      ],
    ],
    ['a value that would be split', [variant('S|M')]],
    ['a value that would be changed', [variant(' S')]],
  ])('is refused before anything is sent: %s', async (_, variants) => {
    const { store, sent } = scriptedShop();
    expect(await outcomeOf(createProducts.run(store, { name: 'Shirt', variants }, ATTEMPT))).toMatchObject({
      code: 'request_rejected',
    });
    expect(sent).toEqual([]);
  });

  it('sends variants in small parts', async () => {
    const many = Array.from({ length: 60 }, (_, index) => variant(String(index)));
    const made = (count: number) => [200, { create: Array.from({ length: count }, () => SMALL) }] as const;
    const { store, sent } = scriptedShop(
      [201, DRAFT],
      made(25),
      made(25),
      made(10),
      [200, SHIRT],
      [200, SHIRT],
      [200, []],
    );
    await createProducts.run(store, { name: 'Shirt', variants: many }, ATTEMPT);
    expect(sent.filter(({ path }) => path.endsWith('batch'))).toHaveLength(3);
  });
});

describe('a product in the trash', () => {
  it('is not found when it is changed or deleted', async () => {
    const changed = scriptedShop([200, { ...MUG, status: 'trash' }]);
    expect(await outcomeOf(updateProducts.run(changed.store, { productId: '11', name: 'x' }, ATTEMPT))).toMatchObject({
      code: 'not_found',
    });
    const deleted = scriptedShop([
      410,
      { code: 'woocommerce_rest_already_trashed', message: 'x', data: { status: 410 } },
    ]);
    expect(await outcomeOf(deleteProducts.run(deleted.store, { productId: '11' }, ATTEMPT))).toMatchObject({
      code: 'not_found',
    });
  });

  it('is deleted for good where the shop has no trash', async () => {
    const { store, sent } = scriptedShop(
      [501, { code: 'woocommerce_rest_trash_not_supported', message: 'x', data: { status: 501 } }],
      [200, MUG],
    );
    expect(await deleteProducts.run(store, { productId: '11' }, ATTEMPT)).toBeNull();
    expect(sent).toHaveLength(2);
  });
});

describe('a product by its SKU', () => {
  it('is not changed where several have it', async () => {
    const { store } = scriptedShop([200, [MUG, { ...MUG, id: 12 }]]);
    const outcome = await outcomeOf(upsertProducts.run(store, { sku: 'MUG', name: 'x' }, ATTEMPT));
    expect(outcome).toMatchObject({ code: 'conflict', message: expect.stringContaining('11, 12') as string });
  });

  it('is made where only something like it is there', async () => {
    const { store, sent } = scriptedShop([200, [{ ...MUG, sku: 'mug' }]], [201, MUG]);
    await upsertProducts.run(store, { sku: 'MUG', name: 'x' }, ATTEMPT);
    expect(sent[1]).toMatchObject({ method: 'POST', path: 'products' });
  });

  it('is changed in its variant first, and what was done is told where its product fails', async () => {
    const found = { ...MUG, id: 6, type: 'variation', parent_id: 5, sku: 'S' };
    const { store, sent } = scriptedShop([200, [found]], [200, SMALL], 'unreachable');
    const outcome = await outcomeOf(upsertProducts.run(store, { sku: 'S', name: 'x', tracked: true }, ATTEMPT));
    expect(outcome).toMatchObject({ message: expect.stringContaining('variant 6 was changed') as string });
    expect(sent.map(({ path }) => path)).toEqual(['products', 'products/5/variations/6', 'products/5']);
  });
});

describe('a variant', () => {
  it('gets options as its product spells them, those of the whole shop by id', async () => {
    const { store, sent } = scriptedShop([200, SHIRT], [201, SMALL]);
    const options = [
      { name: 'Größe & Form', value: 'M & L' },
      { name: 'Farbe', value: 'Rot' },
    ];
    await createVariants.run(store, { productId: '5', options }, ATTEMPT);
    expect(sent[1]?.body).toEqual({
      attributes: [
        { name: 'Größe &amp; Form', option: 'M &amp; L' },
        { id: 3, option: 'Rot' },
      ],
    });
  });

  it('has a new value added to its product first, which keeps all it has', async () => {
    const { store, sent } = scriptedShop([200, SHIRT], [200, SHIRT], 'unreachable');
    const work = createVariants.run(store, { productId: '5', options: [{ name: 'Farbe', value: 'Blau' }] }, ATTEMPT);
    expect(await outcomeOf(work)).toMatchObject({ message: expect.stringContaining('options of product 5') as string });
    expect(sent[1]).toMatchObject({ method: 'PUT', path: 'products/5' });
    expect(sent[1]?.body).toEqual({
      attributes: [
        { name: 'Größe &amp; Form', position: 0, visible: true, variation: true, options: ['S', 'M &amp; L'] },
        { id: 3, position: 1, visible: false, variation: true, options: ['Rot', 'Blau'] },
        { name: 'Stoff', position: 2, visible: true, variation: false, options: ['Wolle'] },
      ],
    });
  });

  it.each([
    ['an option that nothing is chosen by', [{ name: 'Stoff', value: 'Wolle' }]],
    ['an option that the product lacks', [{ name: 'Länge', value: '1' }]],
    ['a value that would be changed', [{ name: 'Farbe', value: 'a|b' }]],
  ])('is refused with %s', async (_, options) => {
    const { store, sent } = scriptedShop([200, SHIRT]);
    expect(await outcomeOf(createVariants.run(store, { productId: '5', options }, ATTEMPT))).toMatchObject({
      code: 'request_rejected',
    });
    expect(sent).toHaveLength(1);
  });

  it('that is its product is changed there, and only deleted there', async () => {
    const { store, sent } = scriptedShop([200, MUG], [200, MUG]);
    await updateVariants.run(store, { productId: '11', variantId: '11', tracked: true }, ATTEMPT);
    expect(sent.at(-1)).toEqual({ method: 'PUT', path: 'products/11', body: { manage_stock: true } });
    const deletion = deleteVariants.run(store, { productId: '11', variantId: '11' }, ATTEMPT);
    expect(await outcomeOf(deletion)).toMatchObject({ code: 'request_rejected' });
  });

  it.each([
    [SHIRT, { tracked: true }],
    [MUG, { options: [{ name: 'Farbe', value: 'Rot' }] }],
  ])('is not mistaken for its product', async (product, change) => {
    const id = String(product.id);
    const { store, sent } = scriptedShop([200, product]);
    const work = updateVariants.run(store, { productId: id, variantId: id, ...change }, ATTEMPT);
    expect(await outcomeOf(work)).toMatchObject({ code: 'request_rejected' });
    expect(sent).toHaveLength(1);
  });

  it.each(['6/../7', '6?force=true', '', '%36'])('has no id %j', async (variantId) => {
    const { store, sent } = scriptedShop();
    const change = updateVariants.run(store, { productId: '5', variantId, tracked: true }, ATTEMPT);
    expect(await outcomeOf(change)).toMatchObject({ code: 'not_found' });
    expect(await outcomeOf(deleteVariants.run(store, { productId: '5', variantId }, ATTEMPT))).toMatchObject({
      code: 'not_found',
    });
    expect(sent).toEqual([]);
  });
});
