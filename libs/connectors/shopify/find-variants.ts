import { type ConnectedStore, type OrderInput } from '#contract';
import { graphql } from '#kit';
import { z } from 'zod';
import { connection } from './connection.js';
import { GRAPHQL_PATH, connectionCost } from './documents.js';
import { globalId } from './global-id.js';
import { cursorAfter } from './list.js';
import { reject } from './order-input.js';
import { VARIANTS_BY_SKU, VARIANTS_NAMED, WRITE_COST } from './order-write-documents.js';
import { quoted } from './search.js';

/** A variant as far as an order needs it. */
export interface FoundVariant {
  readonly id: string;
  readonly price: string;
}

type Line = OrderInput['lineItems'][number];

const variant = z.object({ id: z.string(), price: z.string() });
const node = z
  .union([variant, z.object({ id: z.string(), variants: connection(variant) }), z.object({ id: z.undefined() })])
  .nullable();

const MAX_QUERY_COST = 1000;
const SKU_PAGE = 50;
/** A SKU that begins as so many others do is not looked for any further. */
const MAX_SKU_PAGES = 5;

/**
 * The variant each line means, by position: asked for only where the line does not say it, or its price is needed. The
 * platform makes a line of nothing else out of the catalogue.
 * @throws GatewayError `request_rejected` for a line that means none, or several
 */
export async function variantsOf(
  store: ConnectedStore,
  lines: readonly Line[],
  withPrices: boolean,
): Promise<readonly (FoundVariant | undefined)[]> {
  const ids = lines.map((line) => idNamed(line, withPrices));
  const named = await variantsNamed(store, [...new Set(ids.filter((id) => id !== undefined))]);
  const found: (FoundVariant | undefined)[] = [];
  for (const [at, line] of lines.entries()) {
    const id = ids[at];
    if (id !== undefined) found.push(theOnly(named.get(id) ?? [], line, at));
    else if (needsSku(line)) found.push(theOnly(await variantsBySku(store, line.sku ?? '', at), line, at));
    else
      found.push(
        line.variantId === undefined ? undefined : { id: globalId('ProductVariant', line.variantId), price: '' },
      );
  }
  return found;
}

function idNamed({ variantId, productId, unitPrice }: Line, withPrices: boolean): string | undefined {
  if (variantId !== undefined)
    return withPrices && unitPrice === undefined ? globalId('ProductVariant', variantId) : undefined;
  return productId === undefined ? undefined : globalId('Product', productId);
}

function needsSku({ variantId, productId, sku }: Line): boolean {
  return variantId === undefined && productId === undefined && sku !== undefined;
}

function theOnly(found: readonly FoundVariant[], line: Line, at: number): FoundVariant | undefined {
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  const custom = line.name !== undefined && line.unitPrice !== undefined && needsSku(line);
  if (first === undefined && custom) return undefined;
  const path = `lineItems.${at}.${line.variantId !== undefined ? 'variantId' : line.productId !== undefined ? 'productId' : 'sku'}`;
  throw reject(
    'orders.create',
    path,
    first === undefined
      ? 'The shop has no such product, variant or SKU'
      : 'This means several variants of the shop: name the variant',
  );
}

async function variantsNamed(
  store: ConnectedStore,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly FoundVariant[]>> {
  if (ids.length === 0) return new Map();
  const { nodes } = await graphql(store, {
    path: GRAPHQL_PATH,
    document: VARIANTS_NAMED,
    variables: { ids: [...ids] },
    effect: 'read',
    expect: z.object({ nodes: z.array(node) }),
    // How the platform counts a list of ids is not known; no query may cost more than this.
    cost: Math.min(WRITE_COST.namedVariant * ids.length, MAX_QUERY_COST),
  });
  return new Map(
    nodes.flatMap((one): [string, readonly FoundVariant[]][] => {
      if (one?.id === undefined) return [];
      return [[one.id, 'variants' in one ? one.variants.nodes : [one]]];
    }),
  );
}

/** All variants of exactly this SKU; the index lags some seconds behind the records. */
async function variantsBySku(store: ConnectedStore, sku: string, at: number): Promise<readonly FoundVariant[]> {
  const found: FoundVariant[] = [];
  let after: string | undefined;
  for (let page = 0; page < MAX_SKU_PAGES; page += 1) {
    const { productVariants } = await graphql(store, {
      path: GRAPHQL_PATH,
      document: VARIANTS_BY_SKU,
      variables: { query: `sku:${quoted(sku)}`, first: SKU_PAGE, after: after ?? null },
      effect: 'read',
      expect: z.object({ productVariants: connection(variant.extend({ sku: z.string().nullable() })) }),
      cost: connectionCost(SKU_PAGE, WRITE_COST.variantInList),
    });
    found.push(...productVariants.nodes.filter((one) => one.sku === sku));
    if (!productVariants.hasNextPage) return found;
    after = cursorAfter(productVariants, after);
  }
  throw reject(
    'orders.create',
    `lineItems.${at}.sku`,
    'Too many SKUs of the shop look like this one to find it among them: name the variant',
  );
}
