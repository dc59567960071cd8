import { isRenewable, strategyOf } from '#contract';
import { connectorOf } from '#connectors';
import { type CredentialTimes, findCredentialTimes, type StoreRow, type TenantTransaction } from '#persistence';
import { type Health, type HealthFacts, healthOf } from './health-of.js';

type JudgedStore = HealthFacts['store'] & Pick<StoreRow, 'id' | 'platform'>;

/** How a store is at this time. */
export async function readHealth(tx: TenantTransaction, store: JudgedStore, now: Date): Promise<Health> {
  return healthFrom(store, await findCredentialTimes(tx, store.id), now);
}

/** The same, of what was read already. */
export function healthFrom(store: JudgedStore, credential: CredentialTimes | undefined, now: Date): Health {
  const { apiVersionUntil } = connectorOf(store.platform);
  const until = apiVersionUntil === undefined ? null : new Date(apiVersionUntil);
  return healthOf({ store, credential, livesAnew: livesAnew(store, credential), apiVersionUntil: until }, now);
}

/** A token that is used again and again grows old; one that is replaced at each use does not. */
function livesAnew({ platform }: JudgedStore, credential: CredentialTimes | undefined): boolean {
  if (credential === undefined) return false;
  const strategy = strategyOf(connectorOf(platform), credential.strategy);
  return isRenewable(strategy) && strategy.refresh.kind === 'rotating';
}
