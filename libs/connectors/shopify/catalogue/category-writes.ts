import {
  type CategoryChange,
  type CategoryInput,
  type CategoryRecord,
  type Losses,
  type WriteOperation,
  type Written,
  categoryDeletion,
} from '#contract';
import { z } from 'zod';
import { globalId } from '../global-id.js';
import { job, jobEnded } from '../jobs.js';
import { mutate } from '../mutate.js';
import { given } from '../order-input.js';
import { oneCategory } from './categories.js';
import { readOne } from './read-one.js';

export const CATEGORY_CREATE = `mutation CategoryCreate($collection: CollectionCreateInput!) {
  collectionCreate(collection: $collection) { collection { id } userErrors { field message } }
}
`;

export const CATEGORY_UPDATE = `mutation CategoryUpdate($collection: CollectionUpdateInput!) {
  collectionUpdate(collection: $collection) { collection { id } job { id done } userErrors { field message } }
}
`;

export const CATEGORY_DELETE = `mutation CategoryDelete($input: CollectionDeleteInput!) {
  collectionDelete(input: $input) { deletedCollectionId userErrors { field message } }
}
`;

export const HANDLE_LOSS = {
  fate: 'changed',
  why: 'Shopify writes handles in small letters, figures and hyphens.',
} as const;

const LOSSES: Losses = {
  parentId: { fate: 'ignored', why: 'Collections of Shopify are flat: none lies within another.' },
  imageUrl: { fate: 'changed', why: 'Shopify fetches the image and serves it from an address of its own.' },
  handle: HANDLE_LOSS,
};

const collection = z.object({ id: z.string() });

/** A new collection is empty and on no sales channel; products join it by their own `categoryIds`. */
export const createCategory: WriteOperation<CategoryInput, Written<CategoryRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'Shopify takes no idempotency key for collections, and two of them may have the same name.',
  },
  losses: LOSSES,
  async run(store, input) {
    const written = await mutate(store, {
      operation: 'categories.create',
      document: CATEGORY_CREATE,
      root: 'collectionCreate',
      variables: { collection: fields(input) },
      answer: z.object({ collection }),
    });
    return readOne(store, 'categories.create', oneCategory, written.collection.id);
  },
};

export const updateCategory: WriteOperation<CategoryChange, Written<CategoryRecord>> = {
  repeat: { kind: 'sameEffect', why: 'Every field is set.' },
  losses: LOSSES,
  async run(store, input) {
    const id = globalId('Collection', input.categoryId);
    const started = await mutate(store, {
      operation: 'categories.update',
      document: CATEGORY_UPDATE,
      root: 'collectionUpdate',
      variables: { collection: { id, ...fields(input) } },
      answer: z.object({ collection, job: job.nullish() }),
    });
    if (started.job) await jobEnded(store, 'categories.update', started.job);
    return readOne(store, 'categories.update', oneCategory, id);
  },
};

function fields({ name, description, handle, imageUrl }: Omit<CategoryChange, 'categoryId'>) {
  return given({
    title: name,
    descriptionHtml: description,
    handle,
    image: imageUrl === undefined ? undefined : { src: imageUrl },
  });
}

export const deleteCategory: WriteOperation<z.output<typeof categoryDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'A collection that is gone stays gone.' },
  losses: {},
  async run(store, { categoryId }) {
    await mutate(store, {
      operation: 'categories.delete',
      document: CATEGORY_DELETE,
      root: 'collectionDelete',
      variables: { input: { id: globalId('Collection', categoryId) } },
      answer: z.object({ deletedCollectionId: z.string() }),
    });
    return null;
  },
};
