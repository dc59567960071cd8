import { categoryRecord, type JsonValue, Unreadable } from '#contract';
import { readRecord } from '#kit';
import { answeringStore, jsonAnswer } from '#testing';
import { describe, expect, it } from 'vitest';
import { woocommerce } from '../woocommerce.js';
import { CATEGORIES, listCategories } from './categories.js';
import { createCategories, deleteCategories, updateCategories } from './category-writes.js';
import { ATTEMPT, outcomeOf, scriptedShop } from '../__fixtures__/scripted-shop.js';

const OIL = {
  id: 31,
  name: 'Öl &amp; Essig',
  slug: 'oel',
  parent: 0,
  description: '<p>x &amp; y</p>',
  image: null,
  count: 0,
};

describe('a category', () => {
  it('is named as people see it, and has no parent where that is 0', () => {
    const category = readRecord(OIL, CATEGORIES.reading);
    expect(categoryRecord.parse(category)).toEqual(category);
    expect(category).toMatchObject({
      name: 'Öl & Essig',
      parentId: null,
      productCount: 0,
      description: '<p>x &amp; y</p>',
    });
    expect(
      readRecord({ id: '4', name: 'A', parent: 31, image: { src: 'https://x.test/a' } }, CATEGORIES.reading),
    ).toMatchObject({
      platformId: '4',
      parentId: '31',
      imageUrl: 'https://x.test/a',
    });
  });

  it.each([[null], [{}], [{ ...OIL, name: null }], [{ ...OIL, image: 'x' }], [{ ...OIL, count: 'x' }]])(
    'such as %j is unreadable',
    (raw) => {
      expect(() => readRecord(raw as JsonValue, CATEGORIES.reading)).toThrow(Unreadable);
    },
  );

  it('is found by a part of its name, not by its address', async () => {
    const store = answeringStore(woocommerce, ({ query }) => {
      expect(query).toMatchObject({ search: 'l & e', parent: '16' });
      return jsonAnswer([OIL, { ...OIL, id: 32, name: 'Anderes', slug: 'l-e' }]);
    });
    const filter = { name: 'l & e', parentId: '16' };
    const page = await listCategories.page(store, { filter, sort: 'createdAt' }, { size: 9 });
    expect(page.items.map(({ record }) => record.platformId)).toEqual(['31']);
  });

  it('is written as text, and moved to the top', async () => {
    const { store, sent } = scriptedShop([201, OIL], [200, OIL]);
    await createCategories.run(store, { name: 'A & <B>', parentId: '16' }, ATTEMPT);
    await updateCategories.run(store, { categoryId: '31', parentId: null }, ATTEMPT);
    expect(sent).toEqual([
      { method: 'POST', path: 'products/categories', body: { name: 'A &amp; &lt;B&gt;', parent: 16 } },
      { method: 'PUT', path: 'products/categories/31', body: { parent: 0 } },
    ]);
  });

  it.each(['31/x', '..', '0', ''])('has no id %j', async (id) => {
    const { store, sent } = scriptedShop();
    expect(await outcomeOf(createCategories.run(store, { name: 'x', parentId: id }, ATTEMPT))).toMatchObject({
      code: 'not_found',
    });
    expect(await outcomeOf(updateCategories.run(store, { categoryId: id }, ATTEMPT))).toMatchObject({
      code: 'not_found',
    });
    expect(await outcomeOf(deleteCategories.run(store, { categoryId: id }, ATTEMPT))).toMatchObject({
      code: 'not_found',
    });
    expect(sent).toEqual([]);
  });

  it('in which products are put that have none stays', async () => {
    const refusal = {
      code: 'woocommerce_rest_cannot_delete',
      message: 'The resource cannot be deleted.',
      data: { status: 500 },
    };
    const { store } = scriptedShop([500, refusal]);
    expect(await outcomeOf(deleteCategories.run(store, { categoryId: '15' }, ATTEMPT))).toMatchObject({
      code: 'request_rejected',
    });
  });
});
