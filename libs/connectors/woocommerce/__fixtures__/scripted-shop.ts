import { type ScriptedAnswer, scriptedStore } from '#testing';
import { woocommerce } from '../woocommerce.js';

export { outcomeOf } from '#testing';

/** For specs: a shop that answers in order and remembers what it was sent. */
export function scriptedShop(...answers: readonly ScriptedAnswer[]) {
  const { store, sent } = scriptedStore(woocommerce, 'wp-json/wc/v3/', ...answers);
  return { store, sent };
}

export const ATTEMPT = { key: '00000000-0000-4000-8000-000000000001', reference: 'ssp-1' };
