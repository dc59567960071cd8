import type { StoreData } from './store-data.js';

/** Tells hooks of a scope. */
export type Emit = (scope: string, payload: Readonly<Record<string, unknown>>) => void;

/** Does what the platform took on and does later, as far as its time has come. */
export function carryOutDue(_data: StoreData, _now: number, _emit: Emit): void {
  // Filled by the resources that answer before they have done their work.
}
