import { Big } from '#contract';
import { keepMoney } from '../money-rounding.js';
import type { FeeLine, LineItem, MetaDatum, ShippingLine, WooOrder } from '../order.js';
import { netOf } from '../pricing.js';
import { restError, type RestError } from '../rest-error.js';
import { amountArgument, type Arguments, objectList, textArgument, textOr, wholeArgument } from './arguments.js';
import type { SoldProduct } from './order-catalogue.js';
import { writeMeta } from './order-meta.js';
import type { OrderShop } from './order-shop.js';
import { adjustStock } from './order-stock.js';

/** An order, or why it cannot be made so. */
export type Written<T> = { readonly value: T } | { readonly error: RestError };

const bad = (code: string, message: string): { readonly error: RestError } => ({
  error: restError(400, `woocommerce_rest_${code}`, message),
});

const NOT_OF_ORDER = bad('invalid_item_id', 'Order item ID provided is not associated with order.');
const NO_PRODUCT = bad('required_product_reference', 'Product ID or SKU is required.');
const NO_METHOD = bad('invalid_shipping_item', 'Shipping method ID is required.');
const NO_FEE_NAME = bad('invalid_fee_item', 'Fee name is required.');

/** Carries out `line_items`, `shipping_lines` and `fee_lines` of a body, one after the other. */
export function writeLines(order: WooOrder, body: Arguments, shop: OrderShop): Written<WooOrder> {
  let current = order;
  for (const [member, write] of WRITERS) {
    for (const asked of objectList(body[member])) {
      const next = isRemoval(asked, member) ? removeLine(current, member, asked, shop) : write(current, asked, shop);
      if ('error' in next) return next;
      current = next.value;
    }
  }
  return { value: current };
}

type LineWriter = (order: WooOrder, asked: Arguments, shop: OrderShop) => Written<WooOrder>;
type LineMember = 'line_items' | 'shipping_lines' | 'fee_lines';

const WRITERS: readonly (readonly [LineMember, LineWriter])[] = [
  ['line_items', writeItem],
  ['shipping_lines', writeShipping],
  ['fee_lines', writeFee],
];

/** A quantity of zero, or a null where the line's identity would be, takes it away. */
function isRemoval(asked: Arguments, member: LineMember): boolean {
  const identity = { line_items: 'product_id', shipping_lines: 'method_id', fee_lines: 'name' }[member];
  const hasId = (wholeArgument(asked['id']) ?? 0) > 0;
  return hasId && (asked[identity] === null || wholeArgument(asked['quantity']) === 0);
}

function removeLine(order: WooOrder, member: LineMember, asked: Arguments, shop: OrderShop): Written<WooOrder> {
  const id = wholeArgument(asked['id']);
  const keep = (line: { readonly id: number }): boolean => line.id !== id;
  if (member === 'shipping_lines') {
    if (order.shippingLines.every(keep)) return NOT_OF_ORDER;
    return { value: { ...order, shippingLines: order.shippingLines.filter(keep) } };
  }
  if (member === 'fee_lines') {
    if (order.feeLines.every(keep)) return NOT_OF_ORDER;
    return { value: { ...order, feeLines: order.feeLines.filter(keep) } };
  }
  const line = order.lines.find((one) => one.id === id);
  if (!line) return NOT_OF_ORDER;
  adjustStock(order, line, 0, shop);
  return { value: { ...order, lines: order.lines.filter(keep) } };
}

function writeItem(order: WooOrder, asked: Arguments, shop: OrderShop): Written<WooOrder> {
  const known = knownLine(order.lines, asked);
  if (known === 'missing') return NOT_OF_ORDER;
  const productId = askedProduct(asked, shop);
  if (!known && productId === undefined) return NO_PRODUCT;
  const product = productId === undefined ? undefined : shop.catalogue.product(productId);
  const quantity = wholeArgument(asked['quantity']) ?? known?.quantity ?? 1;
  const base = known ? keptItem(known, product, shop) : newItem(product, quantity, shop);
  const written = adjustStock(order, withItemFields(base, { ...asked, quantity }, shop), quantity, shop);
  return { value: { ...order, lines: replaceOrAdd(order.lines, written) } };
}

/** 0 for an SKU nobody has: such a line is taken all the same (recorded: err-400-order-bad-product.json). */
function askedProduct(asked: Arguments, { catalogue }: OrderShop): number | undefined {
  const sku = textArgument(asked['sku']) ?? '';
  if (sku !== '') return catalogue.idOfSku(sku) ?? 0;
  const variation = wholeArgument(asked['variation_id']) ?? 0;
  if (variation > 0) return variation;
  const product = wholeArgument(asked['product_id']) ?? 0;
  return product > 0 ? product : undefined;
}

function newItem(product: SoldProduct | undefined, quantity: number, shop: OrderShop): LineItem {
  const net = product && product.price !== '' ? netOf(shop.shop, { ...product, quantity }) : new Big(0);
  const total = keepMoney(net, shop.shop);
  const fields = product ? productFields(product) : NO_PRODUCT_FIELDS;
  return {
    id: shop.totalling.itemId(),
    ...fields,
    quantity,
    subtotal: total,
    total,
    taxes: [],
    meta: product ? choicesOf(product, shop) : [],
  };
}

/** Naming another product swaps it without touching the amounts. */
function keptItem(known: LineItem, product: SoldProduct | undefined, shop: OrderShop): LineItem {
  if (!product || (product.productId === known.productId && product.variationId === known.variationId)) return known;
  const { isFile: _before, ...kept } = known;
  return { ...kept, ...productFields(product), meta: choicesOf(product, shop) };
}

type ProductFields = Pick<
  LineItem,
  'name' | 'productId' | 'variationId' | 'taxClass' | 'sku' | 'globalUniqueId' | 'imageId' | 'parentName' | 'isFile'
>;

const NO_PRODUCT_FIELDS: ProductFields = {
  name: '',
  productId: 0,
  variationId: 0,
  taxClass: '',
  sku: null,
  globalUniqueId: null,
  imageId: 0,
  parentName: null,
};

function productFields(product: SoldProduct): ProductFields {
  const { name, productId, variationId, taxClass, sku, globalUniqueId, imageId, parentName, isFile } = product;
  const fields = { name, productId, variationId, taxClass, sku, globalUniqueId, imageId, parentName };
  return isFile ? { ...fields, isFile } : fields;
}

function choicesOf({ choices }: SoldProduct, { totalling }: OrderShop): MetaDatum[] {
  return choices.map(({ key, label, slug, name }) => ({
    id: totalling.metaId(),
    key,
    value: slug,
    display: { key: label, value: name },
  }));
}

/** A total above the subtotal lifts the subtotal, so that there is never a negative discount. */
function withItemFields(line: LineItem, asked: Arguments, shop: OrderShop): LineItem {
  const total = amountArgument(asked['total']) ?? line.total;
  const subtotal = amountArgument(asked['subtotal']) ?? line.subtotal;
  return {
    ...line,
    name: textArgument(asked['name']) ?? line.name,
    quantity: wholeArgument(asked['quantity']) ?? line.quantity,
    taxClass: textArgument(asked['tax_class'])?.replace(/^standard$/, '') ?? line.taxClass,
    total: keepMoney(total, shop.shop),
    subtotal: keepMoney(subtotal.lt(total) ? total : subtotal, shop.shop),
    meta: writeMeta(line.meta, asked['meta_data'], shop.totalling.metaId, true),
  };
}

const NEW_SHIPPING: ShippingLine = { id: 0, title: '', methodId: '', total: new Big(0), taxes: [] };

function writeShipping(order: WooOrder, asked: Arguments, shop: OrderShop): Written<WooOrder> {
  const known = knownLine(order.shippingLines, asked);
  if (known === 'missing') return NOT_OF_ORDER;
  if (!known && textOr(asked['method_id'], '') === '') return NO_METHOD;
  const before = known ?? { ...NEW_SHIPPING, id: shop.totalling.itemId() };
  const line: ShippingLine = {
    ...before,
    title: textOr(asked['method_title'], before.title),
    methodId: textOr(asked['method_id'], before.methodId),
    instanceId: textOr(asked['instance_id'], before.instanceId ?? ''),
    ...costFields(before, asked, shop),
  };
  return { value: { ...order, shippingLines: replaceOrAdd(order.shippingLines, line) } };
}

const NEW_FEE: FeeLine = { id: 0, name: '', total: new Big(0), taxes: [] };

function writeFee(order: WooOrder, asked: Arguments, shop: OrderShop): Written<WooOrder> {
  const known = knownLine(order.feeLines, asked);
  if (known === 'missing') return NOT_OF_ORDER;
  if (!known && textOr(asked['name'], '') === '') return NO_FEE_NAME;
  const { untaxed, ...before } = known ?? { ...NEW_FEE, id: shop.totalling.itemId() };
  const isUntaxed = textOr(asked['tax_status'], untaxed ? 'none' : 'taxable') === 'none';
  const line: FeeLine = {
    ...before,
    ...(isUntaxed ? { untaxed: true } : {}),
    name: textOr(asked['name'], before.name),
    taxClass: textOr(asked['tax_class'], before.taxClass ?? ''),
    ...costFields(before, asked, shop),
  };
  return { value: { ...order, feeLines: replaceOrAdd(order.feeLines, line) } };
}

/** Undefined for a line to be added. */
function knownLine<Line extends { readonly id: number }>(
  lines: readonly Line[],
  asked: Arguments,
): Line | 'missing' | undefined {
  const id = wholeArgument(asked['id']) ?? 0;
  return id > 0 ? (lines.find((line) => line.id === id) ?? 'missing') : undefined;
}

function costFields(
  before: Pick<ShippingLine, 'total' | 'meta'>,
  asked: Arguments,
  shop: OrderShop,
): { readonly total: Big; readonly meta: readonly MetaDatum[] } {
  return {
    total: keepMoney(amountArgument(asked['total']) ?? before.total, shop.shop),
    meta: writeMeta(before.meta ?? [], asked['meta_data'], shop.totalling.metaId, true),
  };
}

function replaceOrAdd<Line extends { readonly id: number }>(lines: readonly Line[], line: Line): readonly Line[] {
  const isKnown = lines.some((one) => one.id === line.id);
  return isKnown ? lines.map((one) => (one.id === line.id ? line : one)) : [...lines, line];
}
