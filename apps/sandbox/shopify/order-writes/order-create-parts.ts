import type { RequestContext } from '../graphql/request-context.js';
import { allocate, bagOf, NOTHING, portion, sum, type Bag, type Exchange } from '../orders/bag.js';
import { acrossOrder, onShipping, type Discounted } from '../orders/order-discounts.js';
import type { Line, Order, Shipping, TaxAmount, Transaction } from '../orders/order.js';
import { netOfLine, netOfShipping, orderTotals } from '../orders/order-totals.js';
import { parseAmount } from '../orders/parse-amount.js';
import { numberOfGid } from '../views/gid.js';
import { newTransaction } from './order-state-changes.js';
import type {
  DiscountInput,
  LineInput,
  MoneyInput,
  OrderCreateInput,
  ShippingInput,
  TaxInput,
  TransactionInput,
} from './order-create-input.js';
import { orderVariant, type OrderVariant } from './order-variant.js';

const MILLION = 1_000_000;
const GRAMS: Readonly<Record<string, number>> = { GRAMS: 1, KILOGRAMS: 1_000, OUNCES: 28.349523125, POUNDS: 453.59237 };

/** How the two currencies of an order relate, by the first amount that is given in both. */
export function exchangeOf(input: OrderCreateInput, { shop }: RequestContext): Exchange {
  const bags = [...(input.lineItems ?? []), ...(input.shippingLines ?? [])].map(({ priceSet }) => priceSet);
  const both = bags.find((bag) => bag?.presentmentMoney)?.presentmentMoney;
  const presentmentCurrency = input.presentmentCurrency ?? both?.currencyCode ?? shop.currency;
  const listed = shop.presentment[presentmentCurrency];
  return {
    shopCurrency: shop.currency,
    presentmentCurrency,
    rate: presentmentCurrency === shop.currency ? 1 : (listed ?? 1),
  };
}

function bagOfInput(input: MoneyInput, exchange: Exchange): Bag {
  const shop = parseAmount(input.shopMoney.amount, exchange.shopCurrency) ?? 0;
  const { presentmentMoney: given } = input;
  if (given?.currencyCode !== exchange.presentmentCurrency) return bagOf(shop, exchange);
  return { shop, presentment: parseAmount(given.amount, exchange.presentmentCurrency) ?? 0 };
}

/** The taxes of an input on an amount; one without a price is worked out from its rate. */
function taxesOf(inputs: readonly TaxInput[] | null | undefined, net: Bag, included: boolean, exchange: Exchange) {
  return (inputs ?? []).map(({ title, rate, priceSet }): TaxAmount => {
    const ppm = Math.round(Number(rate) * MILLION);
    const amount = priceSet ? bagOfInput(priceSet, exchange) : portion(net, ppm, included ? MILLION + ppm : MILLION);
    return { title, ppm, amount };
  });
}

/** A line of something that is not in the catalogue: what the input leaves out. */
const NO_VARIANT = {
  title: '',
  variantTitle: null,
  sku: null,
  vendor: null,
  productId: null,
  variantId: null,
  price: 0,
  grams: 0,
  taxable: true,
  requiresShipping: false,
  isGiftCard: false,
} as const;

/** What the input says itself stands in front of what the variant says. */
function wareOf(input: LineInput, variant: OrderVariant | undefined) {
  const known = variant ?? NO_VARIANT;
  const { weight } = input;
  return {
    title: input.title ?? known.title,
    variantTitle: input.variantTitle ?? known.variantTitle,
    sku: input.sku ?? known.sku,
    vendor: input.vendor ?? known.vendor,
    productId: known.productId ?? numberOfGid(input.productId ?? '', 'Product') ?? null,
    variantId: known.variantId,
    grams: weight ? Math.round(weight.value * (GRAMS[weight.unit] ?? 1)) : known.grams,
  };
}

/** One line before discounts and taxes. */
export function lineOf(input: LineInput, exchange: Exchange, { data }: RequestContext): Line {
  const variant = orderVariant(data, numberOfGid(input.variantId ?? '', 'ProductVariant') ?? 0);
  const known = variant ?? NO_VARIANT;
  return {
    ...wareOf(input, variant),
    id: data.nextId(),
    quantity: input.quantity,
    unitPrice: input.priceSet ? bagOfInput(input.priceSet, exchange) : bagOf(known.price, exchange),
    allocations: [],
    taxes: [],
    duty: NOTHING,
    taxable: known.taxable && input.taxable !== false,
    // The input's own defaults are false, so for a variant they cannot be told from "not given".
    requiresShipping: known.requiresShipping || input.requiresShipping === true,
    isGiftCard: known.isGiftCard || input.giftCard === true,
    attributes: (input.properties ?? []).map(({ name, value }) => ({ key: name, value })),
  };
}

/** One way of shipping before discounts and taxes. */
export function shippingOf(input: ShippingInput, exchange: Exchange, { data }: RequestContext): Shipping {
  return {
    id: data.nextId(),
    title: input.title,
    code: input.code ?? input.title,
    source: input.source ?? 'custom',
    price: bagOfInput(input.priceSet, exchange),
    allocations: [],
    taxes: [],
    removed: false,
  };
}

/** Applies the one code an order may be created with. */
export function withDiscount(
  parts: Discounted,
  code: DiscountInput | null | undefined,
  exchange: Exchange,
): Discounted {
  const {
    itemPercentageDiscountCode: percent,
    itemFixedDiscountCode: fixed,
    freeShippingDiscountCode: free,
  } = code ?? {};
  if (percent) return acrossOrder(percent.code, { percent: percent.percentage ?? 0 })(parts, exchange);
  if (fixed) {
    const amount = fixed.amountSet ? bagOfInput(fixed.amountSet, exchange) : NOTHING;
    return acrossOrder(fixed.code, { amount })(parts, exchange);
  }
  return free ? onShipping(free.code, { percent: 100 })(parts, exchange) : parts;
}

/** Puts the given taxes on the lines; those of the whole order are spread over its taxable lines. */
export function withTaxes(parts: Discounted, input: OrderCreateInput, exchange: Exchange): Discounted {
  const included = input.taxesIncluded === true;
  const nets = parts.lines.map((line) => (line.taxable ? netOfLine(line) : NOTHING));
  const whole = taxesOf(input.taxLines, sum(nets), included, exchange);
  const shares = whole.map(({ amount }) => allocate(amount, nets));
  const lines = parts.lines.map((line, index) => ({
    ...line,
    taxes: [
      ...taxesOf(input.lineItems?.[index]?.taxLines, netOfLine(line), included, exchange),
      ...whole.flatMap((tax, at) => (line.taxable ? [{ ...tax, amount: shares[at]?.[index] ?? NOTHING }] : [])),
    ],
  }));
  const shipping = parts.shipping.map((line, index) => ({
    ...line,
    taxes: taxesOf(input.shippingLines?.[index]?.taxLines, netOfShipping(line), included, exchange),
  }));
  return { ...parts, lines, shipping };
}

const KINDS: Readonly<Record<string, Transaction['kind']>> = {
  SALE: 'SALE',
  AUTHORIZATION: 'AUTHORIZATION',
  CAPTURE: 'CAPTURE',
  REFUND: 'REFUND',
  VOID: 'VOID',
};
const STATUSES: Readonly<Record<string, Transaction['status']>> = {
  SUCCESS: 'SUCCESS',
  PENDING: 'PENDING',
  FAILURE: 'FAILURE',
  ERROR: 'ERROR',
  AWAITING_RESPONSE: 'AWAITING_RESPONSE',
  UNKNOWN: 'UNKNOWN',
};

function transactionOf(input: TransactionInput, exchange: Exchange, context: RequestContext): Transaction {
  const gateway = input.gateway ?? 'manual';
  const at = Date.parse(input.processedAt ?? '');
  return newTransaction(context, {
    kind: KINDS[input.kind ?? 'SALE'] ?? 'SALE',
    status: STATUSES[input.status ?? 'SUCCESS'] ?? 'SUCCESS',
    amount: bagOfInput(input.amountSet, exchange),
    gateway,
    gatewayTitle: gateway,
    authorizationCode: input.authorizationCode ?? null,
    ...(Number.isNaN(at) ? {} : { at: Math.floor(at / 1_000) * 1_000 }),
  });
}

/** Payments that make an order's financial status what was asked for. Believed: Shopify makes them up likewise. */
function impliedPayments(status: string, total: Bag, context: RequestContext): readonly Transaction[] {
  const make = (given: Partial<Transaction> & Pick<Transaction, 'kind'>) =>
    newTransaction(context, { amount: total, ...given });
  const sale = make({ kind: 'SALE' });
  switch (status) {
    case 'PAID':
      return [sale];
    case 'REFUNDED':
      return [sale, make({ kind: 'REFUND', parentId: sale.id })];
    case 'AUTHORIZED':
    case 'EXPIRED':
      return [make({ kind: 'AUTHORIZATION' })];
    case 'VOIDED': {
      const authorization = make({ kind: 'AUTHORIZATION' });
      return [authorization, make({ kind: 'VOID', parentId: authorization.id })];
    }
    case 'PENDING':
      return [make({ kind: 'SALE', status: 'PENDING' })];
    default:
      return [];
  }
}

/** The payments of an order being created. */
export function paymentsOf(input: OrderCreateInput, order: Order, context: RequestContext): readonly Transaction[] {
  const given = input.transactions ?? [];
  if (given.length > 0) return given.map((one) => transactionOf(one, order.exchange, context));
  const { total } = orderTotals(order);
  return total.shop === 0 ? [] : impliedPayments(input.financialStatus ?? '', total, context);
}
