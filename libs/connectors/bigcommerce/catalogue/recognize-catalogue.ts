import type { ReplayTarget } from '#contract';

type Target = (id: string, url: URL) => ReplayTarget | undefined;

const list =
  (operation: string): Target =>
  () => ({ operation });

/** A list, out of which one record is asked for by its number where it has no path of its own. */
const listOrOne =
  (resource: string, key: string): Target =>
  (_, { searchParams }) => {
    const platformId = searchParams.get(key);
    return platformId === null ? { operation: `${resource}.list` } : { operation: `${resource}.get`, platformId };
  };

const PLACES: readonly (readonly [RegExp, Target])[] = [
  [/^v3\/catalog\/products$/, list('products.list')],
  [/^v3\/catalog\/products\/(\d+)$/, (platformId) => ({ operation: 'products.get', platformId })],
  [/^v3\/catalog\/products\/(\d+)\/variants$/, (productId) => ({ operation: 'variants.list', filter: { productId } })],
  [/^v3\/catalog\/trees\/categories$/, listOrOne('categories', 'category_id:in')],
  [/^v3\/inventory\/locations$/, list('locations.list')],
  [
    /^v3\/inventory\/locations\/(\d+)\/items$/,
    (locationId) => ({ operation: 'inventory.list', filter: { locationId } }),
  ],
  [/^v3\/customers$/, listOrOne('customers', 'id:in')],
  [/^v3\/customers\/addresses$/, (_, { searchParams }) => addressesOf(searchParams.get('customer_id:in'))],
  [/^v2\/coupons$/, listOrOne('coupons', 'id')],
];

function addressesOf(customerId: string | null): ReplayTarget | undefined {
  return customerId === null ? undefined : { operation: 'addresses.list', filter: { customerId } };
}

/** The reading operation of a path of the catalogue, such as `v3/catalog/products/27`. */
export function recognizeCatalogue(path: string, url: URL): ReplayTarget | undefined {
  // Only a part of a record is asked for: to look something up.
  if (url.searchParams.has('include_fields') || url.searchParams.has('is_active')) return undefined;
  for (const [pattern, target] of PLACES) {
    const match = pattern.exec(path);
    if (match !== null) return target(match[1] ?? '', url);
  }
  return undefined;
}
