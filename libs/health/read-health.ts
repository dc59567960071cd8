import { isRenewable, strategyOf } from '#contract';
import { connectorOf } from '#connectors';
import { type CredentialTimes, findCredentialTimes, type StoreRow, type TenantTransaction } from '#persistence';
import { type Health, healthOf } from './health-of.js';

/** How a store is at this time. */
export async function readHealth(tx: TenantTransaction, store: StoreRow, now: Date): Promise<Health> {
  const credential = await findCredentialTimes(tx, store.id);
  const { apiVersionUntil } = connectorOf(store.platform);
  const until = apiVersionUntil === undefined ? null : new Date(apiVersionUntil);
  return healthOf({ store, credential, livesAnew: livesAnew(store, credential), apiVersionUntil: until }, now);
}

/** A token that is used again and again grows old; one that is replaced at each use does not. */
function livesAnew({ platform }: StoreRow, credential: CredentialTimes | undefined): boolean {
  if (credential === undefined) return false;
  const strategy = strategyOf(connectorOf(platform), credential.strategy);
  return isRenewable(strategy) && strategy.refresh.kind === 'rotating';
}
