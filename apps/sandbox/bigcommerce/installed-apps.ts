import type { Clients } from '../clients.js';
import type { SandboxContext, SandboxPlatform } from '../platform.js';
import type { Grants } from './oauth/grants.js';
import type { StoreBook, StoreData } from './state/store-data.js';
import { storesOfHost } from './stores.js';

export interface AppsParts {
  readonly context: SandboxContext;
  readonly clients: Clients;
  readonly grants: Grants;
  readonly stores: StoreBook;
}

/** Removing apps and telling them. */
export interface InstalledApps {
  readonly control: Pick<SandboxPlatform, 'uninstall'> & Required<Pick<SandboxPlatform, 'revokeGrants'>>;
  readonly uninstallFrom: (hash: string, clientId?: string) => void;
  readonly emit: (data: StoreData, scope: string, payload: Readonly<Record<string, unknown>>) => void;
}

export function createInstalledApps({ grants }: AppsParts): InstalledApps {
  const uninstallFrom = (hash: string, clientId?: string): void => grants.revoke(hash, clientId);
  return {
    uninstallFrom,
    emit: () => undefined,
    control: {
      revokeGrants(host) {
        for (const { hash } of storesOfHost(host)) grants.revoke(hash);
      },
      uninstall(host, clientId) {
        for (const { hash } of storesOfHost(host)) uninstallFrom(hash, clientId);
      },
    },
  };
}
