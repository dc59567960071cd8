import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  Kind,
  type SelectionSetNode,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadAdminSchema } from './__fixtures__/admin-schema.js';
import * as carts from './carts.js';
import * as documents from './documents.js';
import * as orderParts from './order-part-documents.js';
import * as orderWrites from './order-write-documents.js';
import * as uninstall from './uninstall.js';
import * as webhooks from './webhook-subscriptions.js';

const { schema, source } = await loadAdminSchema();
const DOCUMENTS = documentsIn(documents, orderWrites, orderParts, webhooks, carts, uninstall);
const MAX_COST = 1000;
/** Each with what it is said to cost, by the arithmetic of `documents.ts`. */
const COSTS: readonly (readonly [string, string, number])[] = [
  ['the shop', documents.SHOP, documents.COST.shop],
  ['an order', documents.ORDER_BY_ID, documents.COST.order],
  ['more lines', documents.ORDER_LINE_ITEMS, documents.COST.moreLines],
  ['a job', orderWrites.JOB, orderWrites.WRITE_COST.job],
  ['shipments', orderParts.ORDER_FULFILLMENTS, orderParts.PART_COST.fulfillments],
  ['a shipment', orderParts.FULFILLMENT_BY_ID, orderParts.PART_COST.fulfillment],
  ['refunds', orderParts.ORDER_REFUNDS, orderParts.PART_COST.refunds],
  ['a refund', orderParts.REFUND_BY_ID, orderParts.PART_COST.refund],
  ['payments', orderParts.ORDER_TRANSACTIONS, orderParts.PART_COST.transactions],
  ['a return', orderParts.RETURN_BY_ID, orderParts.PART_COST.ownReturn],
  ['what is left to send', orderParts.FULFILLMENT_ORDERS, orderParts.PART_COST.fulfillmentOrders],
  ['a quote', orderParts.REFUND_QUOTE, orderParts.PART_COST.refundQuote],
  ['where goods are', orderParts.GOODS_PLACES, orderParts.PART_COST.goodsPlaces],
  ['what may come back', orderParts.RETURNABLE, orderParts.PART_COST.returnable],
  ['a subscription', webhooks.WEBHOOKS_AT, documents.connectionCost(10, webhooks.WEBHOOK_COST.inPage)],
];
/** Lists, with the cost of a node and of what lies around them. */
const LISTS: readonly (readonly [string, string, number, number])[] = [
  ['orders', documents.ORDERS_PAGE, documents.COST.orderInPage, 0],
  ['returns', orderParts.ORDER_RETURNS, orderParts.PART_COST.returnInPage, 1],
  ['variants by SKU', orderWrites.VARIANTS_BY_SKU, orderWrites.WRITE_COST.variantInList, 0],
  ['subscriptions', webhooks.WEBHOOKS, webhooks.WEBHOOK_COST.inPage, 0],
  ['carts', carts.CARTS_PAGE, carts.CART_COST, 0],
];
/** Definitions of reasons, which replace it, publish no words that a program could know. */
const STILL_USED = ['ReturnLineItem.returnReason', 'UnverifiedReturnLineItem.returnReason'];
const FREE: ReadonlySet<string> = new Set(['PageInfo', 'MoneyBag', 'MoneyV2']);

describe.skipIf(source === 'missing schema')(`the documents, held against the ${source}`, () => {
  it.each(Object.entries(DOCUMENTS))('%s is valid', (_name, document) => {
    expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
  });

  it.each(Object.entries(DOCUMENTS))('%s asks for nothing deprecated', (_name, document) => {
    const old = fieldsIn(document).filter(({ deprecated }) => deprecated !== undefined);
    expect(old.map(({ name }) => name).filter((name) => !STILL_USED.includes(name))).toEqual([]);
  });

  it.each(COSTS)('%s cost what the arithmetic says', (_what, document, cost) => {
    expect(costOf(document, { first: 250 })).toBe(cost);
    expect(cost).toBeLessThan(0.9 * MAX_COST);
  });

  it.each(LISTS)('a page of %s costs what the arithmetic says', (_what, document, node, around) => {
    for (const first of [1, 2, 3, 7, 15, 50, 100])
      expect(costOf(document, { first })).toBe(around + documents.connectionCost(first, node));
  });

  it('a variant by its id costs no more than is reserved for it', () => {
    // `nodes` is a plain list: the platform counts it once, and more than that is only caution.
    expect(costOf(orderWrites.VARIANTS_NAMED)).toBeLessThanOrEqual(orderWrites.WRITE_COST.namedVariant);
  });

  it('stay a tenth below the bound, for the model is a fit', () => {
    expect(documents.pageCost(documents.MAX_PAGE_SIZE)).toBeLessThan(0.9 * MAX_COST);
    expect(documents.COST.order).toBeLessThan(0.9 * MAX_COST);
  });
});

function documentsIn(...modules: readonly object[]): Readonly<Record<string, string>> {
  const found = modules.flatMap((module) => Object.entries(module) as [string, unknown][]);
  return Object.fromEntries(
    found.filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && /^(query|mutation) /.test(entry[1]),
    ),
  );
}

function fieldsIn(document: string) {
  const found: { readonly name: string; readonly deprecated: string | undefined }[] = [];
  walk(parse(document), (field, parent) => {
    const { deprecationReason } = parent.getFields()[field.name.value] ?? {};
    found.push({ name: `${parent.name}.${field.name.value}`, deprecated: deprecationReason ?? undefined });
  });
  return found;
}

function walk(document: ReturnType<typeof parse>, visit: (field: FieldNode, parent: GraphQLObjectType) => void): void {
  const { operation, fragments } = partsOf(document);
  const enter = (selection: SelectionSetNode, parent: GraphQLObjectType): void => {
    for (const { field, on } of fieldsOf(selection, parent, fragments)) {
      visit(field, on);
      const type = typeOf(field, on);
      const types = isObjectType(type) ? [type] : isAbstractType(type) ? schema.getPossibleTypes(type) : [];
      for (const one of types) if (field.selectionSet) enter(field.selectionSet, one);
    }
  };
  enter(operation, rootType(document));
}

/** The fitted model of documents.ts, on the schema's own types. */
function costOf(document: string, variables: Readonly<Record<string, number>> = {}): number {
  const { operation, fragments } = partsOf(parse(document));
  const children = (selection: SelectionSetNode | undefined, parent: unknown): number => {
    if (selection === undefined || !isCompositeType(parent)) return 0;
    // Of an interface or a union, the dearest of its types.
    if (!isObjectType(parent))
      return Math.max(...schema.getPossibleTypes(parent).map((one) => children(selection, one)));
    return fieldsOf(selection, parent, fragments).reduce((sum, { field, on }) => sum + cost(field, on), 0);
  };
  const cost = (field: FieldNode, parent: GraphQLObjectType): number => {
    const type = typeOf(field, parent);
    if (!isCompositeType(type) || FREE.has(type.name)) return 0;
    if (!isObjectType(type) || !type.name.endsWith('Connection')) return 1 + children(field.selectionSet, type);
    const nodes = field.selectionSet?.selections.find(
      (selection): selection is FieldNode => selection.kind === Kind.FIELD && selection.name.value === 'nodes',
    );
    const node = nodes === undefined ? 0 : children(nodes.selectionSet, typeOf(nodes, type));
    return 2 + rowsOf(firstOf(field, variables)) * (1 + node);
  };
  return children(operation, rootType(parse(document)));
}

const rowsOf = (first: number) => (first <= 2 ? first : Math.max(2, Math.floor(2 * Math.log(first))));

function firstOf(field: FieldNode, variables: Readonly<Record<string, number>>): number {
  const value = field.arguments?.find(({ name }) => name.value === 'first')?.value;
  const first =
    value?.kind === Kind.INT ? Number(value.value) : value?.kind === Kind.VARIABLE ? variables[value.name.value] : NaN;
  if (first === undefined || Number.isNaN(first)) throw new Error(`${field.name.value} does not say how many`);
  return first;
}

function rootType(document: ReturnType<typeof parse>): GraphQLObjectType {
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const type = operation === undefined ? undefined : schema.getRootType(operation.operation);
  if (!type) throw new Error('the schema has no such root');
  return type;
}

function typeOf(field: FieldNode, parent: GraphQLObjectType): unknown {
  const known = parent.getFields()[field.name.value];
  return known === undefined ? undefined : getNamedType(known.type);
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function partsOf(document: ReturnType<typeof parse>): { operation: SelectionSetNode; fragments: Fragments } {
  const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('no operation');
  return {
    operation: operation.selectionSet,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
  };
}

interface FieldOn {
  readonly field: FieldNode;
  readonly on: GraphQLObjectType;
}

function fieldsOf(selection: SelectionSetNode, parent: GraphQLObjectType, fragments: Fragments): FieldOn[] {
  return selection.selections.flatMap((one) => {
    if (one.kind === Kind.FIELD) return [{ field: one, on: parent }];
    const spread = one.kind === Kind.INLINE_FRAGMENT ? one : fragments.get(one.name.value);
    const type = spread?.typeCondition ? schema.getType(spread.typeCondition.name.value) : parent;
    const applies = type === parent || !isObjectType(type);
    return spread && applies ? fieldsOf(spread.selectionSet, parent, fragments) : [];
  });
}
