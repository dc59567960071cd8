import type { LifecycleContext } from './context.js';
import { LONGEST_ORDERED_SECONDS } from './policy.js';

/** Keeps the calls of each client to what its platform takes, within this process. */
export interface ClientPace {
  /**
   * Takes the client's next turn.
   * @param perSecond what the platform takes from one client; undefined where it names no limit
   * @returns milliseconds until the turn; undefined, and no turn is taken, when it would not come within `mostMs`
   */
  take(client: string, perSecond: number | undefined, mostMs: number): number | undefined;
  /** Milliseconds until the client has a free turn. */
  waitOf(client: string): number;
  /** The platform asked the whole client to wait: turns that were taken already do not hold either. */
  pause(client: string, milliseconds: number): void;
  isPaused(client: string): boolean;
}

export function createClientPace({ elapsed }: Pick<LifecycleContext, 'elapsed'>): ClientPace {
  const turns = new Map<string, number>();
  const pauses = new Map<string, number>();
  // Clients are kept only as long as they must wait.
  const left = (moments: Map<string, number>, client: string): number => {
    const wait = (moments.get(client) ?? 0) - elapsed();
    if (wait <= 0) moments.delete(client);
    return Math.max(wait, 0);
  };
  const waitOf = (client: string): number => Math.max(left(turns, client), left(pauses, client));
  return {
    waitOf,
    take(client, perSecond, mostMs) {
      const wait = waitOf(client);
      if (wait > mostMs) return undefined;
      if (perSecond !== undefined && perSecond > 0) turns.set(client, elapsed() + wait + 1000 / perSecond);
      return wait;
    },
    pause(client, milliseconds) {
      const until = elapsed() + Math.min(milliseconds, LONGEST_ORDERED_SECONDS * 1000);
      pauses.set(client, Math.max(until, pauses.get(client) ?? 0));
    },
    isPaused: (client) => left(pauses, client) > 0,
  };
}
