import { assignCategory, productRow, setAttribute } from '../catalogue/product-row.js';
import { urlKey } from '../catalogue/url-key.js';
import { append, num, type Row, rowsOf, text } from '../row.js';
import type { ShopData } from '../shop-data.js';
import type { SeedPlan, SeedProduct } from './seed-plan.js';

/** Where attributes of a merchant's own begin on a fresh shop (recorded: attribute-get.json). */
const FIRST_OWN_ATTRIBUTE = 137;
const FIRST_OWN_OPTION = 4;

/** Categories, attributes and products of a shop. @param now when the merchant entered them */
export function seedCatalogue(data: ShopData, plan: SeedPlan, now: string): void {
  seedCategories(data, plan, now);
  seedAttributes(data, plan);
  for (const product of plan.products) seedProduct(data, product, now);
}

function seedCategories(data: ShopData, { categories }: SeedPlan, now: string): void {
  const write = (name: string, parent: Row | undefined): void => {
    const id = data.next('category');
    const level = parent ? num(parent, 'level') + 1 : 0;
    const siblings = data.tables.categories.filter((one) => num(one, 'parent_id') === num(parent ?? {}, 'id'));
    data.tables.categories.push({
      id,
      parent_id: num(parent ?? {}, 'id'),
      name,
      ...(level === 0 ? {} : { is_active: true }),
      position: level === 0 ? 0 : siblings.length + 1,
      level,
      created_at: now,
      updated_at: now,
      path: parent ? `${text(parent, 'path')}/${id}` : String(id),
      include_in_menu: true,
      custom_attributes: ownAttributes(name, level, parent),
    });
  };
  write('Root Catalog', undefined);
  write('Default Category', data.tables.categories[0]);
  for (const [name, parent] of categories) {
    write(
      name,
      data.tables.categories.find((one) => one['name'] === (parent === '' ? 'Default Category' : parent)),
    );
  }
}

function ownAttributes(name: string, level: number, parent: Row | undefined): Row[] {
  if (level === 0) return [];
  if (level === 1) return [{ attribute_code: 'display_mode', value: 'PRODUCTS' }];
  const key = urlKey(name) || 'category';
  const above = rowsOf(parent ?? {}, 'custom_attributes').find((one) => one['attribute_code'] === 'url_path');
  return [
    { attribute_code: 'is_anchor', value: '1' },
    { attribute_code: 'url_key', value: key },
    { attribute_code: 'url_path', value: above ? `${text(above, 'value')}/${key}` : key },
  ];
}

function seedAttributes(data: ShopData, { attributes }: SeedPlan): void {
  data.counters['attribute'] = FIRST_OWN_ATTRIBUTE - 1;
  data.counters['attribute_option'] = FIRST_OWN_OPTION - 1;
  for (const { code, label, options } of attributes) {
    data.tables.attributes.push({
      attribute_id: data.next('attribute'),
      attribute_code: code,
      default_frontend_label: label,
      frontend_input: 'select',
      options: options.map((name) => ({ label: name, value: String(data.next('attribute_option')) })),
    });
  }
}

function seedProduct(data: ShopData, seed: SeedProduct, now: string): void {
  if (seed.type !== 'configurable') {
    write(data, seed, now);
    return;
  }
  const attributes = (seed.options ?? []).flatMap((code) =>
    data.tables.attributes.filter((one) => one['attribute_code'] === code),
  );
  const children = combinations(attributes).map((chosen) => childOf(data, seed, chosen, now));
  // A configurable product has no price of its own; its children do (recorded: product-get-configurable.json).
  const parent = write(data, { ...seed, price: 0, quantity: 0 }, now);
  parent['_options'] = attributes.map((attribute, position) => ({
    id: data.next('configurable_option'),
    attribute_id: text(attribute, 'attribute_id'),
    label: text(attribute, 'default_frontend_label'),
    position,
    values: rowsOf(attribute, 'options').map((option) => ({ value_index: Number(text(option, 'value')) })),
    product_id: num(parent, 'id'),
    _code: text(attribute, 'attribute_code'),
  }));
  parent['_links'] = children.map((child) => num(child, 'id'));
}

function combinations(attributes: readonly Row[]): (readonly (readonly [Row, Row])[])[] {
  return attributes.reduce<(readonly (readonly [Row, Row])[])[]>(
    (chosen, attribute) =>
      chosen.flatMap((before) =>
        rowsOf(attribute, 'options').map((option) => [...before, [attribute, option] as const]),
      ),
    [[]],
  );
}

function childOf(data: ShopData, seed: SeedProduct, chosen: readonly (readonly [Row, Row])[], now: string): Row {
  const labels = chosen.map(([, option]) => text(option, 'label'));
  const { options: _none, otherName: _parents, ...rest } = seed;
  const child = write(
    data,
    {
      ...rest,
      type: 'simple',
      sku: [seed.sku, ...labels].join('-'),
      name: [seed.name, ...labels].join(' '),
    },
    now,
  );
  child['visibility'] = 1;
  for (const [attribute, option] of chosen)
    setAttribute(child, text(attribute, 'attribute_code'), text(option, 'value'));
  return child;
}

function write(data: ShopData, seed: SeedProduct, now: string): Row {
  const { sku, name, price, type, weight } = seed;
  const id = data.next('product');
  const product = productRow({
    id,
    sku,
    name,
    price,
    type,
    now,
    urlKey: urlKey(sku) || `product-${id}`,
    ...(weight === undefined ? {} : { weight }),
  });
  if (seed.isDisabled) product['status'] = 2;
  setAttribute(product, 'description', `<p>${name}</p>`);
  setChoices(data, product, seed);
  if (seed.otherName !== undefined) product['_views'] = { ch_fr: { name: seed.otherName } };
  if (id % 3 === 1 && type === 'simple') addImage(data, product);
  data.tables.products.push(product);
  if (type !== 'configurable') stock(data, seed);
  return product;
}

function setChoices(data: ShopData, product: Row, { attributes = {}, categories }: SeedProduct): void {
  for (const [code, label] of Object.entries(attributes)) {
    const attribute = data.tables.attributes.find((one) => one['attribute_code'] === code);
    const option = rowsOf(attribute ?? {}, 'options').find((one) => one['label'] === label);
    if (option) setAttribute(product, code, text(option, 'value'));
  }
  for (const category of categories) {
    const found = data.tables.categories.find((one) => one['name'] === category);
    if (found) assignCategory(product, num(found, 'id'), 0);
  }
}

function addImage(data: ShopData, product: Row): void {
  const file = `/s/h/shop-${num(product, 'id')}.jpg`;
  append(product, 'media_gallery_entries', {
    id: data.next('media'),
    media_type: 'image',
    label: text(product, 'name'),
    position: 1,
    disabled: false,
    types: ['image', 'small_image', 'thumbnail'],
    file,
  });
  for (const code of ['image', 'small_image', 'thumbnail']) setAttribute(product, code, file);
}

function stock(data: ShopData, { sku, quantity }: SeedProduct): void {
  data.tables.sourceItems.push({ sku, source_code: 'default', quantity, status: Number(quantity > 0) });
  const second = data.tables.sources[1];
  if (second && data.tables.sourceItems.length % 4 === 1) {
    data.tables.sourceItems.push({ sku, source_code: text(second, 'source_code'), quantity: 25, status: 1 });
  }
}
