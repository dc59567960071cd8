import type { Order } from '../orders/order.js';
import { financialStatus, fulfillmentStatus, orderName, returnStatus } from '../orders/order-status.js';
import { orderTotals } from '../orders/order-totals.js';
import { decimalsOf } from '../orders/bag.js';
import type { Shop } from '../shops.js';
import { fullName } from '../views/address-view.js';
import { graphqlFailure } from './graphql-failure.js';
import { printCutMoment, readStretch } from './search-moment.js';
import { parseSearch, printSearch, type SearchNode, type SearchTerm, type SearchWarning } from './search-syntax.js';

/** A search for orders, ready to run. */
export interface OrderSearch {
  readonly matches: (order: Order) => boolean;
  readonly parsed: unknown;
  readonly warnings: readonly SearchWarning[];
}

interface Setting {
  readonly shop: Shop;
  readonly now: Date;
}

type Test = (order: Order) => boolean;
type Field = (term: SearchTerm, setting: Setting) => Test;

const UNSENT = ['UNFULFILLED', 'ON_HOLD', 'SCHEDULED', 'IN_PROGRESS'];
const FULFILLMENT: Readonly<Record<string, readonly string[]>> = {
  unshipped: UNSENT,
  unfulfilled: UNSENT,
  shipped: ['FULFILLED'],
  fulfilled: ['FULFILLED'],
  partial: ['PARTIALLY_FULFILLED'],
  scheduled: ['SCHEDULED'],
  on_hold: ['ON_HOLD'],
  request_declined: ['REQUEST_DECLINED'],
};

function moment(of: (order: Order) => number): Field {
  return ({ value, comparator }, { shop, now }) => {
    const stretch = readStretch(value, shop.timezone, now);
    // Not recorded: what Shopify does with a value that is no time. Here nothing matches it.
    if (stretch === undefined) return () => false;
    const { from, to } = stretch;
    const tests: Readonly<Record<SearchTerm['comparator'], (at: number) => boolean>> = {
      is: (at) => at >= from && at < to,
      '>=': (at) => at >= from,
      '>': (at) => at >= to,
      '<': (at) => at < from,
      '<=': (at) => at < to,
    };
    return (order) => tests[comparator](of(order));
  };
}

function number(of: (order: Order) => number | undefined): Field {
  return ({ value, comparator }) => {
    const wanted = Number(value);
    const tests: Readonly<Record<SearchTerm['comparator'], (own: number) => boolean>> = {
      is: (own) => own === wanted,
      '>=': (own) => own >= wanted,
      '>': (own) => own > wanted,
      '<': (own) => own < wanted,
      '<=': (own) => own <= wanted,
    };
    return (order) => tests[comparator](of(order) ?? Number.NaN);
  };
}

/** Texts are compared without regard to case; `abc*` is a beginning and `*` anything at all. */
function matchesText(own: string, { value, quoted }: SearchTerm): boolean {
  const wanted = value.toLowerCase();
  if (!quoted && wanted === '*') return own !== '';
  if (!quoted && wanted.endsWith('*')) return own.toLowerCase().startsWith(wanted.slice(0, -1));
  return own.toLowerCase() === wanted;
}

function text(of: (order: Order) => readonly (string | null)[]): Field {
  return (term) => (order) => of(order).some((own) => own !== null && matchesText(own, term));
}

function word(of: (order: Order, wanted: string) => boolean): Field {
  return ({ value }) => {
    const wanted = value.toLowerCase().split(',');
    return (order) => wanted.some((one) => of(order, one));
  };
}

function hasStatus(order: Order, wanted: string): boolean {
  const cancelled = order.cancelledAt !== null;
  const closed = order.closedAt !== null;
  const statuses: Readonly<Record<string, boolean>> = {
    any: true,
    open: !closed && !cancelled,
    closed,
    cancelled,
    not_closed: !closed,
  };
  return statuses[wanted] ?? false;
}

const FIELDS: Readonly<Record<string, Field>> = {
  updated_at: moment(({ updatedAt }) => updatedAt),
  created_at: moment(({ createdAt }) => createdAt),
  processed_at: moment(({ createdAt, processedAt }) => processedAt ?? createdAt),
  id: number(({ id }) => id),
  customer_id: number(({ buyer }) => buyer?.id),
  current_total_price: number(
    (order) => orderTotals(order).currentTotal.shop / 10 ** decimalsOf(order.exchange.shopCurrency),
  ),
  name: text((order) => [orderName(order), `#${order.number}`, String(order.number)]),
  email: text(({ email }) => [email]),
  tag: text(({ tags }) => tags),
  tag_not: (term) => (order) => !order.tags.some((tag) => matchesText(tag, term)),
  sku: text(({ lines }) => lines.map(({ sku }) => sku)),
  confirmation_number: text(({ confirmationNumber }) => [confirmationNumber]),
  po_number: text(({ poNumber }) => [poNumber]),
  source_identifier: text(({ sourceIdentifier }) => [sourceIdentifier]),
  return_status: word((order, wanted) => returnStatus(order).toLowerCase() === wanted),
  source_name: text(({ sourceName }) => [sourceName]),
  gateway: text(({ transactions }) => transactions.map(({ gateway }) => gateway)),
  discount_code: text(({ discounts }) => [discounts.find(({ kind }) => kind === 'code')?.title ?? null]),
  test: word((order, wanted) => String(order.test) === wanted),
  status: word(hasStatus),
  financial_status: word((order, wanted) => financialStatus(order).toLowerCase() === wanted),
  fulfillment_status: word((order, wanted) => FULFILLMENT[wanted]?.includes(fulfillmentStatus(order)) === true),
  default: (term) => (order) => {
    const { buyer, email, number: own, note } = order;
    const words = [String(own), email, note, fullName(buyer?.firstName ?? null, buyer?.lastName ?? null)];
    const all = words.flatMap((one) => [one ?? '', ...(one ?? '').split(/\s+/)]);
    return all.some((one) => one !== '' && matchesText(one, { ...term, value: term.value.replace(/^#/, '') }));
  },
};

/** Search fields of orders at Shopify that the sandbox does not simulate: an honest failure instead of a wrong answer. */
const NOT_SIMULATED: ReadonlySet<string> = new Set(
  `cart_token channel channel_id chargeback_status checkout_token credit_card_last4 delivery_method earliest_fulfill_by
  fraud_protection_level fulfillment_location_id location_id metafields payment_id payment_provider_id reference_location_id risk_level
  sales_channel subtotal_line_items_quantity total_weight user_id`.split(/\s+/),
);

const TIMES: ReadonlySet<string> = new Set(['updated_at', 'created_at', 'processed_at']);

function termTest(term: SearchTerm, setting: Setting, warnings: SearchWarning[]): Test {
  const { field, value, comparator, quoted } = term;
  // Reported: a comparison with nothing is an internal error at Shopify.
  if (value === '' && !quoted && comparator !== 'is') throw graphqlFailure('INTERNAL_SERVER_ERROR', 'Internal error.');
  const make = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
  if (make !== undefined) return make(term, setting);
  if (NOT_SIMULATED.has(field)) {
    throw graphqlFailure('INTERNAL_SERVER_ERROR', `The sandbox does not search orders by ${field}.`);
  }
  // recorded: an unknown field does not fail; its term is left out and a warning tells.
  warnings.push({ field, message: 'Invalid search field for this query.', code: 'invalid_field' });
  return () => true;
}

function compile(node: SearchNode, setting: Setting, warnings: SearchWarning[]): Test {
  switch (node.kind) {
    case 'term':
      return termTest(node, setting, warnings);
    case 'not': {
      const before = warnings.length;
      const inner = compile(node.term, setting, warnings);
      return warnings.length > before ? () => true : (order) => !inner(order);
    }
    case 'and':
    case 'or': {
      const tests = node.terms.map((term) => compile(term, setting, warnings));
      return (order) => (node.kind === 'and' ? tests.every((test) => test(order)) : tests.some((test) => test(order)));
    }
  }
}

/**
 * Compiles the `query` argument of orders.
 * @throws {GraphQLError} INTERNAL_SERVER_ERROR on an empty comparison, and on a field the sandbox does not simulate
 */
export function orderSearch(query: string, shop: Shop, now: Date): OrderSearch {
  const node = parseSearch(query);
  if (node === undefined) return { matches: () => true, parsed: {}, warnings: [] };
  const warnings: SearchWarning[] = [];
  const matches = compile(node, { shop, now }, warnings);
  const valueOf = ({ field, value, cut }: SearchTerm): string =>
    cut && TIMES.has(field) ? printCutMoment(value, shop.timezone, now) : value;
  return { matches, parsed: printSearch(node, valueOf), warnings };
}
