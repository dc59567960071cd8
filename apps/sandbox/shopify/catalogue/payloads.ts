import { printMoment, printMomentOrNull } from '../graphql/moment.js';
import type { RequestContext } from '../graphql/request-context.js';
import { printAmount } from '../orders/bag.js';
import { gid } from '../views/gid.js';
import type { Customer } from './customers-slice.js';
import type { Collection, Level, Product, Variant } from './product.js';

type Payload = Readonly<Record<string, unknown>>;

const stockOf = ({ levels }: Variant): number => levels.reduce((units, { available }) => units + available, 0);

function variantPayload(variant: Variant, product: Product, currency: string): Payload {
  const [option1 = null, option2 = null, option3 = null] = variant.values;
  return {
    ...{ id: variant.id, product_id: product.id, admin_graphql_api_id: gid('ProductVariant', variant.id) },
    ...{ title: variant.values.join(' / '), sku: variant.sku, barcode: variant.barcode, taxable: variant.taxable },
    ...{ option1, option2, option3, position: product.variants.indexOf(variant) + 1 },
    price: printAmount(variant.price, currency),
    compare_at_price: variant.compareAtPrice === null ? null : printAmount(variant.compareAtPrice, currency),
    ...{ inventory_policy: variant.policy.toLowerCase(), inventory_item_id: variant.itemId },
    ...{ inventory_quantity: stockOf(variant), old_inventory_quantity: stockOf(variant), image_id: null },
    ...{ created_at: printMoment(variant.createdAt), updated_at: printMoment(variant.updatedAt) },
  };
}

/** Body of `products/create` and `products/update`; docs: https://shopify.dev/docs/api/webhooks */
export function productPayload(product: Product, { shop }: Pick<RequestContext, 'shop'>): Payload {
  return {
    ...{ id: product.id, admin_graphql_api_id: gid('Product', product.id), title: product.title },
    ...{ body_html: product.descriptionHtml, vendor: product.vendor, product_type: product.productType },
    ...{ handle: product.handle, status: product.status.toLowerCase(), tags: product.tags.join(', ') },
    ...{ created_at: printMoment(product.createdAt), updated_at: printMoment(product.updatedAt) },
    ...{ published_at: printMomentOrNull(product.publishedAt), template_suffix: product.templateSuffix },
    published_scope: 'web',
    options: product.options.map(({ id, name, values }, index) => ({
      ...{ id, product_id: product.id, name, position: index + 1, values: values.map((value) => value.name) },
    })),
    variants: product.variants.map((variant) => variantPayload(variant, product, shop.currency)),
    ...{ images: [], image: null, media: [], category: null, has_variants_that_requires_components: false },
  };
}

/** Body of `customers/create` and `customers/update`. */
export function customerPayload(customer: Customer, { shop }: Pick<RequestContext, 'shop'>): Payload {
  const { id, firstName, lastName, email, phone, note, tags, taxExempt, taxExemptions, state } = customer;
  return {
    ...{ id, admin_graphql_api_id: gid('Customer', id), first_name: firstName, last_name: lastName },
    ...{ email, phone, note, tags: tags.join(', '), tax_exempt: taxExempt, tax_exemptions: taxExemptions },
    ...{ state: state.toLowerCase(), verified_email: email !== null, currency: shop.currency },
    ...{ multipass_identifier: null },
    ...{ created_at: printMoment(customer.createdAt), updated_at: printMoment(customer.updatedAt) },
  };
}

/** Body of `collections/create` and `collections/update`. */
export function collectionPayload(collection: Collection): Payload {
  const { id, handle, title, descriptionHtml, sortOrder, templateSuffix, updatedAt } = collection;
  return {
    ...{ id, admin_graphql_api_id: gid('Collection', id), handle, title, body_html: descriptionHtml },
    ...{ sort_order: sortOrder.toLowerCase().replace('_', '-'), template_suffix: templateSuffix },
    ...{ updated_at: printMoment(updatedAt), published_at: printMoment(updatedAt), published_scope: 'web' },
  };
}

/** Body of `inventory_levels/update`. */
export function levelPayload({ locationId, available, updatedAt, id }: Level, { itemId }: Variant): Payload {
  const own = `${gid('InventoryLevel', id)}?inventory_item_id=${itemId}`;
  return {
    ...{ inventory_item_id: itemId, location_id: locationId, available },
    ...{ updated_at: printMoment(updatedAt), admin_graphql_api_id: own },
  };
}
