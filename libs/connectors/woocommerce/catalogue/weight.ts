import { type ConnectedStore, decimal, GatewayError, type ProductInput, type WEIGHT_UNITS } from '#contract';
import { weightIn as convert } from '#kit';
import { z } from 'zod';
import { rejected } from '../record-calls.js';

export type WeightUnit = (typeof WEIGHT_UNITS)[number];
type Weight = NonNullable<ProductInput['weight']>;

// The shop weighs in one unit, which no product names; it is a setting of the shop.
const UNITS = { kg: 'kg', g: 'g', lbs: 'lb', oz: 'oz' } as const;
const setting = z.object({ value: z.enum(['kg', 'g', 'lbs', 'oz']) });
export const weightUnit = z.enum(['g', 'kg', 'oz', 'lb']);

const DECIMALS = 6;

/** One small call. */
export async function askWeightUnit(store: ConnectedStore): Promise<WeightUnit> {
  const path = 'wp-json/wc/v3/settings/products/woocommerce_weight_unit';
  return UNITS[(await store.http({ path, effect: 'read', expect: setting })).data.value];
}

/** The same for reading: a shop that hides its settings is read without weights. */
export async function findWeightUnit(store: ConnectedStore): Promise<WeightUnit | null> {
  try {
    return await askWeightUnit(store);
  } catch (error) {
    const hidden = ['platform_scope_missing', 'platform_blocked', 'not_found', 'platform_contract_broken'] as const;
    if (GatewayError.is(error, ...hidden)) return null;
    throw error;
  }
}

/** @throws RangeError for a weight that is no decimal */
export function readWeight(value: string | number | null, unit: WeightUnit | null): Weight | null {
  if (value === null || unit === null) return null;
  const exact = decimal(value);
  if (exact.lt(0)) throw new RangeError(`a weight below zero: ${value}`);
  return { value: exact.round(DECIMALS).toFixed(), unit };
}

/** A weight in the unit of the shop. */
export function weightIn(shopUnit: WeightUnit, weight: Weight): string {
  try {
    return convert(shopUnit, weight);
  } catch (error) {
    throw error instanceof RangeError ? rejected(error.message, 'weight') : error;
  }
}
