import type { WooOrder } from '../../order.js';
import type { Buyer, Product, Variation, VariationChoice, WooShop } from '../../shop.js';
import type { CatalogueContents } from '../catalogue-book.js';
import { BLANK_TERM } from '../product-parts.js';
import {
  BLANK_PRODUCT,
  type CatalogueProduct,
  type Customer,
  type GlobalAttribute,
  type ProductAttribute,
  type ProductChoice,
  type ShopCoupon,
  type Term,
} from '../records.js';
import { slugOf } from '../slug.js';
import { alignStock } from '../stock.js';
import { catalogueSeed, type CatalogueSeed } from './shop-seeds.js';

const DAY = 86_400;

/** Orders in these statuses count as sales and took their goods from stock. */
const SOLD = new Set(['processing', 'completed', 'on-hold', 'refunded']);

/**
 * A catalogue that fits the orders: every product, customer and coupon they name, and some that nobody needed yet.
 * @param base the moment the seeds look back from, in seconds since 1970
 */
export function seedCatalogue(shop: WooShop, orders: readonly WooOrder[], base: number): CatalogueContents {
  const seed = catalogueSeed(shop.host);
  const attributes = attributesOf(shop);
  const terms = termsOf(shop, seed, attributes);
  const opened = base - (shop.plan.days + 200) * DAY;
  const products = [
    ...shop.plan.products.filter((one) => one.deleted !== true).flatMap((one) => soldProducts(one, seed, attributes)),
    ...seed.extras.map((extra): Draft => ({ ...BLANK_PRODUCT, ...extra })),
  ];
  return {
    products: products
      .map((draft) => dated(draft, orders, opened))
      .map((product) => filled(product, seed))
      .sort((a, b) => a.id - b.id),
    terms,
    attributes,
    customers: customersOf(shop, orders, opened),
    coupons: couponsOf(shop, seed, opened),
  };
}

type Draft = Omit<CatalogueProduct, 'createdAt' | 'modifiedAt'>;

function attributesOf({ plan }: WooShop): GlobalAttribute[] {
  const choices = plan.products.flatMap((product) => product.variations.flatMap((variation) => variation.choices));
  const labels = new Map(choices.map((choice) => [choice.key, choice.label]));
  return [...labels].map(([slug, name], index) => ({
    id: index + 1,
    name,
    slug,
    orderBy: 'menu_order',
    hasArchives: false,
  }));
}

function termsOf({ plan }: WooShop, seed: CatalogueSeed, attributes: readonly GlobalAttribute[]): Term[] {
  const own = [
    ...seed.categories.map((one) => ({ ...one, taxonomy: 'product_cat' })),
    ...seed.tags.map((one) => ({ ...one, taxonomy: 'product_tag' })),
  ].map((one): Term => ({ ...BLANK_TERM, ...one, slug: slugOf(one.name) }));
  const choices = plan.products.flatMap((product) => product.variations.flatMap((variation) => variation.choices));
  const first = Math.max(...own.map((term) => term.id)) + 1;
  const options = attributes
    .flatMap((attribute) => [
      ...new Map(choices.filter((one) => one.key === attribute.slug).map((one) => [one.slug, one])).values(),
    ])
    .map(({ key, slug, name }, index): Term => ({ ...BLANK_TERM, id: first + index, taxonomy: key, name, slug }));
  return [...own, ...options];
}

function soldProducts(product: Product, seed: CatalogueSeed, attributes: readonly GlobalAttribute[]): Draft[] {
  const { id, name, sku, globalUniqueId, price, taxClass, taxable, variations } = product;
  const isVariable = variations.length > 0;
  const parent: Draft = {
    ...BLANK_PRODUCT,
    id,
    name,
    sku,
    globalUniqueId,
    taxClass,
    taxStatus: taxable ? 'taxable' : 'none',
    type: isVariable ? 'variable' : 'simple',
    regularPrice: isVariable ? '' : price,
    attributes: variedBy(variations, attributes),
    ...seed.details[id],
  };
  return [parent, ...variations.map((one, index) => variationOf(one, index, product, parent, attributes))];
}

function variedBy(variations: readonly Variation[], attributes: readonly GlobalAttribute[]): ProductAttribute[] {
  const choices = variations.flatMap((variation) => variation.choices);
  return attributes
    .filter((attribute) => choices.some((choice) => choice.key === attribute.slug))
    .map(({ id, name, slug }, position) => {
      const names = choices.filter((choice) => choice.key === slug).map((choice) => choice.name);
      const options = [...new Set(names)].sort((a, b) => a.localeCompare(b));
      return { id, name, position, visible: true, variation: true, options };
    });
}

function variationOf(
  { id, sku, choices }: Variation,
  index: number,
  { price, taxable }: Product,
  parent: Draft,
  attributes: readonly GlobalAttribute[],
): Draft {
  return {
    ...BLANK_PRODUCT,
    id,
    sku,
    type: 'variation',
    parentId: parent.id,
    slug: [slugOf(parent.name), ...choices.map((choice) => choice.slug)].join('-'),
    regularPrice: price,
    taxClass: 'parent',
    taxStatus: taxable ? 'taxable' : 'none',
    // One of each product counts its own stock no further than to say there is some.
    ...(index === 2 ? {} : { manageStock: true, stockQuantity: 25 + 10 * index }),
    choices: choices.flatMap((choice) => choiceOf(choice, attributes)),
  };
}

function choiceOf({ key, slug }: VariationChoice, attributes: readonly GlobalAttribute[]): ProductChoice[] {
  const attribute = attributes.find((one) => one.slug === key);
  return attribute ? [{ id: attribute.id, name: attribute.name, option: slug }] : [];
}

/** Whoever counts its stock was last changed by the last sale. */
function dated(draft: Draft, orders: readonly WooOrder[], opened: number): CatalogueProduct {
  const sales = orders
    .filter((order) => SOLD.has(order.status))
    .flatMap((order) =>
      order.lines
        .filter((line) => line.productId === draft.id || line.variationId === draft.id)
        .map((line) => ({ quantity: line.quantity, at: order.paidAt ?? order.createdAt })),
    );
  const createdAt = opened + draft.id * 3_600;
  const lastSale = draft.manageStock ? sales.map((sale) => sale.at) : [];
  const sold = sales.reduce((count, sale) => count + sale.quantity, 0);
  return {
    ...draft,
    createdAt,
    modifiedAt: Math.max(createdAt + 7_200, ...lastSale),
    totalSales: draft.type === 'variation' ? 0 : sold,
  };
}

function filled(product: CatalogueProduct, seed: CatalogueSeed): CatalogueProduct {
  const isVariation = product.type === 'variation';
  const first = seed.categories[0]?.id;
  const isHidden = product.status === 'draft' || product.slug !== '';
  return alignStock({
    ...product,
    slug: isHidden ? product.slug : slugOf(product.name),
    categories: isVariation || product.categories.length > 0 || first === undefined ? product.categories : [first],
    images: product.images.map((one) => ({ ...one, createdAt: product.createdAt, modifiedAt: product.createdAt })),
  });
}

function customersOf({ plan }: WooShop, orders: readonly WooOrder[], opened: number): Customer[] {
  const owner: Customer = {
    id: 1,
    createdAt: opened,
    modifiedAt: null,
    email: 'admin@example.test',
    firstName: '',
    lastName: '',
    role: 'administrator',
    username: 'admin',
    billing: {},
    shipping: {},
    meta: [],
  };
  return [
    owner,
    ...plan.buyers.filter((buyer) => buyer.customerId !== 0).map((buyer) => customerOf(buyer, orders, opened)),
  ];
}

function customerOf(buyer: Buyer, orders: readonly WooOrder[], opened: number): Customer {
  const { customerId: id, email, firstName, lastName, phone } = buyer;
  const own = orders.filter((order) => order.buyer.customerId === id).map((order) => order.createdAt);
  const createdAt = opened + 10 * DAY + id * 5_000;
  const address = {
    first_name: firstName,
    last_name: lastName,
    company: buyer.company,
    address_1: buyer.address1,
    address_2: buyer.address2,
    city: buyer.city,
    postcode: buyer.postcode,
    country: buyer.country,
    state: buyer.state,
  };
  return {
    id,
    createdAt,
    modifiedAt: Math.max(createdAt, ...own),
    email,
    firstName,
    lastName,
    role: 'customer',
    username: email.split('@')[0] ?? email,
    billing: { ...address, email, phone },
    shipping: address,
    meta: buyer.company === '' ? [] : [{ id: 49 + id, key: 'vat_id', value: `${buyer.country}123456789` }],
  };
}

/** What a coupon is of which nothing was said. */
export const BLANK_COUPON: Omit<ShopCoupon, 'id' | 'code' | 'createdAt' | 'modifiedAt'> = {
  amount: '0',
  status: 'publish',
  type: 'fixed_cart',
  description: '',
  expiresAt: null,
  individualUse: false,
  products: [],
  excludedProducts: [],
  usageLimit: null,
  usageLimitPerUser: null,
  itemLimit: null,
  freeShipping: false,
  categories: [],
  excludedCategories: [],
  excludeSaleItems: false,
  minimumAmount: '0',
  maximumAmount: '0',
  emailRestrictions: [],
  meta: [],
};

function couponsOf({ plan }: WooShop, seed: CatalogueSeed, opened: number): ShopCoupon[] {
  return [...plan.coupons, ...seed.coupons].map((one) => {
    const createdAt = opened + one.id * 3_600;
    return { ...BLANK_COUPON, ...one, createdAt, modifiedAt: createdAt };
  });
}
