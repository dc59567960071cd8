import type { AuthStrategy, FormField } from '#contract';
import type { StoreRow } from '#persistence';

/**
 * What a merchant who connects a shop again would type as its address: nobody types what is known. The way of connecting
 * itself says which of the shop's addresses it understands.
 * @returns undefined where it understands none
 */
export function knownAddress(
  strategy: AuthStrategy,
  [name, field]: readonly [string, FormField],
  store: StoreRow | undefined,
): string | undefined {
  if (store === undefined || field.kind !== 'storeUrl' || !('locate' in strategy)) return undefined;
  const { account, domain, apiRoot } = store;
  return [account, domain, apiRoot].find((address) => {
    try {
      return strategy.locate({ [name]: address }).account === account;
    } catch {
      return false;
    }
  });
}
