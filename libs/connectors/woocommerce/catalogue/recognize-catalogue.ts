import type { ReplayTarget } from '#contract';
import { ADDRESS_FIELDS } from './customers.js';

const PLACES: readonly (readonly [RegExp, (id: string) => ReplayTarget])[] = [
  [/^products$/, () => ({ operation: 'products.list' })],
  [/^products\/(\d+)$/, (platformId) => ({ operation: 'products.get', platformId })],
  [/^products\/(\d+)\/variations$/, (productId) => ({ operation: 'variants.list', filter: { productId } })],
  [/^variations$/, () => ({ operation: 'inventory.list' })],
  [/^products\/categories$/, () => ({ operation: 'categories.list' })],
  [/^products\/categories\/(\d+)$/, (platformId) => ({ operation: 'categories.get', platformId })],
  [/^customers$/, () => ({ operation: 'customers.list' })],
  [/^customers\/(\d+)$/, (platformId) => ({ operation: 'customers.get', platformId })],
  [/^coupons$/, () => ({ operation: 'coupons.list' })],
  [/^coupons\/(\d+)$/, (platformId) => ({ operation: 'coupons.get', platformId })],
];

/** The reading operation of a route of the catalogue, such as `/wc/v3/products/27`. */
export function recognizeCatalogue(route: string, url: URL): ReplayTarget | undefined {
  const path = /^\/wc\/v[23]\/(.+)$/.exec(route)?.[1] ?? '';
  for (const [pattern, target] of PLACES) {
    const match = pattern.exec(path);
    if (match !== null) return addressesOf(target(match[1] ?? ''), url);
  }
  return undefined;
}

/** A customer of whom only the addresses are asked for. */
function addressesOf(target: ReplayTarget, url: URL): ReplayTarget {
  const { operation, platformId: customerId } = target;
  const isCustomer = operation === 'customers.get' && customerId !== undefined;
  if (!isCustomer || url.searchParams.get('_fields') !== ADDRESS_FIELDS) return target;
  return { operation: 'addresses.list', filter: { customerId } };
}
