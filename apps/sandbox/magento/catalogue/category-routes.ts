import { num, type Row, rowsOf, text } from '../row.js';
import { idIn, memberIn, objectIn, type RestCall, type RestRoute, snakeKeys } from '../rest/rest-call.js';
import { noSuch, NO_PRODUCT } from '../rest/rest-error.js';
import { searchPage } from '../rest/search.js';
import { isSku } from '../orders/reservations.js';
import { assignCategory, leaveCategory } from './product-row.js';
import { urlKey } from './url-key.js';
import { nameIn, rename } from './view-names.js';

function categoryOf(call: RestCall, name = 'categoryId'): Row {
  const id = idIn(call, name);
  const category = call.data.tables.categories.find((one) => one['id'] === id);
  if (!category) throw noSuch('id', id);
  return category;
}

function childrenOf(call: RestCall, category: Row): Row[] {
  return call.data.tables.categories
    .filter((one) => one['parent_id'] === category['id'])
    .sort((left, right) => num(left, 'position') - num(right, 'position'));
}

function descendants(call: RestCall, category: Row): number {
  return call.data.tables.categories.filter((one) => text(one, 'path').startsWith(`${text(category, 'path')}/`)).length;
}

/** Recorded: category-get.json. */
function print(call: RestCall, category: Row): Row {
  const { custom_attributes: _attributes, ...rest } = category;
  const children = childrenOf(call, category).map((one) => text(one, 'id'));
  return {
    ...rest,
    name: nameIn(call, category),
    children: children.join(','),
    custom_attributes: [
      ...rowsOf(category, 'custom_attributes'),
      { attribute_code: 'path', value: text(category, 'path') },
      { attribute_code: 'children_count', value: String(descendants(call, category)) },
    ],
  };
}

/** Recorded: categories-tree.json. */
function tree(call: RestCall, category: Row): Row {
  const id = num(category, 'id');
  const held = call.data.tables.products.filter((one) =>
    rowsOf(one, '_categories').some((link) => num(link, 'category_id') === id),
  );
  return {
    id,
    parent_id: num(category, 'parent_id'),
    name: nameIn(call, category),
    is_active: category['is_active'] === true,
    position: num(category, 'position'),
    level: num(category, 'level'),
    product_count: held.length,
    children_data: childrenOf(call, category).map((one) => tree(call, one)),
  };
}

function create(call: RestCall): Row {
  const given = snakeKeys(objectIn(call, 'category'));
  const { categories } = call.data.tables;
  const parent = categories.find((one) => one['id'] === (num(given, 'parent_id') || 2));
  if (!parent) throw noSuch('id', num(given, 'parent_id'));
  const id = call.data.next('category');
  const key = urlKey(text(given, 'name')) || `category-${id}`;
  const category: Row = {
    id,
    parent_id: num(parent, 'id'),
    name: text(given, 'name'),
    is_active: given['is_active'] === true,
    position: childrenOf(call, parent).length + 1,
    level: num(parent, 'level') + 1,
    created_at: call.now,
    updated_at: call.now,
    path: `${text(parent, 'path')}/${id}`,
    include_in_menu: given['include_in_menu'] !== false,
    custom_attributes: [
      { attribute_code: 'is_anchor', value: '1' },
      { attribute_code: 'url_key', value: key },
      { attribute_code: 'url_path', value: key },
      ...rowsOf(given, 'custom_attributes'),
    ],
  };
  categories.push(category);
  return print(call, category);
}

function update(call: RestCall): Row {
  const category = categoryOf(call, 'id');
  const {
    id: _id,
    path: _path,
    parent_id: _parent,
    custom_attributes: _attributes,
    name,
    ...given
  } = snakeKeys(objectIn(call, 'category'));
  Object.assign(category, given, { updated_at: call.now });
  rename(call, category, name);
  return print(call, category);
}

function remove(call: RestCall): boolean {
  const { categories } = call.data.tables;
  const path = text(categoryOf(call), 'path');
  const left = categories.filter((one) => text(one, 'path') !== path && !text(one, 'path').startsWith(`${path}/`));
  categories.splice(0, categories.length, ...left);
  return true;
}

/** The whole branch goes with it. */
function move(call: RestCall): boolean {
  const category = categoryOf(call);
  const parentId = Number(memberIn(call, 'parentId'));
  const parent = call.data.tables.categories.find((one) => one['id'] === parentId);
  if (!parent) throw noSuch('id', parentId);
  const [before, after] = [text(category, 'path'), `${text(parent, 'path')}/${num(category, 'id')}`];
  const deeper = num(parent, 'level') + 1 - num(category, 'level');
  Object.assign(category, { parent_id: parentId, position: childrenOf(call, parent).length + 1 });
  for (const one of call.data.tables.categories) {
    if (one !== category && !text(one, 'path').startsWith(`${before}/`)) continue;
    Object.assign(one, { path: after + text(one, 'path').slice(before.length), level: num(one, 'level') + deeper });
  }
  return true;
}

/** Recorded: category-products.json. */
function products(call: RestCall): Row[] {
  const id = num(categoryOf(call), 'id');
  return call.data.tables.products.flatMap((product) =>
    rowsOf(product, '_categories')
      .filter((link) => num(link, 'category_id') === id)
      .map((link) => ({ sku: text(product, 'sku'), position: num(link, 'position'), category_id: String(id) })),
  );
}

function link(call: RestCall): boolean {
  const given = snakeKeys(objectIn(call, 'productLink'));
  const product = call.data.tables.products.find((one) => isSku(one, text(given, 'sku')));
  if (!product) throw NO_PRODUCT;
  assignCategory(product, num(categoryOf(call), 'id'), num(given, 'position'));
  return true;
}

function unlink(call: RestCall): boolean {
  const product = call.data.tables.products.find((one) => isSku(one, call.path['sku'] ?? ''));
  if (!product) throw NO_PRODUCT;
  return leaveCategory(product, num(categoryOf(call), 'id'));
}

function root(call: RestCall): Row {
  const asked = call.query.get('rootCategoryId');
  const id = typeof asked === 'string' ? Number(asked) : 2;
  return tree(call, call.data.tables.categories.find((one) => one['id'] === id) ?? {});
}

function list(call: RestCall): Row {
  return searchPage(call, {
    rows: call.data.tables.categories,
    columns: ['entity_id', 'is_active', 'url_key'],
    read: (row, column) => (column === 'entity_id' ? row['id'] : row[column]),
    print: (row) => print(call, row),
  });
}

const CATEGORIES = 'Magento_Catalog::categories';

/** Categories and which products are in them. */
export const categoryRoutes: readonly RestRoute[] = [
  { method: 'GET', path: '/V1/categories', resource: CATEGORIES, answer: root },
  { method: 'POST', path: '/V1/categories', resource: CATEGORIES, answer: create },
  { method: 'GET', path: '/V1/categories/list', resource: CATEGORIES, answer: list },
  {
    method: 'GET',
    path: '/V1/categories/:categoryId',
    resource: CATEGORIES,
    answer: (call) => print(call, categoryOf(call)),
  },
  { method: 'PUT', path: '/V1/categories/:id', resource: CATEGORIES, answer: update },
  { method: 'DELETE', path: '/V1/categories/:categoryId', resource: CATEGORIES, answer: remove },
  { method: 'PUT', path: '/V1/categories/:categoryId/move', resource: CATEGORIES, answer: move },
  { method: 'GET', path: '/V1/categories/:categoryId/products', resource: CATEGORIES, answer: products },
  { method: 'POST', path: '/V1/categories/:categoryId/products', resource: CATEGORIES, answer: link },
  { method: 'DELETE', path: '/V1/categories/:categoryId/products/:sku', resource: CATEGORIES, answer: unlink },
];
