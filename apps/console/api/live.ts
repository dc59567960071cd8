import { keepPreviousData, QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { z } from 'zod';
import { ask } from './client.js';
import { Trouble, troubleOf } from './problem.js';

export const EVERY_MS = 5_000;
export const SESSION_PATH = '/ops/session';

/** Asks again and again while somebody looks; what was known stays when an answer fails to come. */
export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        // The next round is five seconds away; until then the screen says that it does not know.
        retry: false,
        // A browser that believes itself offline may well reach a gateway on its own machine.
        networkMode: 'always',
        refetchInterval: EVERY_MS,
        refetchIntervalInBackground: false,
        gcTime: 60_000,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  client.getQueryCache().config.onError = (error, query) => {
    // Whoever was signed out elsewhere hears of it at once, not with the session's next round.
    if (troubleOf(error).facts.status === 401 && query.queryKey[0] !== SESSION_PATH) {
      void client.invalidateQueries({ queryKey: [SESSION_PATH] });
    }
  };
  return client;
}

export interface LiveOptions {
  /** Milliseconds between two rounds; false for what is asked once. */
  readonly every?: number | false;
  /** Whether the answer to the last question is shown until this one's is here, as in a list that is being narrowed. */
  readonly keep?: boolean;
  readonly enabled?: boolean;
}

/** What the gateway says to a question, kept up to date. */
export function useLive<S extends z.ZodType>(
  schema: S,
  path: string,
  { every = EVERY_MS, keep = false, enabled = true }: LiveOptions = {},
): UseQueryResult<z.output<S>, Trouble> {
  return useQuery<z.output<S>, Trouble>({
    queryKey: [path],
    queryFn: ({ signal }) => ask(schema, path, { signal }),
    refetchInterval: every,
    meta: { every },
    enabled,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
}
