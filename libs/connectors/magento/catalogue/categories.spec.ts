import { describe, expect, it } from 'vitest';
import { ATTEMPT, attributes, found, outcomeOf, scriptedShop } from '../__fixtures__/scripted-shop.js';
import { getCategory, listCategories } from './categories.js';
import { createCategories, updateCategories } from './category-writes.js';

const category = (changes = {}) => ({
  ...{ id: 7, parent_id: 2, name: 'Tees', updated_at: '2026-11-22 18:29:40', custom_attributes: [] },
  ...changes,
});

describe('categories', () => {
  it('are narrowed by the platform itself', async () => {
    const { store, sent, filters } = scriptedShop(found());
    const filter = { name: 'Tee', parentId: '2', updatedSince: new Date('2026-01-01T00:00:00Z') };
    await listCategories.page(store, { filter, sort: 'createdAt' }, { size: 9 });
    expect([sent[0]?.path, filters()[0]]).toEqual([
      'all/V1/categories/list',
      ['updated_at gteq 2026-01-01 00:00:00', 'name like %Tee%', 'parent_id eq 2'],
    ]);
  });

  it('show a picture only by an address that is one', async () => {
    const imageOf = async (image: string) => {
      const { store } = scriptedShop([200, category({ custom_attributes: attributes({ image }) })]);
      return (await getCategory.run(store, { platformId: '7' })).record.imageUrl;
    };
    expect(await imageOf('/media/catalog/category/a.jpg')).toBeNull();
    expect(await imageOf('https://cdn.example/a.jpg')).toBe('https://cdn.example/a.jpg');
  });

  it('lie below the root of the default store where nothing else is said', async () => {
    const { store, sent } = scriptedShop([200, { id: 2, children_data: [] }], [200, category()]);
    await createCategories.run(store, { name: 'Tees', description: '' }, ATTEMPT);
    expect(sent).toEqual([
      { method: 'GET', path: 'V1/categories', body: undefined },
      {
        method: 'POST',
        path: 'all/V1/categories',
        body: {
          category: {
            ...{ parent_id: 2, is_active: true, include_in_menu: true, name: 'Tees' },
            custom_attributes: [{ attribute_code: 'description', value: '' }],
          },
        },
      },
    ]);
  });

  it('are moved by a call of its own, after what else is changed', async () => {
    const moved = category({ parent_id: 5 });
    const { store, sent } = scriptedShop([200, category()], [200, true], [200, moved]);
    const { record } = await updateCategories.run(store, { categoryId: '7', name: 'x', parentId: '5' }, ATTEMPT);
    expect(record.parentId).toBe('5');
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PUT all/V1/categories/7',
      'PUT all/V1/categories/7/move',
      'GET all/V1/categories/7',
    ]);
    expect(sent[1]?.body).toEqual({ parentId: 5 });
  });

  it('that are not moved say what was done all the same', async () => {
    const { store } = scriptedShop([200, category()], [400, { message: 'No.' }]);
    const write = updateCategories.run(store, { categoryId: '7', name: 'x', parentId: '5' }, ATTEMPT);
    expect(await outcomeOf(write)).toMatchObject({
      message: expect.stringContaining('The other fields were written') as string,
    });
  });

  it.each([['1/2'], [''], ['x']])('have no id such as %j', async (categoryId) => {
    const { store, sent } = scriptedShop();
    expect(await outcomeOf(updateCategories.run(store, { categoryId, name: 'x' }, ATTEMPT))).toMatchObject({
      code: 'not_found',
    });
    expect(sent).toEqual([]);
  });
});
