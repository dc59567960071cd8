import { ownPlace } from './safe-url.js';

const KEY = 'shopspan-console-return';
const FRESH_MS = 10 * 60_000;

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Remembers where somebody was who leaves to sign in again. @param place below /console, with its query */
export function rememberPlace(store: Store, place: string, now: number): void {
  store.setItem(KEY, JSON.stringify({ place, at: now }));
}

/** The same of the place that is on the screen. */
export function rememberHere(): void {
  const { pathname, search } = globalThis.location;
  rememberPlace(sessionStorage, `${pathname.replace(/^\/console/, '') || '/'}${search}`, Date.now());
}

/** Where they were, once, within ten minutes; null for anything that is no place of the console. */
export function takePlace(store: Store, now: number): string | null {
  const text = store.getItem(KEY);
  if (text === null) return null;
  store.removeItem(KEY);
  const noted: unknown = parse(text);
  if (typeof noted !== 'object' || noted === null || !('place' in noted) || !('at' in noted)) return null;
  if (typeof noted.place !== 'string' || typeof noted.at !== 'number' || now - noted.at > FRESH_MS) return null;
  return ownPlace(noted.place);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
