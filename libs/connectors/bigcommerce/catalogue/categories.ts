import {
  type CategoryChange,
  type categoryDeletion,
  type CategoryFilter,
  type CategoryInput,
  type CategoryRecord,
  type ConnectedStore,
  type JsonValue,
  type ListOperation,
  type Losses,
  type Mapped,
  type Operation,
  type WriteOperation,
  type Written,
} from '#contract';
import { mapOne, type RecordReading } from '#kit';
import { z } from 'zod';
import { id, reference, text } from '../atoms.js';
import { countedPage } from '../counted-page.js';
import {
  after,
  type Body,
  bodyOf,
  broken,
  deleteNumbered,
  inOurWords,
  type Place,
  readByNumber,
  readRows,
  recordNumber,
  rejected,
  writeInArray,
} from '../record-calls.js';
import { urlOf } from './product-input.js';
import { handleOf } from './product-record.js';

const platformCategory = z.object({
  category_id: id,
  name: z.string(),
  parent_id: reference,
  description: text,
  image_url: text,
  url: z.object({ path: text }).nullish(),
});
type PlatformCategory = z.infer<typeof platformCategory>;

const numbered = z.object({ category_id: id });

const reading: RecordReading<PlatformCategory, CategoryRecord> = {
  schema: platformCategory,
  map: (category) => ({
    platformId: category.category_id,
    name: category.name,
    parentId: category.parent_id,
    description: category.description,
    handle: handleOf(category.url?.path),
    imageUrl: category.image_url,
    productCount: null,
    updatedAt: null,
  }),
  identify: (raw) => numbered.safeParse(raw).data?.category_id ?? null,
};

/** The categories of all trees; `v3/catalog/categories` is deprecated and knows only the first. */
const CATEGORIES: Place<PlatformCategory, CategoryRecord> = {
  path: 'v3/catalog/trees/categories',
  key: 'category_id:in',
  what: 'category',
  reading,
};

export const listCategories: ListOperation<CategoryFilter, CategoryRecord> = {
  // No date is kept of a category.
  filters: { name: true, parentId: true },
  sorts: ['createdAt'],
  maxPageSize: 250,
  page(store, { filter: { name, parentId } }, page) {
    const parent = parentId === undefined ? undefined : recordNumber(parentId, 'category');
    return countedPage(store, { ...CATEGORIES, query: { 'name:like': name, 'parent_id:in': parent } }, page);
  },
};

export const getCategory: Operation<{ readonly platformId: string }, Mapped<CategoryRecord>> = {
  run: (store, { platformId }) => readByNumber(store, CATEGORIES, platformId),
};

const LOSSES: Losses = {
  handle: { fate: 'changed', why: 'It becomes the address of the category, which BigCommerce makes fit and unique.' },
  imageUrl: { fate: 'changed', why: 'The shop downloads the picture and shows its own copy.' },
};

const OUR_WORDS: Readonly<Record<string, string>> = {
  name: 'name',
  parent_id: 'parentId',
  description: 'description',
  url: 'handle',
  image_url: 'imageUrl',
};

const fieldsOf = ({ name, description, handle, imageUrl }: Omit<CategoryChange, 'categoryId' | 'parentId'>): Body =>
  bodyOf({
    name,
    description,
    image_url: imageUrl,
    url: handle === undefined ? undefined : { path: urlOf(handle), is_customized: true },
  });

export const createCategories: WriteOperation<CategoryInput, Written<CategoryRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'BigCommerce takes no idempotency key; a second category of the same name beside the first is refused, but nothing tells who made the first.',
  },
  losses: LOSSES,
  async run(store, { parentId, ...fields }) {
    const place =
      typeof parentId === 'string'
        ? { parent_id: recordNumber(parentId, 'category') }
        : { tree_id: await firstTree(store), parent_id: 0 };
    const raw = await send(store, 'POST', { ...fieldsOf(fields), ...place });
    if (raw === undefined) throw broken('a new category with none');
    return mapOne('bigcommerce', 'categories', raw, reading);
  },
};

const tree = z.object({ id: z.int().positive(), channels: z.array(z.int()).nullish() });
const DEFAULT_STOREFRONT = 1;

/** A shop has a tree for each storefront; what is at the top belongs to that of the first one, if nothing else is said. */
async function firstTree(store: ConnectedStore): Promise<number> {
  const { rows } = await readRows(store, 'v3/catalog/trees', { limit: 250 });
  const trees = rows.flatMap((raw) => tree.safeParse(raw).data ?? []);
  const own = trees.find(({ channels }) => channels?.includes(DEFAULT_STOREFRONT)) ?? trees[0];
  if (own !== undefined) return own.id;
  throw rejected('The shop has no tree of categories: make one in its control panel.', 'parentId');
}

function send(store: ConnectedStore, method: 'POST' | 'PUT', body: Body): Promise<JsonValue | undefined> {
  return inOurWords(OUR_WORDS, () => writeInArray(store, method, CATEGORIES.path, body));
}

export const updateCategories: WriteOperation<CategoryChange, Written<CategoryRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields.' },
  losses: LOSSES,
  async run(store, { categoryId, parentId, ...fields }) {
    const category = recordNumber(categoryId, 'category');
    const parent = typeof parentId === 'string' ? recordNumber(parentId, 'category') : undefined;
    const place = bodyOf({ parent_id: parentId === null ? 0 : parent });
    // Answered without the record (category-trees_catalog.v3.yml).
    await send(store, 'PUT', { category_id: category, ...fieldsOf(fields), ...place });
    return after(`category ${category} was changed`, () => readByNumber(store, CATEGORIES, categoryId));
  },
};

export const deleteCategories: WriteOperation<z.output<typeof categoryDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What is gone stays gone.' },
  losses: {},
  run: async (store, { categoryId }) => deleteNumbered(store, CATEGORIES, [recordNumber(categoryId, 'category')]),
};
