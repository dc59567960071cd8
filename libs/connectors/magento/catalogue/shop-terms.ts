import { type ConnectedStore, GatewayError, type WEIGHT_UNITS } from '#contract';
import { askViews, chosenOf } from '../store-view.js';

/** What a product does not say of itself: its currency, in what it is weighed, and where its pictures lie. */
export interface ShopTerms {
  readonly currency: string;
  /** null: not known, and no weight is given rather than a wrong one. */
  readonly weightUnit: WeightUnit | null;
  /** Ends with `/`. */
  readonly media: string | null;
}
export type WeightUnit = Extract<(typeof WEIGHT_UNITS)[number], 'kg' | 'lb'>;

const UNITS: ReadonlyMap<string | null, WeightUnit> = new Map([
  ['lbs', 'lb'],
  ['kgs', 'kg'],
]);

/** Both are settings of the shop, the same for all views but for a few shops: those of the first view are taken, or of the one that is meant. */
export async function askTerms(store: ConnectedStore): Promise<ShopTerms> {
  const view = chosenOf(store, await askViews(store));
  return {
    currency: store.currency,
    weightUnit: UNITS.get(view.weight_unit) ?? null,
    media: view.secure_base_media_url ?? view.base_media_url,
  };
}

/** The same for reading: without them a record still says everything else. */
export async function findTerms(store: ConnectedStore): Promise<ShopTerms> {
  try {
    return await askTerms(store);
  } catch (error) {
    const hidden = ['platform_scope_missing', 'not_found', 'platform_contract_broken'] as const;
    if (GatewayError.is(error, ...hidden)) return { currency: store.currency, weightUnit: null, media: null };
    throw error;
  }
}
