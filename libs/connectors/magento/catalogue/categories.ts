import type { CategoryFilter, CategoryRecord, ConnectedStore, ListOperation, Mapped, Operation } from '#contract';
import { type RecordReading } from '#kit';
import { z } from 'zod';
import { id, reference, text } from '../atoms.js';
import { checkedId, readOne } from '../record-calls.js';
import { where } from '../search-criteria.js';
import { numberedPage, timeGroups } from '../search-page.js';
import { scopeOf } from './places.js';
import { instantOf } from './product-record.js';
import { attributeText, customAttributes, identify } from './product-schema.js';

const magentoCategory = z.object({
  id,
  // 0 of the one above all others.
  parent_id: reference,
  name: z.string(),
  updated_at: text,
  product_count: z.number().nullish(),
  custom_attributes: customAttributes,
});
type MagentoCategory = z.infer<typeof magentoCategory>;

export const categoryReading: RecordReading<MagentoCategory, CategoryRecord> = {
  schema: magentoCategory,
  map: mapCategory,
  identify,
};

function mapCategory(category: MagentoCategory): CategoryRecord {
  const image = attributeText(category, 'image');
  return {
    platformId: category.id,
    name: category.name,
    parentId: category.parent_id,
    description: attributeText(category, 'description'),
    handle: attributeText(category, 'url_key'),
    // Mostly a path below an address that a category does not tell.
    imageUrl: image !== null && /^https?:\/\//.test(image) ? image : null,
    // Only told in the tree of one store (recorded: categories-tree).
    productCount: category.product_count ?? null,
    updatedAt: instantOf(category.updated_at),
  };
}

export const listCategories: ListOperation<CategoryFilter, CategoryRecord> = {
  filters: { updatedSince: true, name: true, parentId: true },
  sorts: ['createdAt'],
  maxPageSize: 100,
  async page(store, { filter }, page) {
    const { name, parentId } = filter;
    const groups = [
      ...timeGroups(filter),
      ...(name === undefined ? [] : [where('name', 'like', `%${name}%`)]),
      ...(parentId === undefined ? [] : [where('parent_id', 'eq', checkedId(parentId, 'category'))]),
    ];
    const selection = {
      path: `${scopeOf(store)}categories/list`,
      where: groups,
      id: { column: 'entity_id', field: 'id' },
      reading: categoryReading,
    };
    return numberedPage(flattening(store), selection, page);
  },
};

const branch = z.object({ children_data: z.array(z.unknown()) });

/** A log may hold the tree of one store in place of the list: the same categories, each within its parent. */
function flattening(store: ConnectedStore): ConnectedStore {
  const items = (node: unknown): readonly unknown[] => {
    const below = branch.safeParse(node).data?.children_data.flatMap(items) ?? [];
    return [node, ...below];
  };
  const itemsOf = (body: unknown) => (branch.safeParse(body).success ? { items: items(body) } : body);
  return { ...store, http: (call) => store.http({ ...call, expect: z.preprocess(itemsOf, call.expect) }) };
}

export const getCategory: Operation<{ readonly platformId: string }, Mapped<CategoryRecord>> = {
  run: (store, { platformId }) =>
    readOne(store, { path: `${scopeOf(store)}categories`, what: 'category', reading: categoryReading }, platformId),
};
