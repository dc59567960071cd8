import type {
  CategoryChange,
  categoryDeletion,
  CategoryInput,
  CategoryRecord,
  JsonValue,
  Losses,
  WriteOperation,
  Written,
} from '#contract';
import type { z } from 'zod';
import { bodyOf, checkedId, deleteCall, writeCall } from '../record-calls.js';
import { CATEGORIES } from './categories.js';
import { asHtml } from './product-input.js';

const LOSSES: Losses = {
  description: { fate: 'changed', why: 'WordPress takes out the HTML it holds unsafe.' },
  handle: {
    fate: 'changed',
    why: 'WordPress makes it fit for an address.',
  },
  imageUrl: { fate: 'changed', why: 'The shop downloads the picture and shows its own copy.' },
};

type Fields = Omit<CategoryChange, 'categoryId'>;

function categoryBody({ name, parentId, description, handle, imageUrl }: Fields): Readonly<Record<string, JsonValue>> {
  return bodyOf({
    name: name === undefined ? undefined : asHtml(name),
    parent: parentId === undefined ? undefined : parentId === null ? 0 : Number(checkedId(parentId, 'category')),
    description,
    slug: handle,
    image: imageUrl === undefined ? undefined : { src: imageUrl },
  });
}

export const createCategories: WriteOperation<CategoryInput, Written<CategoryRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'A second category of the same name and parent is refused, but not told apart from one that was there before.',
  },
  losses: LOSSES,
  run: async (store, input) =>
    writeCall(store, { method: 'POST', path: CATEGORIES.path, body: categoryBody(input) }, CATEGORIES.reading),
};

export const updateCategories: WriteOperation<CategoryChange, Written<CategoryRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields.' },
  losses: LOSSES,
  async run(store, { categoryId, ...fields }) {
    const path = `${CATEGORIES.path}/${checkedId(categoryId, 'category')}`;
    return writeCall(store, { method: 'PUT', path, body: categoryBody(fields) }, CATEGORIES.reading);
  },
};

export const deleteCategories: WriteOperation<z.output<typeof categoryDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What is gone stays gone.' },
  losses: {},
  run: async (store, { categoryId }) => deleteCall(store, `${CATEGORIES.path}/${checkedId(categoryId, 'category')}`),
};
