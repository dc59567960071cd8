import { Big, type ConnectedStore, decimal, GatewayError, type ProductInput, type WEIGHT_UNITS } from '#contract';
import { weightIn } from '#kit';
import { z } from 'zod';
import { exactNumber } from '../atoms.js';
import { rejected } from '../record-calls.js';

type WeightUnit = (typeof WEIGHT_UNITS)[number];
type Weight = NonNullable<ProductInput['weight']>;

/** The one unit in which a shop weighs; `times` of ours. */
export interface ShopWeight {
  readonly unit: WeightUnit;
  readonly times: number;
}

// store_information.v2.yml, `weight_units`; some shops print them in full.
const UNITS: ReadonlyMap<string, ShopWeight> = new Map([
  ['lbs', { unit: 'lb', times: 1 }],
  ['pounds', { unit: 'lb', times: 1 }],
  ['ounces', { unit: 'oz', times: 1 }],
  ['kgs', { unit: 'kg', times: 1 }],
  ['kilograms', { unit: 'kg', times: 1 }],
  ['grams', { unit: 'g', times: 1 }],
  ['tonnes', { unit: 'kg', times: 1000 }],
]);
const DECIMALS = 6;

const shop = z.object({ weight_units: z.string() });

/** One small call. null: a unit that is not known, or a grant that may not look. */
export async function findWeightUnit(store: ConnectedStore): Promise<ShopWeight | null> {
  try {
    const { data } = await store.http({ path: 'v2/store', effect: 'read', expect: shop });
    return UNITS.get(data.weight_units.toLowerCase()) ?? null;
  } catch (error) {
    if (GatewayError.is(error, 'platform_scope_missing', 'platform_contract_broken')) return null;
    throw error;
  }
}

/** Every product has a weight; 0 is none. @throws RangeError for a weight that is no decimal */
export function readWeight(value: string | number | null, shopWeight: ShopWeight | null): Weight | null {
  if (value === null || shopWeight === null) return null;
  const weight = decimal(value).times(shopWeight.times).round(DECIMALS);
  if (weight.lt(0)) throw new RangeError(`a weight below zero: ${value}`);
  return weight.eq(0) ? null : { value: weight.toFixed(), unit: shopWeight.unit };
}

/** A weight in the unit of the shop. @throws GatewayError `request_rejected` */
export function weightFor(shopWeight: ShopWeight | null, weight: Weight): number {
  if (shopWeight === null) throw rejected('The unit in which the shop weighs is not known.', 'weight');
  try {
    const inUnit = new Big(weightIn(shopWeight.unit, weight)).div(shopWeight.times);
    return exactNumber(inUnit.round(4, Big.roundHalfUp).toFixed(), 'weight');
  } catch (error) {
    throw error instanceof RangeError ? rejected(error.message, 'weight') : error;
  }
}
