import type { RequestContext } from '../graphql/request-context.js';
import { textMistakes, type GivenText } from '../graphql/text-mistakes.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import { parseAmount } from '../orders/parse-amount.js';
import { gid } from '../views/gid.js';
import { locationsOf } from './catalogue-slice.js';
import { DEFAULT_OPTION, type Level, type Product, type ProductOption, type Variant } from './product.js';
import { wholeSecondOf } from './write-context.js';

/** `InventoryItemInput`. */
export interface ItemInput {
  readonly cost?: string | number | null;
  readonly countryCodeOfOrigin?: string | null;
  readonly provinceCodeOfOrigin?: string | null;
  readonly harmonizedSystemCode?: string | null;
  readonly measurement?: { readonly weight?: Variant['weight'] | null } | null;
  readonly requiresShipping?: boolean | null;
  readonly sku?: string | null;
  readonly tracked?: boolean | null;
}

/** `ProductVariantsBulkInput` and `ProductVariantSetInput`. */
export interface VariantInput {
  readonly id?: string | null;
  readonly sku?: string | null;
  readonly barcode?: string | null;
  readonly price?: string | number | null;
  readonly compareAtPrice?: string | number | null;
  readonly taxable?: boolean | null;
  readonly inventoryPolicy?: string | null;
  readonly inventoryItem?: ItemInput | null;
  readonly optionValues?:
    | readonly {
        readonly name?: string | null;
        readonly optionName?: string | null;
        readonly optionId?: string | null;
        readonly id?: string | null;
      }[]
    | null;
  readonly inventoryQuantities?:
    readonly { readonly locationId: string; readonly availableQuantity?: number; readonly quantity?: number }[] | null;
}

/** A variant nothing was said about. */
export function blankVariant(context: RequestContext, values: readonly string[]): Variant {
  const at = wholeSecondOf(context);
  const { data, shop } = context;
  const [main] = locationsOf(shop);
  const level = {
    id: data.nextId(),
    locationId: main?.id ?? 0,
    available: 0,
    committed: 0,
    createdAt: at,
    updatedAt: at,
  };
  return {
    ...{ id: data.nextId(), itemId: data.nextId(), values, sku: null, barcode: null, price: 0, compareAtPrice: null },
    ...{ cost: null, taxable: true, policy: 'DENY', tracked: false, requiresShipping: true },
    ...{ weight: { value: 0, unit: shop.weightUnit }, country: null, province: null, harmonizedSystemCode: null },
    ...{ createdAt: at, updatedAt: at, itemUpdatedAt: at, levels: [level] },
  };
}

function amount(
  given: string | number | null | undefined,
  before: number | null,
  context: RequestContext,
): number | null {
  if (given === undefined) return before;
  return given === null ? null : (parseAmount(given, context.shop.currency) ?? before);
}

const orBefore = <Value>(value: Value | undefined, before: Value): Value => (value === undefined ? before : value);

/** The variant with what an inventory item's input says. */
export function withItem(variant: Variant, input: ItemInput | null | undefined, context: RequestContext): Variant {
  if (!input) return variant;
  return {
    ...variant,
    sku: orBefore(input.sku, variant.sku),
    cost: amount(input.cost, variant.cost, context),
    country: orBefore(input.countryCodeOfOrigin, variant.country),
    province: orBefore(input.provinceCodeOfOrigin, variant.province),
    harmonizedSystemCode: orBefore(input.harmonizedSystemCode, variant.harmonizedSystemCode),
    weight: input.measurement?.weight ?? variant.weight,
    requiresShipping: input.requiresShipping ?? variant.requiresShipping,
    tracked: input.tracked ?? variant.tracked,
    itemUpdatedAt: wholeSecondOf(context),
  };
}

function withStock(variant: Variant, { inventoryQuantities }: VariantInput, context: RequestContext): Variant {
  const at = wholeSecondOf(context);
  const levels = (inventoryQuantities ?? []).reduce<readonly Level[]>((before, row) => {
    const location = locationsOf(context.shop).find(({ id }) => gid('Location', id) === row.locationId);
    if (location === undefined) return before;
    const available = row.availableQuantity ?? row.quantity ?? 0;
    const known = before.find(({ locationId }) => locationId === location.id);
    const level = known ?? {
      id: context.data.nextId(),
      locationId: location.id,
      available,
      committed: 0,
      createdAt: at,
      updatedAt: at,
    };
    return [...before.filter((one) => one !== known), { ...level, available, updatedAt: at }];
  }, variant.levels);
  return { ...variant, levels };
}

/** The variant with what its input says, its option values left alone. */
export function withInput(variant: Variant, input: VariantInput, context: RequestContext): Variant {
  const changed: Variant = {
    ...variant,
    sku: orBefore(input.sku, variant.sku),
    barcode: orBefore(input.barcode, variant.barcode),
    price: amount(input.price, variant.price, context) ?? variant.price,
    compareAtPrice: amount(input.compareAtPrice, variant.compareAtPrice, context),
    taxable: input.taxable ?? variant.taxable,
    policy: input.inventoryPolicy ?? variant.policy,
    updatedAt: wholeSecondOf(context),
  };
  return withStock(withItem(changed, input.inventoryItem, context), input, context);
}

/** The values a variant's input chooses, one per option; undefined where it says nothing of an option. */
export function chosenValues(
  { optionValues }: VariantInput,
  options: readonly Pick<ProductOption, 'id' | 'name' | 'values'>[],
): readonly (string | undefined)[] {
  return options.map((option) => {
    const row = optionValues?.find(
      (one) => one.optionName === option.name || one.optionId === gid('ProductOption', option.id),
    );
    return row?.name ?? option.values.find((value) => gid('ProductOptionValue', value.id) === row?.id)?.name;
  });
}

/** The options with the values of all variants, those no variant has taken away. */
export function optionsOf(
  options: readonly ProductOption[],
  variants: readonly Variant[],
  context: RequestContext,
): readonly ProductOption[] {
  return options.map((option, index) => {
    const names = [...new Set(variants.map(({ values }) => values[index] ?? DEFAULT_OPTION.value))];
    const known = option.values.filter(({ name }) => names.includes(name));
    const fresh = names.filter((name) => !known.some((value) => value.name === name));
    return { ...option, values: [...known, ...fresh.map((name) => ({ id: context.data.nextId(), name }))] };
  });
}

/** The single option of a product without variants. */
export function defaultOptions(context: RequestContext): readonly ProductOption[] {
  const { name, value } = DEFAULT_OPTION;
  return [{ id: context.data.nextId(), name, values: [{ id: context.data.nextId(), name: value }] }];
}

type Place = readonly (string | number)[];

function priceMistakes({ price, compareAtPrice }: VariantInput, place: Place, context: RequestContext) {
  const mistakes: UserError[] = [];
  const own = (field: string, message: string, code: string) =>
    mistakes.push(userError([...place, field], message, code));
  const value = price === undefined || price === null ? 0 : parseAmount(price, context.shop.currency);
  if (value === undefined) own('price', 'Price is not a number', 'INVALID_INPUT');
  else if (value < 0) own('price', 'Price must be greater than or equal to 0', 'GREATER_THAN_OR_EQUAL_TO');
  if (Number(compareAtPrice ?? 0) < 0)
    own('compareAtPrice', 'must be greater than or equal to 0', 'GREATER_THAN_OR_EQUAL_TO');
  return mistakes;
}

/** What is wrong with a variant's own values. @param place path of the input */
export function valueMistakes(input: VariantInput, place: Place, context: RequestContext): readonly UserError[] {
  const { barcode, sku, inventoryItem, inventoryQuantities, optionValues } = input;
  const texts: readonly GivenText[] = [
    [[...place, 'sku'], 'SKU', sku ?? inventoryItem?.sku],
    [[...place, 'barcode'], 'Barcode', barcode],
    ...(optionValues ?? []).map(
      ({ name }, index) => [[...place, 'optionValues', index, 'name'], 'Option value name', name] as const,
    ),
  ];
  const known = locationsOf(context.shop).map(({ id }) => gid('Location', id));
  const misplaced = inventoryQuantities?.some(({ locationId }) => !known.includes(locationId)) === true;
  const message = "Quantity couldn't be set because the location was deleted.";
  return [
    ...priceMistakes(input, place, context),
    ...textMistakes(texts, { long: 'INVALID_INPUT', invalid: 'INVALID_INPUT' }),
    ...(misplaced ? [userError([...place, 'inventoryQuantities'], message, 'TRACKED_VARIANT_LOCATION_NOT_FOUND')] : []),
  ];
}

/** Whether two variants have the same values. */
export function sameValues(left: Pick<Variant, 'values'>, right: Pick<Variant, 'values'>): boolean {
  return left.values.join('\u0000') === right.values.join('\u0000');
}

/** The product with these variants, and its options as they follow from them. */
export function withVariants(product: Product, variants: readonly Variant[], context: RequestContext): Product {
  const options = optionsOf(product.options, variants, context);
  return { ...product, variants, options, updatedAt: wholeSecondOf(context) };
}
