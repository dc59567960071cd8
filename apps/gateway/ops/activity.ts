import type { CallSpan, Tokens } from '#operator-api';
import type { Database } from '#persistence';

/** Calls of one platform in spans of time, the oldest first. */
export type CallSpans = ReadonlyMap<string, readonly CallSpan[]>;

/**
 * What calls met, by platform, since a moment. TO BE WIRED: answers nothing until the minutes of activity are kept
 * (`listPlatformMinutes`).
 */
export async function readCallSpans(_database: Database, _since: Date, _stepSeconds: number): Promise<CallSpans> {
  return await Promise.resolve(new Map());
}

/** Renewals by minutes. TO BE WIRED: answers nothing until the minutes of activity are kept (`listRefreshMinutes`). */
export async function readRefreshMinutes(_database: Database, _since: Date): Promise<Tokens['refreshes']> {
  return await Promise.resolve([]);
}
