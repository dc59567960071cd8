import { z } from 'zod';
import { Big, decimal, type JsonValue } from '#contract';
import { four, priceOf, type Price } from '../amounts.js';
import { RestFailure } from '../rest/answer.js';
import { json, type Product, type Variant } from '../state/rows.js';
import type { StoreData } from '../state/store-data.js';
import { STATUSES } from './statuses.js';
import { type LinePlan, type Person, PERSON_FIELDS } from './order-plan.js';
import { lineOptions } from './line-options.js';

/** docs: amounts come as strings or numbers. */
export const amount = z.union([z.string(), z.number()]).transform((value, context) => {
  try {
    return decimal(value);
  } catch {
    context.addIssue('Not an amount.');
    return z.NEVER;
  }
});

const person = z.record(z.string(), json);
const lineSchema = z.object({
  product_id: z.number().int().exactOptional(),
  variant_id: z.number().int().exactOptional(),
  product_options: z
    .array(z.object({ id: z.number().int(), value: z.union([z.string(), z.number()]) }))
    .exactOptional(),
  name: z.string().min(1).exactOptional(),
  sku: z.string().exactOptional(),
  upc: z.string().exactOptional(),
  external_id: z.string().nullable().exactOptional(),
  quantity: z.number().int().min(0),
  price_ex_tax: amount.exactOptional(),
  price_inc_tax: amount.exactOptional(),
});
const editedLine = lineSchema.extend({
  id: z.number().int().exactOptional(),
  quantity: lineSchema.shape.quantity.exactOptional(),
});
const fee = z.object({
  name: z.string().exactOptional(),
  display_name_customer: z.string().exactOptional(),
  base_cost: amount.exactOptional(),
  cost_ex_tax: amount.exactOptional(),
  cost_inc_tax: amount.exactOptional(),
});

const statusId = z
  .number()
  .int()
  .refine((id) => STATUSES.some((status) => status.id === id), 'Unknown status.');
/** Amounts that may be given in place of what is worked out. */
export const OVERRIDES = [
  'subtotal_ex_tax',
  'subtotal_inc_tax',
  'total_ex_tax',
  'total_inc_tax',
  'shipping_cost_ex_tax',
  'shipping_cost_inc_tax',
  'base_shipping_cost',
  'handling_cost_ex_tax',
  'handling_cost_inc_tax',
  'discount_amount',
] as const;
const optionalAmount = amount.exactOptional();
const overrides = Object.fromEntries(OVERRIDES.map((name) => [name, optionalAmount])) as Record<
  (typeof OVERRIDES)[number],
  typeof optionalAmount
>;
const TEXTS = [
  'staff_notes',
  'customer_message',
  'payment_method',
  'payment_provider_id',
  'order_source',
  'external_source',
  'external_id',
  'external_order_id',
  'external_merchant_id',
  'customer_locale',
  'cart_id',
] as const;
const texts = Object.fromEntries(TEXTS.map((name) => [name, z.string().nullable().exactOptional()]));

const written = {
  ...overrides,
  ...texts,
  customer_id: z.number().int().exactOptional(),
  status_id: statusId.exactOptional(),
  channel_id: z.number().int().exactOptional(),
  is_email_opt_in: z.boolean().exactOptional(),
  date_created: z.string().exactOptional(),
};

export const createOrderSchema = z.object({
  ...written,
  billing_address: person,
  products: z.array(lineSchema.extend({ quantity: z.number().int().min(1) })).min(1),
  shipping_addresses: z.array(person).exactOptional(),
  fees: z.array(fee).exactOptional(),
});
export const updateOrderSchema = z.object({
  ...written,
  billing_address: person.exactOptional(),
  shipping_addresses: z.array(z.looseObject({ id: z.number().int() })).exactOptional(),
  products: z.array(editedLine).exactOptional(),
});
export type FeeInput = z.infer<typeof fee>;
export type LineInput = z.infer<typeof lineSchema>;

/** The plain fields among a write's, as the order prints them. */
export function plainFields(given: Readonly<Record<string, unknown>>): Record<string, JsonValue> {
  const copied = [...TEXTS, 'customer_id', 'channel_id', 'is_email_opt_in'].flatMap((name) =>
    given[name] === undefined ? [] : [[name, given[name] as JsonValue] as const],
  );
  const amounts = OVERRIDES.flatMap((name) =>
    given[name] === undefined ? [] : [[name, four(given[name] as Big)] as const],
  );
  return Object.fromEntries([...copied, ...amounts]);
}

/** Both forms of a price of which one or two were given. No tax is worked out for an order made over the API. */
export function givenPrice(ex: Big | undefined, inc: Big | undefined): Price | undefined {
  const either = ex ?? inc;
  return either === undefined ? undefined : { ex: ex ?? either, inc: inc ?? either };
}

const invalid = (field: string, reason: string): RestFailure =>
  new RestFailure(400, `The field '${field}' is invalid.`, { field, invalid_reason: reason });

function variantOf(
  { tables }: StoreData,
  product: Product,
  { variant_id: id, product_options: chosen = [] }: LineInput,
): Variant {
  const own = tables.variants.where(({ product_id: of }) => of === product.id);
  const values = new Set(chosen.map(({ value }) => Number(value)));
  const variant =
    id === undefined
      ? own.find(({ option_values: options }) => options.every((option) => values.has(option.id)))
      : own.find((one) => one.id === id);
  if (variant === undefined) throw invalid('product_options', 'One or more options are missing or unknown.');
  return variant;
}

const shared = ({ quantity, upc, external_id: external }: LineInput) => ({
  quantity,
  ...(upc !== undefined && { upc }),
  ...(typeof external === 'string' && { externalId: external }),
});

function customLine(input: LineInput, price: Price | undefined, address: number): LinePlan {
  const { name, sku = '' } = input;
  if (name === undefined || price === undefined) {
    throw invalid('products', 'A custom product needs name and prices.');
  }
  const custom = { productId: 0, variantId: 0, name, sku, type: 'physical', weight: 0, brand: '', options: [] };
  return { ...custom, ...shared(input), price, address };
}

/** A line of a catalogue product, or of a custom one that is named. @throws {RestFailure} 400 */
export function lineOf(data: StoreData, input: LineInput, address: number): LinePlan {
  const price = givenPrice(input.price_ex_tax, input.price_inc_tax);
  if (input.product_id === undefined || input.product_id === 0) return customLine(input, price, address);
  const product = data.tables.products.find(input.product_id);
  if (product === undefined) throw invalid('products', `Product ${input.product_id} was not found.`);
  const variant = variantOf(data, product, input);
  const entered = new Big(variant.price ?? product.price);
  const { pricesIncludeTax, taxPpm, decimalPlaces } = data.store;
  return {
    ...{ productId: product.id, variantId: variant.id, name: input.name ?? product.name, sku: variant.sku },
    ...{ type: product.type, weight: variant.weight ?? product.weight, brand: '' },
    ...shared(input),
    address,
    price: price ?? priceOf(entered, pricesIncludeTax, taxPpm, decimalPlaces),
    options: lineOptions(variant),
  };
}

/** An address with every field; country and its code stand for each other. */
export function personOf(given: Person): Person {
  const text = (name: string): string => (typeof given[name] === 'string' ? given[name] : '');
  const iso2 = text('country_iso2').toUpperCase();
  const names = new Intl.DisplayNames('en', { type: 'region' });
  const country = text('country') || (/^[A-Z]{2}$/.test(iso2) ? (names.of(iso2) ?? '') : '');
  return { ...Object.fromEntries(PERSON_FIELDS.map((name) => [name, text(name)])), country, country_iso2: iso2 };
}
