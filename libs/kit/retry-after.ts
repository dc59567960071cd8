import type { Budget } from '#contract';

const HOUR = 3_600_000;

/**
 * How long to wait before the next try, in milliseconds, at most an hour: what `Retry-After` says, in either of its
 * forms (RFC 9110, section 10.2.3), else what the rate budget needs to fill up. Undefined where neither says anything
 * usable.
 */
export function retryAfterMs(
  header: (name: string) => string | undefined,
  budget: Budget | undefined,
  cost: number,
): number | undefined {
  return fromHeader(header) ?? (budget === undefined ? undefined : fromBudget(budget, cost));
}

function fromHeader(header: (name: string) => string | undefined): number | undefined {
  const text = header('retry-after')?.trim() ?? '';
  const seconds = /^(\d{1,12}(?:\.\d{1,6})?)\s*(?:,|$)/.exec(text)?.[1];
  if (seconds !== undefined) return clamp(Number(seconds) * 1000);
  const until = Date.parse(text);
  if (!/[a-z]/i.test(text) || Number.isNaN(until)) return undefined;
  // Measured against the answer's own clock, so that a difference between the two clocks does not count.
  const now = Date.parse(header('date') ?? '');
  return clamp(until - (Number.isNaN(now) ? Date.now() : now));
}

function fromBudget({ remaining, perSecond, needed }: Budget, cost: number): number | undefined {
  const seconds = ((needed ?? cost) - remaining) / perSecond;
  return Number.isFinite(seconds) ? clamp(seconds * 1000) : undefined;
}

function clamp(milliseconds: number): number {
  return Math.min(Math.max(Math.ceil(milliseconds), 0), HOUR);
}
