import { type ConnectedStore, decimal, type OrderInput, sum } from '#contract';
import { z } from 'zod';
import { id, numberIn, text } from './atoms.js';
import { type Body, bodyOf, readRows, rejected } from './record-calls.js';

type Line = OrderInput['lineItems'][number];

const variant = z.object({ id, product_id: id, sku: text });
type Variant = z.infer<typeof variant>;

const VARIANTS = 'v3/catalog/variants';

/**
 * The lines as the platform takes them. It adds no tax to a price that is given: with and without it is the same then.
 * @throws GatewayError `request_rejected` naming the line whose product the shop does not have
 */
export async function lineBodies(
  store: ConnectedStore,
  lines: readonly Line[],
  currency: string,
): Promise<readonly Body[]> {
  const variants = await variantsOf(store, lines);
  return lines.map((line, index) => {
    const path = `lineItems[${index}]`;
    const price = line.unitPrice && numberIn(currency, line.unitPrice, `${path}.unitPrice`);
    return bodyOf({
      ...placeOf(line, variants, path),
      name: line.name,
      quantity: line.quantity,
      price_ex_tax: price,
      price_inc_tax: price,
    });
  });
}

/** A line that names a product goes by its number; a custom one has a name and a price, and may have a SKU. */
function placeOf({ productId, variantId, sku, name }: Line, variants: readonly Variant[], path: string): Body {
  const known = variants.find((one) => (variantId === undefined ? one.sku === sku : one.id === variantId));
  if (variantId === undefined && productId !== undefined) return { product_id: numberOf(productId, path) };
  if (known === undefined) {
    if (variantId === undefined && name !== undefined) return bodyOf({ sku });
    throw rejected('The shop has no such product.', path);
  }
  if (productId !== undefined && productId !== known.product_id)
    throw rejected('The variant belongs to another product.', path);
  return { product_id: Number(known.product_id), variant_id: Number(known.id) };
}

function numberOf(platformId: string, path: string): number {
  if (!/^[1-9]\d{0,9}$/.test(platformId)) throw rejected('The shop has no such product.', path);
  return Number(platformId);
}

/** Every SKU of this platform is a variant's: a product without options has one too. */
async function variantsOf(store: ConnectedStore, lines: readonly Line[]): Promise<readonly Variant[]> {
  const ids = lines.flatMap(({ variantId }) => (variantId && /^[1-9]\d{0,9}$/.test(variantId) ? [variantId] : []));
  const skus = lines.flatMap(({ variantId, productId, sku }) => ((variantId ?? productId) ? [] : (sku ?? [])));
  const found: Variant[] = [];
  // One at a time: this list takes no list of numbers or SKUs (product-variants_catalog.v3.yml).
  for (const number of new Set(ids)) found.push(...(await ask(store, { id: number })));
  for (const sku of new Set(skus)) found.push(...(await ask(store, { sku })));
  return found;
}

async function ask(store: ConnectedStore, query: Readonly<Record<string, string>>): Promise<readonly Variant[]> {
  const { rows } = await readRows(store, VARIANTS, query);
  return rows.flatMap((raw) => variant.safeParse(raw).data ?? []);
}

/** A sum of amounts as V2 takes them: a text with four decimals. */
export function amountText(amounts: readonly number[]): string {
  return sum(amounts.map((amount) => decimal(amount))).toFixed(4);
}
