import type { ArgumentRule, ArgumentRules } from '../order-writes/argument-rules.js';
import { PRODUCT_TYPES } from './records.js';

// The arguments of the writing routes, as the routes describe themselves on `OPTIONS`.
const text: ArgumentRule = { type: 'string' };
const whole: ArgumentRule = { type: 'integer' };
const flag: ArgumentRule = { type: 'boolean' };
const maybeText: ArgumentRule = { type: ['null', 'string'] };
const maybeWhole: ArgumentRule = { type: ['integer', 'null'] };
const word = (...words: readonly string[]): ArgumentRule => ({ type: 'string', enum: words });
const listOf = (items: ArgumentRule): ArgumentRule => ({ type: 'array', items });
const object = (properties: ArgumentRules): ArgumentRule => ({ type: 'object', properties });

const image = object({ id: whole, src: text, name: text, alt: text });
const terms = listOf(object({ id: whole, name: text, slug: text }));

/** Any value goes. */
export const META_RULE = listOf(object({ id: whole, key: text }));

/** What products and variations have in common. */
const SHARED: ArgumentRules = {
  description: text,
  sku: text,
  global_unique_id: text,
  regular_price: text,
  sale_price: text,
  date_on_sale_from: maybeText,
  date_on_sale_from_gmt: maybeText,
  date_on_sale_to: maybeText,
  date_on_sale_to_gmt: maybeText,
  virtual: flag,
  downloadable: flag,
  downloads: listOf(object({ id: text, name: text, file: text })),
  download_limit: whole,
  download_expiry: whole,
  tax_status: word('taxable', 'shipping', 'none'),
  tax_class: text,
  stock_quantity: whole,
  stock_status: word('instock', 'outofstock', 'onbackorder'),
  backorders: word('no', 'notify', 'yes'),
  low_stock_amount: maybeWhole,
  weight: text,
  dimensions: object({ length: text, width: text, height: text }),
  shipping_class: text,
  menu_order: whole,
  meta_data: META_RULE,
};

export const PRODUCT_RULES: ArgumentRules = {
  name: text,
  slug: text,
  date_created: maybeText,
  date_created_gmt: maybeText,
  type: word(...PRODUCT_TYPES),
  status: word('draft', 'pending', 'private', 'publish', 'future', 'auto-draft', 'trash'),
  featured: flag,
  catalog_visibility: word('visible', 'catalog', 'search', 'hidden'),
  short_description: text,
  ...SHARED,
  external_url: text,
  button_text: text,
  manage_stock: flag,
  sold_individually: flag,
  reviews_allowed: flag,
  post_password: text,
  upsell_ids: listOf(whole),
  cross_sell_ids: listOf(whole),
  parent_id: whole,
  purchase_note: text,
  categories: terms,
  brands: terms,
  tags: terms,
  images: listOf(image),
  attributes: listOf(
    object({ id: whole, name: text, position: whole, visible: flag, variation: flag, options: listOf(text) }),
  ),
  default_attributes: listOf(object({ id: whole, name: text, option: text })),
  grouped_products: listOf(whole),
};

export const VARIATION_RULES: ArgumentRules = {
  ...SHARED,
  status: word('draft', 'pending', 'private', 'publish'),
  manage_stock: { type: ['boolean', 'string'] },
  image,
  attributes: listOf(object({ id: whole, name: text, option: text })),
};

export const TERM_RULES: ArgumentRules = {
  name: text,
  slug: text,
  parent: whole,
  description: text,
  display: word('default', 'products', 'subcategories', 'both'),
  image,
  menu_order: whole,
};

export const ATTRIBUTE_RULES: ArgumentRules = {
  name: text,
  slug: text,
  type: word('select'),
  order_by: word('menu_order', 'name', 'name_num', 'id'),
  has_archives: flag,
};

const email: ArgumentRule = { type: 'string', format: 'email' };
const ADDRESS: ArgumentRules = {
  first_name: text,
  last_name: text,
  company: text,
  address_1: text,
  address_2: text,
  city: text,
  state: text,
  postcode: text,
  country: text,
  phone: text,
};

export const CUSTOMER_RULES: ArgumentRules = {
  email,
  first_name: text,
  last_name: text,
  username: text,
  password: text,
  billing: object({ ...ADDRESS, email }),
  shipping: object(ADDRESS),
  meta_data: META_RULE,
};

const amount: ArgumentRule = { type: ['number', 'string'] };

export const COUPON_RULES: ArgumentRules = {
  code: text,
  amount,
  status: text,
  discount_type: word('percent', 'fixed_cart', 'fixed_product'),
  description: text,
  date_expires: maybeText,
  date_expires_gmt: maybeText,
  individual_use: flag,
  product_ids: listOf(whole),
  excluded_product_ids: listOf(whole),
  usage_limit: whole,
  usage_limit_per_user: whole,
  limit_usage_to_x_items: whole,
  free_shipping: flag,
  product_categories: listOf(whole),
  excluded_product_categories: listOf(whole),
  exclude_sale_items: flag,
  minimum_amount: amount,
  maximum_amount: amount,
  email_restrictions: listOf(text),
  meta_data: META_RULE,
};

/** The same with one that a new row cannot do without. */
export function requiring(rules: ArgumentRules, name: string): ArgumentRules {
  const rule = rules[name];
  return rule ? { ...rules, [name]: { ...rule, required: true } } : rules;
}
