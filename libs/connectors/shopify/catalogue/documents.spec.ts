import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  NoDeprecatedCustomRule,
  type SelectionSetNode,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { loadAdminSchema } from '../__fixtures__/admin-schema.js';
import { connectionCost } from '../documents.js';
import * as addresses from './addresses.js';
import * as categories from './categories.js';
import * as categoryWrites from './category-writes.js';
import * as coupons from './coupon-documents.js';
import * as customerWrites from './customer-writes.js';
import * as customers from './customers.js';
import * as inventory from './inventory-record.js';
import * as locations from './locations.js';
import * as products from './product-documents.js';

const { schema, source } = await loadAdminSchema();
const MODULES = [
  addresses,
  categories,
  categoryWrites,
  coupons,
  customerWrites,
  customers,
  inventory,
  locations,
  products,
];
const DOCUMENTS = MODULES.flatMap((module) => Object.entries(module) as [string, unknown][]).filter(
  (entry): entry is [string, string] => typeof entry[1] === 'string' && /^(query|mutation) /.test(entry[1]),
);

/** Cost of one node of a list, and of what lies around the list. */
const LISTS: readonly (readonly [string, string, number, number])[] = [
  ['PRODUCTS_PAGE', products.PRODUCTS_PAGE, products.PRODUCT_COST.productInPage, 0],
  ['VARIANTS_PAGE', products.VARIANTS_PAGE, products.PRODUCT_COST.variant, 1],
  ['PRODUCTS_BY_SKU', products.PRODUCTS_BY_SKU, products.PRODUCT_COST.skuInList, 0],
  ['LOCATIONS_PAGE', locations.LOCATIONS_PAGE, locations.LOCATION_COST, 0],
  ['LOCATION_IDS', locations.LOCATION_IDS, 1, 0],
  ['LEVELS_OF_LOCATION', inventory.LEVELS_OF_LOCATION, inventory.LEVEL_COST, 1],
  ['LEVELS_OF_VARIANT', inventory.LEVELS_OF_VARIANT, inventory.LEVEL_COST, 2],
  ['CUSTOMERS_PAGE', customers.CUSTOMERS_PAGE, customers.CUSTOMER_COST, 0],
  ['ADDRESSES_PAGE', addresses.ADDRESSES_PAGE, 1, 1],
  ['CATEGORIES_PAGE', categories.CATEGORIES_PAGE, categories.CATEGORY_COST, 0],
  ['COUPONS_PAGE', coupons.COUPONS_PAGE, coupons.COUPON_COST.couponInPage, 0],
];

const ONES: readonly (readonly [string, string, number])[] = [
  ['PRODUCT_BY_ID', products.PRODUCT_BY_ID, products.PRODUCT_COST.product],
  ['VARIANT_BY_ID', products.VARIANT_BY_ID, products.PRODUCT_COST.variant],
  ['LEVEL_AT', inventory.LEVEL_AT, 1 + inventory.LEVEL_COST],
  ['ITEM_OF_VARIANT', inventory.ITEM_OF_VARIANT, 2],
  ['CUSTOMER_BY_ID', customers.CUSTOMER_BY_ID, customers.CUSTOMER_COST],
  ['DEFAULT_ADDRESS', addresses.DEFAULT_ADDRESS, 2],
  ['CATEGORY_BY_ID', categories.CATEGORY_BY_ID, categories.CATEGORY_COST],
  ['COUPON_BY_ID', coupons.COUPON_BY_ID, coupons.COUPON_COST.coupon],
];

describe.skipIf(source === 'missing schema')(`the catalogue's documents, held against the ${source}`, () => {
  it('are all here', () => {
    expect(DOCUMENTS.length).toBe(43);
  });

  it.each(DOCUMENTS)('%s is valid and asks for nothing deprecated', (_name, document) => {
    const rules = [...specifiedRules, NoDeprecatedCustomRule];
    expect(validate(schema, parse(document), rules).map(({ message }) => message)).toEqual([]);
  });

  it.each(LISTS)(
    'a page of %s costs what the arithmetic says, at most nine tenths of the bound',
    (_n, document, node, around) => {
      for (const first of [1, 2, 3, 7, 50, 100, 250])
        expect(costOf(schema, document, first)).toBe(around + connectionCost(first, node));
      expect(costOf(schema, document, 100)).toBeLessThan(900);
    },
  );

  it.each(ONES)('%s costs what the arithmetic says', (_name, document, cost) => {
    expect(costOf(schema, document, 0)).toBe(cost);
  });
});

/** A `Count` is dearer than any object; amounts and page information are free (the fitted model of `documents.ts`). */
const FIXED: ReadonlyMap<string, number> = new Map([
  ['PageInfo', 0],
  ['MoneyV2', 0],
  ['Count', 10],
]);

function costOf(of: GraphQLSchema, document: string, first: number): number {
  const { definitions } = parse(document);
  const fragments = new Map(
    definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((one) => [one.name.value, one]),
  );

  /** Of a union or interface the dearest type. */
  const below = (selection: SelectionSetNode, type: unknown): number => {
    if (isAbstractType(type)) return Math.max(...of.getPossibleTypes(type).map((one) => below(selection, one)));
    return fieldsOf(selection, type).reduce((total, field) => total + cost(field, type), 0);
  };

  const fieldsOf = (selection: SelectionSetNode, type: unknown): FieldNode[] =>
    selection.selections.flatMap((one) => {
      if (one.kind === Kind.FIELD) return [one];
      const spread = one.kind === Kind.INLINE_FRAGMENT ? one : fragments.get(one.name.value);
      const on = of.getType(spread?.typeCondition?.name.value ?? '');
      const fits = on === type || (isInterfaceType(on) && isObjectType(type) && type.getInterfaces().includes(on));
      return spread && fits ? fieldsOf(spread.selectionSet, type) : [];
    });

  const cost = (field: FieldNode, parent: unknown): number => {
    const known = isObjectType(parent) ? parent.getFields()[field.name.value] : undefined;
    const type = known && getNamedType(known.type);
    if (!isCompositeType(type) || field.selectionSet === undefined) return 0;
    const fixed = FIXED.get(type.name);
    if (fixed !== undefined) return fixed;
    const inside = below(field.selectionSet, type);
    if (!type.name.endsWith('Connection')) return 1 + inside;
    // `nodes` counted itself as one object with its fields.
    return connectionCost(firstOf(field, first), inside);
  };

  const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  return operation === undefined ? Number.NaN : below(operation.selectionSet, of.getQueryType());
}

function firstOf({ arguments: given = [] }: FieldNode, asked: number): number {
  const value = given.find(({ name }) => name.value === 'first')?.value;
  return value?.kind === Kind.INT ? Number(value.value) : asked;
}
