import { shallowEqual } from '@mantine/hooks';
import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import { z } from 'zod';
import { askAnyStatus } from './client.js';
import { hidesTheTruth, type Trouble, troubleOf } from './problem.js';

/** Whether what is on the screen is so. Nothing is taken for well by default. */
export type Condition =
  | { readonly kind: 'unknown' }
  /** `since`: when the oldest of what is shown was known; `overdueAt`: from when on a question has waited too long. */
  | { readonly kind: 'current'; readonly since: number; readonly overdueAt: number }
  /** `since`: when the oldest of what is shown was known, null where nothing is. */
  | { readonly kind: 'doubtful'; readonly since: number | null; readonly trouble: Trouble };

export const READY_PATH = '/readyz';

/** What the gateway says of itself to anybody: which part is down. */
export const readiness = z.object({
  status: z.string(),
  database: z.string(),
  queue: z.string(),
  recurringWork: z.string(),
});
export type Readiness = z.infer<typeof readiness>;

export const askReadiness = (signal?: AbortSignal): Promise<Readiness> => askAnyStatus(readiness, READY_PATH, signal);

interface Known {
  readonly dataUpdatedAt: number;
  readonly error: unknown;
  /** Milliseconds between two rounds of the question. */
  readonly every: number;
}

/** Three rounds that brought nothing: whoever waits longer is told. */
const overdueOf = ({ dataUpdatedAt, every }: Known): number => dataUpdatedAt + 3 * every + 2_000;

/** The condition of everything that is shown, out of how each question ended. */
export function conditionOf(shown: readonly Known[]): Condition {
  const known = shown.filter(({ dataUpdatedAt }) => dataUpdatedAt > 0);
  const since = known.length === 0 ? null : Math.min(...known.map(({ dataUpdatedAt }) => dataUpdatedAt));
  const failed = shown.find(({ error }) => error !== null && hidesTheTruth(error));
  if (failed !== undefined) return { kind: 'doubtful', since, trouble: troubleOf(failed.error) };
  if (since === null) return { kind: 'unknown' };
  return { kind: 'current', since, overdueAt: Math.min(...known.map(overdueOf)) };
}

/** Kept up to date with every question that something on the screen waits for. */
export function useCondition(): Condition {
  const client = useQueryClient();
  const last = useRef<Condition>({ kind: 'unknown' });
  const subscribe = useCallback((changed: () => void) => client.getQueryCache().subscribe(changed), [client]);
  return useSyncExternalStore(subscribe, () => {
    const next = conditionOf(shownBy(client));
    if (!shallowEqual(last.current, next)) last.current = next;
    return last.current;
  });
}

function shownBy(client: QueryClient): readonly Known[] {
  const isShown = (query: Query) => query.isActive() && query.queryKey[0] !== READY_PATH;
  return client
    .getQueryCache()
    .getAll()
    .filter(isShown)
    .map(({ state, meta }) => ({ ...state, every: typeof meta?.['every'] === 'number' ? meta['every'] : Infinity }));
}

/** What a queue that keeps its jobs says of itself. */
const FIT_QUEUES: ReadonlySet<string> = new Set(['answers', 'on Postgres']);

/** Which part is down, as the gateway says it; undefined where it says that it is ready. */
export function downSentence({ database, queue, recurringWork }: Readiness): string | undefined {
  if (database !== 'answers') return `The database ${database}.`;
  const parts = [
    ...(FIT_QUEUES.has(queue) ? [] : [`The queue: ${queue}.`]),
    ...(recurringWork === 'runs' ? [] : [`Recurring work: ${recurringWork}.`]),
  ];
  return parts.length === 0 ? undefined : parts.join(' ');
}
