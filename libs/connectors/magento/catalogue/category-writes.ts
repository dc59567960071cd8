import {
  type CategoryChange,
  type categoryDeletion,
  type CategoryInput,
  type CategoryRecord,
  type ConnectedStore,
  type JsonValue,
  type Losses,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson, mapOne } from '#kit';
import { z } from 'zod';
import { id } from '../atoms.js';
import { API, bodyOf, checkedId, writeCall } from '../record-calls.js';
import { viewCode } from '../store-view.js';
import { categoryReading, getCategory } from './categories.js';
import { CATEGORIES, deleteCall, scopeOf } from './places.js';
import { attributesBody, type Body } from './product-input.js';
import { after } from './steps.js';

const LOSSES: Losses = {
  handle: { fate: 'changed', why: 'Magento makes it fit for an address.' },
  imageUrl: { fate: 'ignored', why: 'Magento takes pictures of categories only in its back office.' },
  parentId: {
    fate: 'changed',
    values: ['null'],
    why: 'Every category lies below another: at the top is the root category of the default store.',
  },
};

type Fields = Omit<CategoryChange, 'categoryId' | 'parentId'>;

function categoryBody({ name, description, handle }: Fields): Body {
  return bodyOf({ name, custom_attributes: attributesBody({ description, url_key: handle }) });
}

export const createCategories: WriteOperation<CategoryInput, Written<CategoryRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'A second category of the same address below the same parent is refused, but not told apart from one that was there before.',
  },
  losses: LOSSES,
  async run(store, { parentId, ...fields }) {
    const parent = parentId ? checkedId(parentId, 'category') : await rootOf(store);
    // Neither is so by itself, and a category without them is not seen.
    const shown = { is_active: true, include_in_menu: true };
    const category = { parent_id: Number(parent), ...shown, ...categoryBody(fields) };
    return written(store, { method: 'POST', path: CATEGORIES, body: { category } });
  },
};

/** The tree of a store begins with its root (recorded: categories-tree); in the scope of all it has another. */
async function rootOf(store: ConnectedStore): Promise<string> {
  const scope = viewCode(store) === undefined ? API : scopeOf(store);
  const call = { path: `${scope}categories`, query: { depth: 1 }, effect: 'read', expect: z.object({ id }) } as const;
  return (await store.http(call)).data.id;
}

export const updateCategories: WriteOperation<CategoryChange, Written<CategoryRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields, and a category that lies there already is moved nowhere.' },
  losses: LOSSES,
  async run(store, { categoryId, parentId, ...fields }) {
    const path = `${CATEGORIES}/${checkedId(categoryId, 'category')}`;
    const category = categoryBody(fields);
    const isChanged = Object.keys(category).length > 0;
    const inScope = `${scopeOf(store)}categories/${categoryId}`;
    const changed = isChanged ? await written(store, { method: 'PUT', path: inScope, body: { category } }) : undefined;
    if (parentId === undefined && changed !== undefined) return changed;
    // A parent in the body is not looked at (seen in the platform's own code), so there is a call for it.
    const move = async () => {
      if (parentId !== undefined) await moveCall(store, path, parentId === null ? await rootOf(store) : parentId);
      return getCategory.run(store, { platformId: categoryId });
    };
    return isChanged ? after('The other fields were written', move) : move();
  },
};

async function moveCall(store: ConnectedStore, path: string, parentId: string): Promise<void> {
  const body = { parentId: Number(checkedId(parentId, 'category')) };
  await writeCall(store, { method: 'PUT', path: `${path}/move`, body, expect: anyJson });
}

export const deleteCategories: WriteOperation<z.output<typeof categoryDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What is gone stays gone.' },
  losses: {},
  run: async (store, { categoryId }) => deleteCall(store, `${CATEGORIES}/${checkedId(categoryId, 'category')}`),
};

async function written(
  store: ConnectedStore,
  call: { readonly method: 'POST' | 'PUT'; readonly path: string; readonly body: JsonValue },
): Promise<Written<CategoryRecord>> {
  return mapOne('magento', 'categories', await writeCall(store, { ...call, expect: anyJson }), categoryReading);
}
