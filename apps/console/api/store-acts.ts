import { pathOf } from '../words/safe-url.js';
import type { Act } from './act.js';
import { post } from './client.js';

const TOLD = {
  retry: 'it is being tried again.',
  pause: 'all calls are held.',
  resume: 'calls go on.',
  resubscribe: 'its subscriptions are being checked and made again.',
} as const;

/** Something an operator does to one store, by its path below the store. */
export type StoreAct = keyof typeof TOLD;

/** @param name what the store is called in what is said afterwards */
export function storeAct(kind: StoreAct, id: string, name: string): Act {
  return { send: () => post(pathOf`/ops/stores/${id}/${kind}`), told: () => `${name}: ${TOLD[kind]}` };
}
