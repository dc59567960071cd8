import { append, num, type Row, rowsOf, text } from '../row.js';
import { objectIn, type RestCall, type RestRoute, snakeKeys } from '../rest/rest-call.js';
import { NO_ENTITY } from '../rest/rest-error.js';
import { searchPage } from '../rest/search.js';

/** What every attribute of a merchant's has alike (recorded: attribute-get.json). */
const DEFAULTS: Row = {
  extension_attributes: { is_pagebuilder_enabled: false },
  is_wysiwyg_enabled: false,
  is_html_allowed_on_front: false,
  used_for_sort_by: false,
  is_filterable: false,
  is_filterable_in_search: false,
  is_used_in_grid: false,
  is_visible_in_grid: false,
  is_filterable_in_grid: false,
  position: 0,
  apply_to: [],
  is_searchable: '0',
  is_visible_in_advanced_search: '0',
  is_comparable: '0',
  is_used_for_promo_rules: '0',
  is_visible_on_front: '0',
  used_in_product_listing: '0',
  is_visible: true,
  scope: 'global',
  entity_type_id: '4',
  is_required: false,
  is_user_defined: true,
  frontend_labels: [],
  backend_type: 'int',
  source_model: 'Magento\\Eav\\Model\\Entity\\Attribute\\Source\\Table',
  default_value: '',
  is_unique: '0',
  validation_rules: [],
};

function attributeOf(call: RestCall): Row {
  const code = call.path['attributeCode'] ?? '';
  const found = call.data.tables.attributes.find(
    (one) => one['attribute_code'] === code || text(one, 'attribute_id') === code,
  );
  if (!found) throw NO_ENTITY;
  return found;
}

/** The first option is always the empty one. */
function optionsOf(attribute: Row): Row[] {
  return [{ label: ' ', value: '' }, ...rowsOf(attribute, 'options')];
}

const print = (attribute: Row): Row => ({ ...DEFAULTS, ...attribute, options: optionsOf(attribute) });

/** Answers the new option's id with a prefix, as genuine shops do. */
function addOption(call: RestCall): string {
  const id = String(call.data.next('attribute_option'));
  append(attributeOf(call), 'options', { label: text(snakeKeys(objectIn(call, 'option')), 'label'), value: id });
  return `id_${id}`;
}

function create(call: RestCall): Row {
  const { options: _options, ...given } = snakeKeys(objectIn(call, 'attribute'));
  const attribute = { ...given, attribute_id: call.data.next('attribute'), options: [] };
  call.data.tables.attributes.push(attribute);
  return print(attribute);
}

const ATTRIBUTES = 'Magento_Catalog::attributes_attributes';
const SET = { attribute_set_id: 4, attribute_set_name: 'Default', sort_order: 1, entity_type_id: 4 };

/** Attributes of products, their options, the one attribute set. */
export const attributeRoutes: readonly RestRoute[] = [
  {
    method: 'GET',
    path: '/V1/products/attributes',
    resource: ATTRIBUTES,
    answer: (call) =>
      searchPage(call, {
        rows: call.data.tables.attributes.map(print),
        // The table's own column; what a row shows of it has another name (recorded: attribute-get.json).
        read: (row, column) => (column === 'frontend_label' ? row['default_frontend_label'] : row[column]),
      }),
  },
  { method: 'POST', path: '/V1/products/attributes', resource: ATTRIBUTES, answer: create },
  {
    method: 'GET',
    path: '/V1/products/attributes/:attributeCode',
    resource: ATTRIBUTES,
    answer: (call) => print(attributeOf(call)),
  },
  {
    method: 'GET',
    path: '/V1/products/attributes/:attributeCode/options',
    resource: ATTRIBUTES,
    answer: (call) => optionsOf(attributeOf(call)),
  },
  { method: 'POST', path: '/V1/products/attributes/:attributeCode/options', resource: ATTRIBUTES, answer: addOption },
  {
    method: 'GET',
    path: '/V1/products/attribute-sets/sets/list',
    resource: 'Magento_Catalog::sets',
    answer: (call) => searchPage(call, { rows: [SET] }),
  },
  {
    method: 'POST',
    path: '/V1/products/attribute-sets/attributes',
    resource: 'Magento_Catalog::sets',
    answer: (call) => num(call.body, 'sortOrder'),
  },
];
