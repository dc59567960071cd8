import { type ConnectedStore, GatewayError, type WEIGHT_UNITS } from '#contract';
import { z } from 'zod';
import { text } from '../atoms.js';
import { API } from '../record-calls.js';

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
const configs = z.array(
  z.object({ id: z.coerce.number(), weight_unit: text, base_media_url: text, secure_base_media_url: text }),
);

/** Both are settings of the shop, the same for all views but for a few shops: those of the first view are taken. */
export async function askTerms(store: ConnectedStore): Promise<ShopTerms> {
  const { data } = await store.http({ path: `${API}store/storeConfigs`, effect: 'read', expect: configs });
  const [first] = [...data].sort((one, other) => one.id - other.id);
  return {
    currency: store.currency,
    weightUnit: UNITS.get(first?.weight_unit ?? null) ?? null,
    media: first?.secure_base_media_url ?? first?.base_media_url ?? null,
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
