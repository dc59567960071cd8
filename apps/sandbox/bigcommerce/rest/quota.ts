import type { StoreData } from '../state/store-data.js';

/** docs: https://docs.bigcommerce.com/developer/docs/overview/api-fundamentals/best-practices#api-rate-limits */
const WINDOW_MS = 30_000;

interface Window {
  startedAt: number;
  used: number;
}

/** What a store's clients used up together. */
export interface QuotaUse {
  readonly exceeded: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts a request against its store. All apps of a store share its quota. */
export function createQuotas(): (data: StoreData, now: number) => QuotaUse {
  const windows = new Map<string, Window>();
  return ({ store, knobs }, now) => {
    const known = windows.get(store.hash);
    const current =
      known !== undefined && now < known.startedAt + WINDOW_MS && now >= known.startedAt
        ? known
        : { startedAt: now, used: 0 };
    windows.set(store.hash, current);
    const exceeded = current.used >= knobs.quota;
    if (!exceeded) current.used += 1;
    return {
      exceeded,
      headers: {
        'x-rate-limit-time-window-ms': String(WINDOW_MS),
        'x-rate-limit-time-reset-ms': String(current.startedAt + WINDOW_MS - now),
        'x-rate-limit-requests-quota': String(knobs.quota),
        'x-rate-limit-requests-left': String(knobs.quota - current.used),
      },
    };
  };
}
