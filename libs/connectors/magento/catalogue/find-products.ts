import { type ConnectedStore, GatewayError, type Mapped } from '#contract';
import { anyJson, mapOne, readRecords } from '#kit';
import { checkedId } from '../record-calls.js';
import { type Group, where } from '../search-criteria.js';
import { searchAll } from '../search-page.js';
import { readAttributes } from './attributes.js';
import { scopeOf } from './places.js';
import type { Reading } from './product-record.js';
import { identify, isConfigurable, type MagentoProduct, optionsOf, productAsPrinted } from './product-schema.js';
import { findTerms, type ShopTerms } from './shop-terms.js';

export const PRODUCT_ID = { column: 'entity_id', field: 'id' } as const;

// Replay knows a product that was recorded by its SKU, which is all that such a request names. Nothing else makes it.
export const BY_SKU = 'sku:';

// What stands for itself in a path. Other SKUs would have to be escaped there, and 2.4.6 to 2.4.7 then find the signature
// wrong (issues #37278, #37830, #38769), as some servers in front of PHP refuse `%2F`.
// A word that elsewhere would be a gap in the path is asked for like an odd one, so that none is ever sent.
const PLAIN = /^(?!(?:null|undefined|NaN)$)[\w~-](?:[\w~-]|\.(?!\.))*$/;
// Paths of their own below `products/`.
const TAKEN = /^(?:attribute-sets|attributes|base-prices|cost|links|media|options|special-price|tier-prices|types)/;

export function isTaken(sku: string): boolean {
  return TAKEN.test(sku);
}

export function isPlain(sku: string): boolean {
  return PLAIN.test(sku) && !isTaken(sku);
}

/**
 * A product by its number, which is kept when its SKU changes and by which orders name it. The platform has no such path,
 * only a search; and what a search answers lacks the stock (fact sheet, 5.7). So where the SKU may stand in a path, that
 * is asked for too.
 */
export async function readProduct(store: ConnectedStore, platformId: string): Promise<Mapped<MagentoProduct>> {
  if (platformId.startsWith(BY_SKU)) return singleProduct(store, platformId.slice(BY_SKU.length));
  const number = checkedId(platformId, 'product');
  const found = await searchedProduct(store, number);
  if (!isPlain(found.record.sku)) return found;
  try {
    const single = await singleProduct(store, found.record.sku);
    if (single.record.id === number) return single;
  } catch (error) {
    if (!GatewayError.is(error, 'not_found')) throw error;
  }
  // Between the two calls it went, or got another SKU.
  return found;
}

/** What a search answers of a product; all but its stock, unless only some fields are asked for. */
export async function searchedProduct(
  store: ConnectedStore,
  platformId: string,
  fields?: string,
): Promise<Mapped<MagentoProduct>> {
  const number = checkedId(platformId, 'product');
  const [raw] = await findProducts(store, [where('entity_id', 'eq', number)], fields);
  if (raw === undefined || identify(raw) !== number) throw missing();
  return mapOne('magento', 'products.get', raw, productAsPrinted);
}

function missing(): GatewayError<'not_found'> {
  return new GatewayError('not_found', 'There is no such product.', { platform: { id: 'magento' } });
}

async function singleProduct(store: ConnectedStore, sku: string): Promise<Mapped<MagentoProduct>> {
  const path = `${scopeOf(store)}products/${encodeURIComponent(sku)}`;
  const { data } = await store.http({ path, effect: 'read', expect: anyJson });
  return mapOne('magento', 'products.get', data, productAsPrinted);
}

export function findProducts(store: ConnectedStore, groups: readonly Group[], fields?: string) {
  const selection = {
    path: `${scopeOf(store)}products`,
    id: PRODUCT_ID,
    where: groups,
    ...(fields !== undefined && { fields }),
  };
  return searchAll(store, selection);
}

// An address of a few thousand characters passes every server.
const LONGEST_LIST = 3000;

/**
 * Searches for SKUs, each as few as an address holds. The platform compares without regard to case. `in` takes a comma for
 * several, so a SKU that holds one is asked for by itself.
 */
export function skuGroups(skus: readonly string[]): readonly Group[] {
  const groups: Group[] = [];
  let listed: string[] = [];
  const flush = () => {
    if (listed.length > 0) groups.push(where('sku', 'in', listed.join(',')));
    listed = [];
  };
  for (const sku of new Set(skus)) {
    if (sku.includes(',')) groups.push(where('sku', 'eq', sku));
    else if (encodeURIComponent([...listed, sku].join()).length > LONGEST_LIST || listed.length === 100) {
      flush();
      listed = [sku];
    } else listed.push(sku);
  }
  flush();
  return groups;
}

/** What has one of these SKUs, without regard to case. */
export async function findBySkus(
  store: ConnectedStore,
  skus: readonly string[],
): Promise<readonly Mapped<MagentoProduct>[]> {
  const found: Mapped<MagentoProduct>[] = [];
  for (const group of skuGroups(skus))
    found.push(...readRecords(await findProducts(store, [group]), productAsPrinted).items);
  return found;
}

export const UNKNOWN_SETTINGS = { weightUnit: null, media: null };

export function needsTerms({ weight, media_gallery_entries: images }: MagentoProduct): boolean {
  return weight !== null || images.length > 0;
}

/**
 * All that is needed to map these products: settings, and the attributes that choices go by.
 * @param offering those whose choices they are, where it is others
 */
export async function readingFor(
  store: ConnectedStore,
  products: readonly MagentoProduct[],
  terms?: ShopTerms,
  offering: readonly MagentoProduct[] = products,
): Promise<Reading> {
  const ids = offering.filter(isConfigurable).flatMap((product) => optionsOf(product).map((one) => one.attribute_id));
  const attributes = await readAttributes(store, ids);
  const asked = terms ?? (products.some(needsTerms) ? await findTerms(store) : undefined);
  return { terms: asked ?? { currency: store.currency, ...UNKNOWN_SETTINGS }, attributes, now: new Date() };
}
