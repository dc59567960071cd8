import { type ConnectedStore, decimal, type JsonValue, type OrderInput } from '#contract';
import { z } from 'zod';
import { id, list, reference, text } from './atoms.js';
import { amountIn } from './order-body.js';
import { bodyOf, isMissing, rejected } from './record-calls.js';

// WooCommerce takes a line of an unknown product for one of product 0 without a name and a price, and answers 201
// (recorded: err-400-order-bad-product). So every product is looked up before an order is sent; and a line that is
// meant to have no product names one that no shop can have.
const NO_PRODUCT = 2_147_483_647;
const CHUNK = 50;

const PRODUCTS = 'wp-json/wc/v3/products';
const FIELDS = 'id,parent_id,sku,type';

const product = z.object({ id, parent_id: reference, sku: text, type: text });
type Product = z.infer<typeof product>;
const products = list(product);

type Line = OrderInput['lineItems'][number];

/** What a line is of; undefined: nothing of the shop's. */
type Found = ReadonlyMap<Line, Product | undefined>;

/**
 * The lines as the platform takes them, without tax.
 * @throws GatewayError `request_rejected` naming the line whose product the shop does not have
 */
export async function lineBodies(store: ConnectedStore, lines: readonly Line[]): Promise<readonly JsonValue[]> {
  const found = await productsOf(store, lines);
  return lines.map((line, index) => {
    const total = totalOf(line, store.currency, `lineItems[${index}].unitPrice`);
    return bodyOf({
      ...placeOf(found.get(line)),
      name: line.name,
      quantity: line.quantity,
      subtotal: total,
      total,
    });
  });
}

function totalOf({ unitPrice, quantity }: Line, currency: string, path: string): string | undefined {
  if (unitPrice === undefined) return undefined;
  return decimal(amountIn(currency, unitPrice, path))
    .times(quantity)
    .toFixed();
}

function placeOf(found: Product | undefined): { product_id: number; variation_id?: number } {
  if (found === undefined) return { product_id: NO_PRODUCT };
  if (found.parent_id === null || found.type !== 'variation') return { product_id: Number(found.id) };
  return { product_id: Number(found.parent_id), variation_id: Number(found.id) };
}

async function productsOf(store: ConnectedStore, lines: readonly Line[]): Promise<Found> {
  const ids = new Set(lines.flatMap((line) => idOf(line) ?? []));
  const skus = new Set(lines.flatMap((line) => (idOf(line) === undefined ? (line.sku ?? []) : [])));
  const byId = await readById(store, ids);
  const bySku = await readBySku(store, skus);
  return new Map(lines.map((line, index) => [line, checked(line, `lineItems[${index}]`, byId, bySku)]));
}

function idOf({ variantId, productId }: Line): string | undefined {
  return variantId ?? productId;
}

function checked(
  line: Line,
  path: string,
  byId: ReadonlyMap<string, Product>,
  bySku: readonly Product[],
): Product | undefined {
  const { productId, sku } = line;
  const wanted = idOf(line);
  if (wanted === undefined) {
    if (sku === undefined) return undefined;
    const [only, second] = bySku.filter((candidate) => candidate.sku === sku);
    if (only === undefined) throw rejected(`The shop has no product with the SKU ${sku}.`, `${path}.sku`);
    if (second !== undefined) throw rejected(`Several products of the shop have the SKU ${sku}.`, `${path}.sku`);
    return only;
  }
  const found = byId.get(wanted);
  if (found === undefined) throw rejected('The shop has no such product.', path);
  if (sku !== undefined && found.sku !== sku) throw rejected('The product has another SKU.', `${path}.sku`);
  if (productId !== undefined && productId !== found.id && productId !== found.parent_id) {
    throw rejected('The variant belongs to another product.', path);
  }
  return found;
}

async function readById(store: ConnectedStore, ids: ReadonlySet<string>): Promise<Map<string, Product>> {
  const found = new Map<string, Product>();
  // What is no number is no id of the platform, and must not get into a list of them.
  const asked = [...ids].filter((candidate) => /^[1-9]\d{0,14}$/.test(candidate));
  for (const some of chunks(asked)) {
    const query = { include: some.join(','), per_page: CHUNK, _fields: FIELDS };
    const { data } = await store.http({ path: PRODUCTS, query, effect: 'read', expect: products });
    for (const one of data) found.set(one.id, one);
  }
  // The list leaves out variations, but each can be read like a product (recorded: variation-get-as-product).
  for (const missing of asked.filter((candidate) => !found.has(candidate))) {
    const one = await readVariation(store, missing);
    if (one !== undefined) found.set(one.id, one);
  }
  return found;
}

async function readVariation(store: ConnectedStore, platformId: string): Promise<Product | undefined> {
  try {
    const query = { _fields: FIELDS };
    return (await store.http({ path: `${PRODUCTS}/${platformId}`, query, effect: 'read', expect: product })).data;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function readBySku(store: ConnectedStore, skus: ReadonlySet<string>): Promise<Product[]> {
  const found: Product[] = [];
  for (const some of chunks([...skus])) {
    // A list with commas: a SKU that holds one is taken apart by the platform, and then not found.
    const query = { sku: some.join(','), per_page: 100, _fields: FIELDS };
    const { data } = await store.http({ path: PRODUCTS, query, effect: 'read', expect: products });
    found.push(...data);
  }
  return found;
}

function chunks<T>(values: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(values.length / CHUNK) }, (_, index) =>
    values.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}
