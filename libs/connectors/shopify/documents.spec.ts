import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  Kind,
  type SelectionSetNode,
  getNamedType,
  isCompositeType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadAdminSchema } from './__fixtures__/admin-schema.js';
import * as documents from './documents.js';

const { schema, source } = await loadAdminSchema();
const DOCUMENTS = {
  SHOP: documents.SHOP,
  ORDERS_PAGE: documents.ORDERS_PAGE,
  ORDER_BY_ID: documents.ORDER_BY_ID,
  ORDER_LINE_ITEMS: documents.ORDER_LINE_ITEMS,
};
const MAX_COST = 1000;
const FREE: ReadonlySet<string> = new Set(['PageInfo', 'MoneyBag', 'MoneyV2']);

describe.skipIf(source === 'missing schema')(`the documents, held against the ${source}`, () => {
  it.each(Object.entries(DOCUMENTS))('%s is valid', (_name, document) => {
    expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
  });

  it.each(Object.entries(DOCUMENTS))('%s asks for nothing deprecated', (_name, document) => {
    expect(fieldsIn(document).filter(({ deprecated }) => deprecated !== undefined)).toEqual([]);
  });

  it('cost what the arithmetic says', () => {
    expect(costOf(documents.SHOP)).toBe(documents.COST.shop);
    expect(costOf(documents.ORDER_BY_ID)).toBe(documents.COST.order);
    expect(costOf(documents.ORDER_LINE_ITEMS)).toBe(documents.COST.moreLines);
    for (const first of [1, 2, 3, 7, 15, documents.MAX_PAGE_SIZE]) {
      expect(costOf(documents.ORDERS_PAGE, { first })).toBe(documents.pageCost(first));
    }
  });

  it('stay a tenth below the bound, for the model is a fit', () => {
    expect(documents.pageCost(documents.MAX_PAGE_SIZE)).toBeLessThan(0.9 * MAX_COST);
    expect(documents.COST.order).toBeLessThan(0.9 * MAX_COST);
  });
});

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
      if (isObjectType(type) && field.selectionSet) enter(field.selectionSet, type);
    }
  };
  enter(operation, queryType());
}

/** The fitted model of documents.ts, on the schema's own types. */
function costOf(document: string, variables: Readonly<Record<string, number>> = {}): number {
  const { operation, fragments } = partsOf(parse(document));
  const children = (selection: SelectionSetNode | undefined, parent: unknown): number => {
    // Every interface asked for here has only scalars below it.
    if (selection === undefined || !isObjectType(parent)) return 0;
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
  return children(operation, queryType());
}

const rowsOf = (first: number) => (first <= 2 ? first : Math.max(2, Math.floor(2 * Math.log(first))));

function firstOf(field: FieldNode, variables: Readonly<Record<string, number>>): number {
  const value = field.arguments?.find(({ name }) => name.value === 'first')?.value;
  const first =
    value?.kind === Kind.INT ? Number(value.value) : value?.kind === Kind.VARIABLE ? variables[value.name.value] : NaN;
  if (first === undefined || Number.isNaN(first)) throw new Error(`${field.name.value} does not say how many`);
  return first;
}

function queryType(): GraphQLObjectType {
  const type = schema.getQueryType();
  if (!type) throw new Error('the schema has no query type');
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
    return spread && isObjectType(type) ? fieldsOf(spread.selectionSet, type, fragments) : [];
  });
}
