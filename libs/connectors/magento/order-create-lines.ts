import { type Big, type ConnectedStore, decimal, type JsonValue, type OrderInput, sum } from '#contract';
import { readRecords } from '#kit';
import { findBySkus, findProducts } from './catalogue/find-products.js';
import { pricesOf } from './catalogue/product-record.js';
import { isConfigurable, type MagentoProduct, productAsPrinted } from './catalogue/product-schema.js';
import { where } from './search-criteria.js';
import { amountIn, bodyOf, rejected } from './record-calls.js';

type Line = OrderInput['lineItems'][number];
type Body = Readonly<Record<string, JsonValue>>;

/** A line as it is written, with what it comes to and whether it has to be sent. */
export interface NewLine {
  readonly body: Body;
  readonly total: Big;
  readonly quantity: number;
  readonly isVirtual: boolean;
}

const VIRTUAL: ReadonlySet<string | null> = new Set(['virtual', 'downloadable']);

/**
 * The lines of an order, each with a price and without tax. The platform takes whatever it is told, also products that
 * there are none of; so they are looked up first.
 * @throws GatewayError `request_rejected` naming the line whose product the shop does not have
 */
export async function newLines(
  store: ConnectedStore,
  { lineItems, fees = [] }: OrderInput,
  storeId: number,
): Promise<readonly NewLine[]> {
  const products = await productsOf(store, lineItems);
  const lines = lineItems.map((line, index) => {
    const path = `lineItems[${index}]`;
    const product = productFor(line, products, path);
    return newLine({
      storeId,
      quantity: line.quantity,
      price: priceOf(line, product, store.currency, path),
      name: line.name ?? product?.name ?? line.sku ?? '',
      product,
    });
  });
  return [...lines, ...fees.map((fee, index) => feeLine(fee, index, store.currency, storeId))];
}

interface Drawn {
  readonly storeId: number;
  readonly quantity: number;
  readonly price: Big;
  readonly name: string;
  readonly product: MagentoProduct | undefined;
}

/** What is no product of the shop is written as one that nobody has to send: there is no stock it could be taken from. */
function newLine({ storeId, quantity, price, name, product }: Drawn): NewLine {
  const total = price.times(quantity);
  const type = product === undefined ? 'virtual' : (product.type_id ?? 'simple');
  const isVirtual = VIRTUAL.has(type);
  const body = bodyOf({
    store_id: storeId,
    product_id: product === undefined ? undefined : Number(product.id),
    product_type: type,
    is_virtual: isVirtual ? 1 : 0,
    // There must be one; nothing of the shop is looked up by it.
    sku: product?.sku ?? name,
    name,
    qty_ordered: quantity,
    ...twice('price', price),
    ...twice('original_price', price),
    ...twice('price_incl_tax', price),
    ...twice('row_total', total),
    ...twice('row_total_incl_tax', total),
    ...twice('tax_amount', decimal('0')),
    ...twice('discount_amount', decimal('0')),
  });
  return { body, total, quantity, isVirtual };
}

/** An amount as the buyer sees it and as the books have it, which here are the same. */
export function twice(name: string, value: Big): Body {
  return { [name]: value.toNumber(), [`base_${name}`]: value.toNumber() };
}

function feeLine(
  fee: NonNullable<OrderInput['fees']>[number],
  index: number,
  currency: string,
  storeId: number,
): NewLine {
  const path = `fees[${index}].amount`;
  const price = amountIn(currency, fee.amount, path);
  if (price.lt(0)) throw rejected('Magento takes no line below zero.', path);
  return newLine({ storeId, quantity: 1, price, name: fee.name, product: undefined });
}

function priceOf({ unitPrice }: Line, product: MagentoProduct | undefined, currency: string, path: string): Big {
  if (unitPrice !== undefined) return amountIn(currency, unitPrice, `${path}.unitPrice`);
  const price = product && pricesOf(product, currency, new Date()).price;
  if (!price) throw rejected('The product has no price of its own: name a unitPrice.', `${path}.unitPrice`);
  return decimal(price.amount);
}

function idOf({ variantId, productId }: Line): string | undefined {
  return variantId ?? productId;
}

async function productsOf(store: ConnectedStore, lines: readonly Line[]): Promise<readonly MagentoProduct[]> {
  const ids = [...new Set(lines.flatMap((line) => idOf(line) ?? []))];
  const skus = lines.flatMap((line) => (idOf(line) === undefined ? (line.sku ?? []) : []));
  // What is no number is no id of the platform, and must not get into a list of them.
  const numbers = ids.filter((id) => /^[1-9]\d{0,14}$/.test(id));
  const byId = numbers.length === 0 ? [] : await findProducts(store, [where('entity_id', 'in', numbers.join(','))]);
  const bySku = skus.length === 0 ? [] : await findBySkus(store, skus);
  return [...readRecords(byId, productAsPrinted).items, ...bySku].map(({ record }) => record);
}

function productFor(line: Line, products: readonly MagentoProduct[], path: string): MagentoProduct | undefined {
  const wanted = idOf(line);
  if (wanted === undefined && line.sku === undefined) return undefined;
  const isSame = (sku: string) => sku.toLowerCase() === line.sku?.toLowerCase();
  const found = products.find(({ id, sku }) => (wanted === undefined ? isSame(sku) : id === wanted));
  if (found === undefined) throw rejected('The shop has no such product.', path);
  if (line.sku !== undefined && !isSame(found.sku)) throw rejected('The product has another SKU.', `${path}.sku`);
  if (isConfigurable(found)) throw rejected('The product has variants: name one of them.', path);
  return found;
}

export function totalOfLines(lines: readonly NewLine[]): Big {
  return sum(lines.map(({ total }) => total));
}
