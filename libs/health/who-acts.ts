import {
  type Connector,
  HEALTH_REASON_CODES,
  HEALTH_REASONS,
  HEALTH_STATES,
  type HealthActor,
  isRenewable,
} from '#contract';
import { connectors } from '#connectors';
import type { HealthWords } from '#persistence';
import { type Health, REASON_OF_STATE } from './health-of.js';

/** Whom a store waits for, as an operator sees it. */
export type WhoActs = 'you' | 'merchant' | 'nobody';

/** Of somebody who can act: what heals by itself waits for nobody. */
export function whoOfActor(actor: HealthActor): WhoActs {
  switch (actor) {
    case 'operator':
      return 'you';
    case 'merchant':
      return 'merchant';
    case 'nobody':
    case 'us':
    case 'platform':
      return 'nobody';
  }
}

/** Whoever can act now, and otherwise whoever can avert an end that is near. */
export function whoOf({ actor, dying, diesAt }: Pick<Health, 'actor' | 'dying' | 'diesAt'>): WhoActs {
  const now = whoOfActor(actor);
  return now === 'nobody' && dying && diesAt !== null ? whoOfActor(diesAt.actor) : now;
}

/** What the tables and the connectors say, for functions of the database that look at many stores at once. */
export function healthWords(): HealthWords {
  const reasons = HEALTH_REASON_CODES.map((code) => [code, whoOfActor(HEALTH_REASONS[code].actor)] as const);
  const states = HEALTH_STATES.map(
    (state) => [`state:${state}`, whoOfActor(HEALTH_REASONS[REASON_OF_STATE[state]].actor)] as const,
  );
  const all: readonly Connector[] = connectors;
  const sunsets = all.flatMap(({ id, apiVersionUntil }) =>
    apiVersionUntil === undefined ? [] : [[id, apiVersionUntil] as const],
  );
  const rotating = all.filter(({ auth }) =>
    auth.some((strategy) => isRenewable(strategy) && strategy.refresh.kind === 'rotating'),
  );
  return {
    who: Object.fromEntries([...reasons, ...states]),
    sunsets: Object.fromEntries(sunsets),
    rotating: rotating.map(({ id }) => id),
  };
}
