import type { RecordedRequest, ReplayTarget } from '#contract';
import { z } from 'zod';

/** A variable as far as it may hold an id: itself, or as an identifier object does. */
const idInside = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]).catch('');

const graphqlRequest = z.object({
  query: z.string().max(100_000),
  variables: z.record(z.string(), idInside).nullish().catch(null),
  operationName: z.string().nullish(),
});

interface Target {
  readonly operation: ReplayTarget['operation'];
  /** The type of the id it is asked with; absent for a list of the whole shop. */
  readonly type?: string;
  /** Of a list that belongs to one record: the filter its id is. */
  readonly filter?: string;
}

const TARGETS: ReadonlyMap<string, Target> = new Map([
  ['shop', { operation: 'shop.get' }],
  ['orders', { operation: 'orders.list' }],
  ['order', { operation: 'orders.get', type: 'Order' }],
  ['orderByIdentifier', { operation: 'orders.get', type: 'Order' }],
  ['abandonedCheckouts', { operation: 'carts.list' }],
  ['webhookSubscriptions', { operation: 'webhooks.list' }],
  ['products', { operation: 'products.list' }],
  ['product', { operation: 'products.get', type: 'Product' }],
  ['locations', { operation: 'locations.list' }],
  ['customers', { operation: 'customers.list' }],
  ['customer', { operation: 'customers.get', type: 'Customer' }],
  ['collections', { operation: 'categories.list' }],
  ['collection', { operation: 'categories.get', type: 'Collection' }],
  ['discountNodes', { operation: 'coupons.list' }],
  ['discountNode', { operation: 'coupons.get', type: 'Discount(?:Code|Automatic)?Node' }],
]);

/** Of a record of which nothing is asked but one list of it. */
const PARTS: ReadonlyMap<string, Target> = new Map([
  ['order.fulfillments', { operation: 'fulfillments.list', type: 'Order', filter: 'orderId' }],
  ['order.refunds', { operation: 'refunds.list', type: 'Order', filter: 'orderId' }],
  ['order.returns', { operation: 'returns.list', type: 'Order', filter: 'orderId' }],
  ['order.transactions', { operation: 'transactions.list', type: 'Order', filter: 'orderId' }],
  ['product.variants', { operation: 'variants.list', type: 'Product', filter: 'productId' }],
  ['customer.addressesV2', { operation: 'addresses.list', type: 'Customer', filter: 'customerId' }],
  ['location.inventoryLevels', { operation: 'inventory.list', type: 'Location', filter: 'locationId' }],
  ['productVariant.inventoryItem', { operation: 'inventory.list', type: 'ProductVariant', filter: 'variantId' }],
]);

/** What is asked beside a list, to read its rows. */
const BESIDE: ReadonlySet<string> = new Set(['order.id', 'order.currencyCode']);
/** One cart is a search for its number (see `carts.ts`). */
const CART_NUMBER = /^id:(\d{1,20})$/;

const NOISE = /#[^\n]*|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"/g;
const SPREADS_AND_DIRECTIVES = /\.\.\.\s*(?:on\s+)?\w*|@\s*\w+/g;

/** Pure. The operation a recorded GraphQL request belongs to, by the first field of its query that we know. */
export function recognize({ method, url, body }: RecordedRequest): ReplayTarget | undefined {
  if (method.toUpperCase() !== 'POST' || !url.pathname.endsWith('/graphql.json')) return undefined;
  const request = graphqlRequest.safeParse(typeof body === 'string' ? parsed(body) : body);
  if (!request.success) return undefined;
  const { query, variables, operationName } = request.data;
  const target = targetOf(asked(query, operationName ?? undefined));
  if (target?.operation === 'carts.list') return cartsAsked(variables?.['query']);
  return target && named(target, [...Object.values(variables ?? {}), query].join(' '));
}

function cartsAsked(search = ''): ReplayTarget {
  const number = CART_NUMBER.exec(search)?.[1];
  return number === undefined
    ? { operation: 'carts.list' }
    : { operation: 'carts.get', platformId: `gid://shopify/AbandonedCheckout/${number}` };
}

function named({ operation, type, filter }: Target, text: string): ReplayTarget | undefined {
  if (type === undefined) return { operation };
  // As a variable or written into the query: a global id of that type looks like nothing else.
  const id = new RegExp(`gid://shopify/${type}/\\d+`).exec(text)?.[0];
  if (id === undefined) return undefined;
  return filter === undefined ? { operation, platformId: id } : { operation, filter: { [filter]: id } };
}

function targetOf({ fields, parts }: Asked): Target | undefined {
  const [part, another] = parts.map((name) => `${fields[0] ?? ''}.${name}`).filter((path) => !BESIDE.has(path));
  const owned = part === undefined || another !== undefined ? undefined : PARTS.get(part);
  return owned ?? fields.map((field) => TARGETS.get(field)).find((known) => known !== undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Asked {
  readonly fields: readonly string[];
  /** The fields below those. */
  readonly parts: readonly string[];
}

const NOTHING: Asked = { fields: [], parts: [] };

/** What the named query asks for, or the first one; nothing for a mutation. */
function asked(document: string, name: string | undefined): Asked {
  for (const { head, fields, parts } of definitionsOf(document.replace(NOISE, ' '))) {
    const [kind = 'query', called] = head.match(/\w+/g) ?? [];
    if (kind === 'fragment' || (name !== undefined && called !== name)) continue;
    return kind === 'query' ? { fields: namesIn(fields), parts: namesIn(parts) } : NOTHING;
  }
  return NOTHING;
}

/** A word before a colon is an alias; the field's own name follows it. */
function namesIn(selection: string): readonly string[] {
  return selection.replace(SPREADS_AND_DIRECTIVES, ' ').match(/\b\w+\b(?!\s*:)/g) ?? [];
}

const DEPTHS = ['head', 'fields', 'parts'] as const;
type Definition = Readonly<Record<(typeof DEPTHS)[number], string>>;
const NOTHING_READ: Definition = { head: '', fields: '', parts: '' };

/** Splits a document into what stands before each outermost selection, directly in it, and one level below. */
function definitionsOf(document: string): readonly Definition[] {
  const definitions: Definition[] = [];
  let read = NOTHING_READ;
  let [braces, parentheses] = [0, 0];
  for (const piece of document.match(/[{}()]|[^{}()]+/g) ?? []) {
    parentheses += PARENTHESES.get(piece) ?? 0;
    if (parentheses > 0 || PARENTHESES.has(piece)) continue;
    const step = BRACES.get(piece);
    braces += step ?? 0;
    const part = step === undefined ? DEPTHS[braces] : undefined;
    if (part !== undefined) read = { ...read, [part]: `${read[part]} ${piece}` };
    if (piece !== '}' || braces !== 0) continue;
    definitions.push(read);
    read = NOTHING_READ;
  }
  return definitions;
}

const PARENTHESES: ReadonlyMap<string, number> = new Map([
  ['(', 1],
  [')', -1],
]);
const BRACES: ReadonlyMap<string, number> = new Map([
  ['{', 1],
  ['}', -1],
]);
