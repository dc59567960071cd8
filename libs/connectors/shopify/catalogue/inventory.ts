import type { ConnectedStore, InventoryFilter, InventoryLevelRecord, ListOperation, PageState } from '#contract';
import { readPageState } from '#kit';
import { anyJson } from '#kit';
import { z } from 'zod';
import { skuHolders } from './find-sku.js';
import { globalId, notFound } from '../global-id.js';
import { cursorAfter, listOf } from '../list.js';
import { LEVELS_OF_LOCATION, LEVELS_OF_VARIANT, LEVEL_COST, levelReading } from './inventory-record.js';
import { locationIds } from './locations.js';
import { numericId } from './products.js';

type Levels = ListOperation<InventoryFilter, InventoryLevelRecord>;

const MAX_PAGE_SIZE = 250;

/** The levels of one place, or of one variant: what the platform lists without a search. */
const levelsOf = (type: string, document: string, path: readonly [string, ...string[]], idOf: IdOf): Levels =>
  listOf({
    document,
    path,
    filters: {},
    sorts: ['createdAt'],
    maxPageSize: MAX_PAGE_SIZE,
    nodeCost: LEVEL_COST,
    baseCost: path.length - 1,
    variables: ({ filter }) => ({ id: globalId(type, idOf(filter)) }),
    missing: (filter) => notFound(type, idOf(filter)),
    reading: levelReading,
    fits: ({ locationId, variantId, sku }, record) =>
      (locationId === undefined || isSame('Location', locationId, record.locationId)) &&
      (variantId === undefined || isSame('ProductVariant', variantId, record.variantId)) &&
      (sku === undefined || sku === record.sku),
  });
type IdOf = (filter: InventoryFilter) => string;

function isSame(type: string, asked: string, found: string | null): boolean {
  return globalId(type, asked) === found;
}

const OF_VARIANT = levelsOf(
  'ProductVariant',
  LEVELS_OF_VARIANT,
  ['productVariant', 'inventoryItem', 'inventoryLevels'],
  ({ variantId = '' }) => variantId,
);
const OF_LOCATION = levelsOf(
  'Location',
  LEVELS_OF_LOCATION,
  ['location', 'inventoryLevels'],
  ({ locationId = '' }) => locationId,
);

/** Where a list over several owners stands: in whose levels, and how far. */
const pageState = z.object({ owner: z.string(), within: anyJson.optional() });

/**
 * Levels have no list of their own at the platform. They are read place by place, in the order of the ids; those of one
 * SKU variant by variant. Not by time: an item's `updatedAt` does not dependably move when its quantities do.
 */
export const listInventory: Levels = {
  filters: { locationId: true, variantId: true, sku: true },
  sorts: ['createdAt'],
  maxPageSize: MAX_PAGE_SIZE,
  async page(store, query, request) {
    const { filter } = query;
    if (filter.variantId !== undefined) return OF_VARIANT.page(store, query, request);
    if (filter.sku === undefined && filter.locationId !== undefined) return OF_LOCATION.page(store, query, request);
    const owners = ownersOf(store, filter.sku);
    const state = readPageState(pageState, request.state);
    const owner = state?.owner ?? next(await owners.ids(), undefined);
    if (owner === undefined) return { items: [], quarantined: [] };
    const { next: more, ...page } = await owners.list.page(
      store,
      { ...query, filter: { ...filter, [owners.field]: owner } },
      { size: request.size, ...(state?.within === undefined ? {} : { state: state.within }) },
    );
    const following = more === undefined ? next(await owners.ids(), owner) : owner;
    if (following === undefined) return page;
    const going: PageState = { owner: following, ...(more === undefined ? {} : { within: more }) };
    return { ...page, next: going };
  },
};

function ownersOf(store: ConnectedStore, sku: string | undefined) {
  return sku === undefined
    ? { list: OF_LOCATION, field: 'locationId', ids: () => allLocations(store) }
    : { list: OF_VARIANT, field: 'variantId', ids: () => variantIds(store, sku) };
}

/** The least id above this one, so that owners that come and go in between are neither lost nor read twice. */
function next(ids: readonly string[], owner: string | undefined): string | undefined {
  const numbered = ids.map((id) => ({ id, number: numberOf(id) })).sort((a, b) => (a.number < b.number ? -1 : 1));
  const from = owner === undefined ? -1n : numberOf(owner);
  return numbered.find(({ number }) => number > from)?.id;
}

function numberOf(id: string): bigint {
  return BigInt(numericId(/^gid:\/\/shopify\/(\w+)/.exec(id)?.[1] ?? '', id) || '0');
}

/** Places out of use too: goods may still lie there. */
async function allLocations(store: ConnectedStore): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await locationIds(store, { first: MAX_PAGE_SIZE, inactive: true, after: after ?? null });
    ids.push(...page.nodes.map(({ id }) => id));
    if (!page.hasNextPage) return ids;
    after = cursorAfter(page, after);
  }
}

async function variantIds(store: ConnectedStore, sku: string): Promise<string[]> {
  const variants = await skuHolders(store, sku);
  return variants.map(({ id }) => id);
}
