import { Big, type ConnectedStore, type JsonValue, type Money, type VariantChange, minorUnitDecimals } from '#contract';
import { given, reject } from '../order-input.js';
import { WEIGHT_WORD } from './statuses.js';

/** What a variant may be given, without the ids of what it belongs to. */
export type VariantFields = Pick<
  VariantChange,
  'sku' | 'barcode' | 'price' | 'compareAtPrice' | 'weight' | 'tracked' | 'options'
>;

export const VARIANT_FIELDS = ['sku', 'barcode', 'price', 'compareAtPrice', 'weight', 'tracked'] as const;

const MAX_OPTIONS = 3;

/**
 * Checks what the platform would take for something else, before anything is sent. `path` is where the fields lie.
 * @throws GatewayError `request_rejected`
 */
export function requireVariant(store: ConnectedStore, operation: string, fields: VariantFields, path = ''): void {
  for (const name of ['price', 'compareAtPrice'] as const)
    requirePrice(store, operation, fields[name], `${path}${name}`);
  const { weight, options = [] } = fields;
  if (weight !== undefined && !new Big(Number(weight.value)).eq(weight.value))
    throw reject(
      operation,
      `${path}weight`,
      'Shopify keeps weights as binary fractions, which cannot hold this many digits',
    );
  if (options.length > MAX_OPTIONS)
    throw reject(operation, `${path}options`, `A product of Shopify has at most ${MAX_OPTIONS} options`);
}

/** An amount in no other than the shop's currency, and no finer than it. @throws GatewayError `request_rejected` */
export function requirePrice(
  { currency }: ConnectedStore,
  operation: string,
  price: Money | null | undefined,
  path: string,
): void {
  if (price === null || price === undefined) return;
  if (price.currency !== currency)
    throw reject(operation, path, `Amounts must be in the shop's own currency, ${currency}`);
  const decimals = minorUnitDecimals(currency);
  if (!new Big(price.amount).round(decimals, Big.roundDown).eq(price.amount))
    throw reject(operation, path, `Amounts in ${currency} have at most ${decimals} decimals`);
}

/** The fields of a variant as all of the platform's inputs spell them. */
export function variantFields({ sku, barcode, price, compareAtPrice, weight, tracked }: VariantFields) {
  const item = given({
    sku,
    tracked,
    measurement:
      weight === undefined ? undefined : { weight: { value: Number(weight.value), unit: WEIGHT_WORD[weight.unit] } },
  });
  return given({
    barcode,
    price: price?.amount,
    compareAtPrice: compareAtPrice === null ? null : compareAtPrice?.amount,
    inventoryItem: Object.keys(item).length === 0 ? undefined : item,
  });
}

export function optionValues(options: VariantFields['options']): JsonValue | undefined {
  return options?.map(({ name, value }) => ({ optionName: name, name: value }));
}
