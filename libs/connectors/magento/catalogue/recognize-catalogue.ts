import type { ReplayTarget } from '#contract';
import { ADDRESS_FIELDS } from './customers.js';
import { BY_SKU, isTaken } from './find-products.js';
import { VARIANT_FIELDS } from './variants.js';

const PLACES: readonly (readonly [RegExp, (id: string, url: URL) => ReplayTarget | undefined])[] = [
  [/^products$/, (_, url) => productsTarget(url)],
  [/^products\/([^/]+)$/, (sku) => productTarget(sku)],
  // A change that was recorded, as replay reads what it answered; no such thing can be asked for.
  [/^products\/([^/]+)\/\d+$/, (sku) => productTarget(sku)],
  [/^configurable-products\/([^/]+)\/children$/, (sku) => childrenTarget(sku)],
  [/^inventory\/source-items$/, () => ({ operation: 'inventory.list' })],
  [/^inventory\/sources$/, () => ({ operation: 'locations.list' })],
  [/^customers\/search$/, () => ({ operation: 'customers.list' })],
  [/^customers\/(\d+)$/, (id, url) => customerTarget(id, url)],
  [/^categories(?:\/list)?$/, () => ({ operation: 'categories.list' })],
  [/^categories\/(\d+)$/, (platformId) => ({ operation: 'categories.get', platformId })],
  [/^salesRules\/search$/, () => ({ operation: 'coupons.list' })],
  [/^salesRules\/(\d+)$/, (platformId) => ({ operation: 'coupons.get', platformId })],
];

/** The reading operation of a route of the catalogue below `V1/`, such as `products/MUG-001`. */
export function recognizeCatalogue(route: string, url: URL): ReplayTarget | undefined {
  const found = PLACES.find(([pattern]) => pattern.test(route));
  return found?.[1](found[0].exec(route)?.[1] ?? '', url);
}

/** A search for one number is the way to read one product; asked for other fields, it is that to its variants. */
function productsTarget(url: URL): ReplayTarget {
  const values = [...url.searchParams].filter(([name]) => /\[filter_?groups\]/i.test(name));
  const found = new Map(
    values.map(([name, value]) => [/\[(\w+)\]$/.exec(name)?.[1]?.replace('_', '').toLowerCase(), value]),
  );
  const id = found.get('field') === 'entity_id' && /^(?:eq)?$/.test(found.get('conditiontype') ?? '');
  const platformId = found.get('value') ?? '';
  if (!id || values.length > 3 || !/^\d+$/.test(platformId)) return { operation: 'products.list' };
  if (url.searchParams.get('fields') !== VARIANT_FIELDS) return { operation: 'products.get', platformId };
  return { operation: 'variants.list', filter: { productId: platformId } };
}

function productTarget(sku: string): ReplayTarget | undefined {
  const platformId = isTaken(sku) ? undefined : idOf(sku);
  return platformId === undefined ? undefined : { operation: 'products.get', platformId };
}

function childrenTarget(sku: string): ReplayTarget | undefined {
  const productId = idOf(sku);
  return productId === undefined ? undefined : { operation: 'variants.list', filter: { productId } };
}

function idOf(sku: string): string | undefined {
  try {
    return `${BY_SKU}${decodeURIComponent(sku)}`;
  } catch {
    return undefined;
  }
}

/** A customer of whom only the addresses are asked for. */
function customerTarget(customerId: string, url: URL): ReplayTarget {
  if (url.searchParams.get('fields') !== ADDRESS_FIELDS) return { operation: 'customers.get', platformId: customerId };
  return { operation: 'addresses.list', filter: { customerId } };
}
