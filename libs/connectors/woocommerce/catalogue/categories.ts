import type { CategoryFilter, CategoryRecord, JsonValue, ListOperation, Mapped, Operation } from '#contract';
import type { RecordReading } from '#kit';
import { z } from 'zod';
import { id, reference, text } from '../atoms.js';
import { decodeEntities } from '../entities.js';
import { idPage } from '../id-list.js';
import { readOne } from '../record-calls.js';
import { identify } from './product-schema.js';

const wooCategory = z.object({
  id,
  name: z.string(),
  slug: text,
  parent: reference,
  description: text,
  image: z.object({ src: text }).nullish(),
  count: z.number().nullish(),
});
type WooCategory = z.infer<typeof wooCategory>;

const reading: RecordReading<WooCategory, CategoryRecord> = { schema: wooCategory, map: mapCategory, identify };
export const CATEGORIES = { path: 'wp-json/wc/v3/products/categories', what: 'category', reading };

function mapCategory(category: WooCategory): CategoryRecord {
  return {
    platformId: category.id,
    name: decodeEntities(category.name),
    parentId: category.parent,
    description: category.description,
    handle: category.slug,
    imageUrl: category.image?.src ?? null,
    productCount: category.count ?? null,
    updatedAt: null,
  };
}

export const listCategories: ListOperation<CategoryFilter, CategoryRecord> = {
  // No date is kept of a category.
  filters: { name: true, parentId: true },
  sorts: ['createdAt'],
  maxPageSize: 100,
  page: (store, { filter: { name, parentId } }, page) =>
    idPage(store, { ...CATEGORIES, query: { search: name, parent: parentId }, keeps: isNamed(name) }, page),
};

// The platform looks into the slug too.
function isNamed(name: string | undefined): (raw: JsonValue) => boolean {
  const wanted = name?.toLowerCase();
  const named = z.object({ name: z.string() });
  return (raw) =>
    wanted === undefined ||
    decodeEntities(named.safeParse(raw).data?.name ?? '')
      .toLowerCase()
      .includes(wanted);
}

export const getCategory: Operation<{ readonly platformId: string }, Mapped<CategoryRecord>> = {
  run: (store, { platformId }) => readOne(store, CATEGORIES, platformId),
};
