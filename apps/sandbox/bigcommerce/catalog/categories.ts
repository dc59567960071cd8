import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { noContent, RestFailure, type Answer, type Call, type Endpoint } from '../rest/answer.js';
import { filterRows, type Fields } from '../rest/filters.js';
import { v3List, v3One } from '../rest/paging.js';
import { readV3 } from '../rest/read-body.js';
import { json, type Rows } from '../state/rows.js';
import { READ_PRODUCTS } from './product-reads.js';

type Category = Rows['categories'];

const WRITE = ['store_v2_products'];
/** docs: the one category tree a store starts with. */
const TREE = 1;
const MOST_NAME = 50;

const writeSchema = z.array(
  z
    .object({
      category_id: z.number().int().exactOptional(),
      name: z.string().min(1).max(MOST_NAME).exactOptional(),
      tree_id: z.number().int().exactOptional(),
      parent_id: z.number().int().exactOptional(),
    })
    .catchall(json),
);

const FIELDS: Fields<Category> = {
  category_id: ({ id }) => id,
  id: ({ id }) => id,
  tree_id: () => TREE,
  parent_id: ({ parent_id: id }) => id,
  name: ({ name }) => name,
  keyword: ({ name }) => name,
  is_visible: ({ is_visible: is }) => is,
};

/** docs: trees call a category's number `category_id`, the older resource `id`. */
const treeBody = ({ id, ...category }: Category): Readonly<Record<string, unknown>> => ({
  category_id: id,
  ...category,
});

function oldBody({
  category_uuid: _uuid,
  tree_id: _tree,
  url,
  ...category
}: Category): Readonly<Record<string, unknown>> {
  const path = typeof url === 'object' && url !== null && 'path' in url ? url['path'] : '/';
  return { ...category, custom_url: { url: path, is_customized: false } };
}

interface Problem {
  readonly status: number;
  readonly title: string;
}

/** docs: what can be written is written, and the rest is named: 207. */
function multiStatus(done: readonly unknown[], problems: readonly Problem[], status: number): Answer {
  const meta = { total: done.length + problems.length, success: done.length, failed: problems.length };
  if (problems.length === 0) return { status, body: { data: done, meta } };
  const type = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes';
  return { status: 207, body: { data: done, errors: problems.map((one) => ({ ...one, type, errors: {} })), meta } };
}

function createAll({ data, body, emit }: Call): Answer {
  const { categories } = data.tables;
  const done: unknown[] = [];
  const problems: Problem[] = [];
  for (const { name, parent_id: parent = 0, tree_id: _tree, category_id: _id, ...given } of readV3(writeSchema, body)) {
    const taken = categories.where((one) => one.parent_id === parent && one.name === name).length > 0;
    if (name === undefined || taken || (parent !== 0 && categories.find(parent) === undefined)) {
      const title = name === undefined ? 'name is required' : taken ? `Name '${name}' is in use` : 'Unknown parent_id';
      problems.push({ status: 422, title });
      continue;
    }
    const id = categories.nextId();
    const defaults = {
      ...{ category_uuid: randomUUID(), tree_id: TREE, description: '', views: 0, sort_order: 0, page_title: '' },
      ...{ meta_keywords: [], meta_description: '', layout_file: 'category.html', image_url: '', is_visible: true },
      ...{ search_keywords: '', default_product_sort: 'use_store_settings' },
      url: { path: `/${name.toLowerCase().replaceAll(' ', '-')}/`, is_customized: false },
    };
    done.push(treeBody(categories.put({ ...defaults, ...given, id, name, parent_id: parent })));
    emit('store/category/created', { type: 'category', id });
  }
  return multiStatus(done, problems, 201);
}

function updateAll({ data, body, emit }: Call): Answer {
  const { categories } = data.tables;
  const done: unknown[] = [];
  const problems: Problem[] = [];
  for (const { category_id: id = 0, tree_id: _tree, ...given } of readV3(writeSchema, body)) {
    const before = categories.find(id);
    if (before === undefined) {
      problems.push({ status: 404, title: `Category ${id} was not found` });
      continue;
    }
    done.push(treeBody(categories.put({ ...before, ...given })));
    emit('store/category/updated', { type: 'category', id });
  }
  return multiStatus(done, problems, 200);
}

/** docs: what hangs below goes too; a delete without a filter is refused. */
function deleteAll({ data, query, emit }: Call): Answer {
  const { categories } = data.tables;
  if (![...query.keys()].some((name) => /^(category_id|tree_id|parent_id|name)/.test(name))) {
    throw new RestFailure(422, 'A filter is required.');
  }
  const gone = new Set(filterRows(categories.all(), query, FIELDS, 0).map(({ id }) => id));
  for (let before = -1; before !== gone.size;) {
    before = gone.size;
    for (const { id, parent_id: parent } of categories.all()) if (gone.has(parent)) gone.add(id);
  }
  categories.remove(({ id }) => gone.has(id));
  for (const id of gone) emit('store/category/deleted', { type: 'category', id });
  return noContent;
}

interface Branch {
  readonly id: number;
  readonly children: readonly Branch[];
}

function branchesBelow(all: readonly Category[], parent: number, depth: number): readonly Branch[] {
  return all
    .filter(({ parent_id: id }) => id === parent)
    .map(({ id, name, is_visible, url }) => ({
      ...{ id, parent_id: parent, depth, name, is_visible },
      path: [],
      url: typeof url === 'object' && url !== null && 'path' in url ? url['path'] : '/',
      children: branchesBelow(all, id, depth + 1),
    }));
}

/** Categories as trees and, deprecated but alive, as the older resource. */
export const CATEGORY_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v3/catalog/trees',
    scopes: READ_PRODUCTS,
    handle: ({ query }) => v3List([{ id: TREE, name: 'Default catalog tree', channels: [1] }], query),
  },
  {
    method: 'GET',
    path: '/v3/catalog/trees/:treeId/categories',
    scopes: READ_PRODUCTS,
    handle: ({ data }) => v3One(branchesBelow(data.tables.categories.all(), 0, 0)),
  },
  {
    method: 'GET',
    path: '/v3/catalog/trees/categories',
    scopes: READ_PRODUCTS,
    handle: ({ data, query, now }) =>
      v3List(filterRows(data.tables.categories.all(), query, FIELDS, now), query, { print: treeBody }),
  },
  { method: 'POST', path: '/v3/catalog/trees/categories', scopes: WRITE, handle: createAll },
  { method: 'PUT', path: '/v3/catalog/trees/categories', scopes: WRITE, handle: updateAll },
  { method: 'DELETE', path: '/v3/catalog/trees/categories', scopes: WRITE, handle: deleteAll },
  {
    method: 'GET',
    path: '/v3/catalog/categories',
    scopes: READ_PRODUCTS,
    handle: ({ data, query, now }) =>
      v3List(filterRows(data.tables.categories.all(), query, FIELDS, now), query, { print: oldBody }),
  },
];
