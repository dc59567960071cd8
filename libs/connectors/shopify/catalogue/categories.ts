import type { CategoryFilter, CategoryRecord } from '#contract';
import type { RecordReading } from '#kit';
import { z } from 'zod';
import { listOf } from '../list.js';
import { text } from '../address.js';
import { allOf, quoted, time } from '../search.js';
import { instantOf } from './product-record.js';
import { getOf, identify, nonEmpty, sortKeys } from './read-one.js';

/** A collection 1 + image 1 + count 10 (cost: `documents.ts`; a `Count` is dearer than any object). */
export const CATEGORY_COST = 12;

const CATEGORY = `
fragment CategoryFields on Collection {
  id title handle descriptionHtml updatedAt
  productsCount { count precision }
  image { url }
}`;

export const CATEGORIES_PAGE = `query CategoriesPage(
  $first: Int!, $after: String, $query: String, $sortKey: CollectionSortKeys!, $reverse: Boolean!
) {
  collections(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) {
    nodes { ...CategoryFields }
    pageInfo { hasNextPage endCursor }
  }
}${CATEGORY}
`;

export const CATEGORY_BY_ID = `query CategoryById($id: ID!) {
  collection(id: $id) { ...CategoryFields }
}${CATEGORY}
`;

const category = z.object({
  id: z.string().min(1),
  title: z.string(),
  handle: text,
  descriptionHtml: text,
  updatedAt: text,
  productsCount: z.object({ count: z.number(), precision: text }).nullish(),
  image: z.object({ url: text }).nullish(),
});
type PlatformCategory = z.infer<typeof category>;

const reading: RecordReading<PlatformCategory, CategoryRecord> = {
  schema: category,
  map: ({ id, title, handle, descriptionHtml, updatedAt, productsCount, image }) => ({
    platformId: id,
    name: title,
    // Collections are flat.
    parentId: null,
    description: nonEmpty(descriptionHtml),
    handle,
    imageUrl: image?.url ?? null,
    productCount: productsCount && productsCount.precision !== 'AT_LEAST' ? productsCount.count : null,
    updatedAt: instantOf(updatedAt),
  }),
  identify,
};

export const oneCategory = {
  type: 'Collection',
  document: CATEGORY_BY_ID,
  root: 'collection',
  cost: CATEGORY_COST,
  reading: () => reading,
};

export const getCategory = getOf('categories.get', oneCategory);

export const listCategories = listOf<CategoryFilter, PlatformCategory, CategoryRecord>({
  document: CATEGORIES_PAGE,
  path: ['collections'],
  filters: { updatedSince: true, name: true },
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  maxPageSize: 250,
  nodeCost: CATEGORY_COST,
  variables: ({ filter: { updatedSince, name }, sort }) => ({
    query: allOf([...time('updated_at', '>=', updatedSince), ...(name === undefined ? [] : [`title:${quoted(name)}`])]),
    ...sortKeys(sort, 'ID'),
  }),
  reading,
});
