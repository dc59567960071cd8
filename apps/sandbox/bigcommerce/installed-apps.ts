import type { Clients } from '../clients.js';
import type { SandboxContext, SandboxPlatform, WebhookChoice, WebhookOrder } from '../platform.js';
import { Dispatcher } from './hooks/dispatcher.js';
import type { Grants } from './oauth/grants.js';
import { signedCallback } from './oauth/panel-routes.js';
import type { Hook } from './state/rows.js';
import type { StoreBook, StoreData } from './state/store-data.js';
import { accountOf, storeOfHash, STORES, storesOfHost } from './stores.js';

export interface AppsParts {
  readonly context: SandboxContext;
  readonly clients: Clients;
  readonly grants: Grants;
  readonly stores: StoreBook;
}

type Control = Required<
  Pick<SandboxPlatform, 'revokeGrants' | 'uninstall' | 'runDeliveries' | 'sendWebhook' | 'forgetWebhooks'>
>;

/** Removing apps and telling them. */
export interface InstalledApps {
  readonly control: Control;
  readonly uninstallFrom: (hash: string, clientId?: string) => void;
  /** Goes on with deliveries an earlier run left behind. */
  readonly resume: () => void;
  readonly emit: (data: StoreData, scope: string, payload: Readonly<Record<string, unknown>>) => void;
}

const UNINSTALLED = 'store/app/uninstalled';
const CALLBACKS = ['uninstall', 'remove_user'];

/** Hooks go, and what waits for them, except the word that the app is gone. */
function dropHooks({ tables }: StoreData, isMeant: (hook: Hook) => boolean): number {
  const gone = new Set(tables.hooks.where(isMeant).map(({ id }) => id));
  tables.hooks.remove(({ id }) => gone.has(id));
  tables.outbox.remove(({ hook_id: id, scope }) => gone.has(id) && scope !== UNINSTALLED);
  return gone.size;
}

interface Ways {
  readonly grants: Grants;
  readonly dispatcher: Dispatcher;
  readonly dataOf: (host: string) => readonly StoreData[];
  /** Calls the client's uninstall callback. @returns false when it has none */
  readonly callBack: (data: StoreData, clientId: string) => boolean;
  readonly uninstallFrom: InstalledApps['uninstallFrom'];
}

const appsAt = (grants: Grants, hash: string): ReadonlySet<string> =>
  new Set(grants.installed(hash).map(({ clientId }) => clientId));

function createControl({ grants, dispatcher, dataOf, callBack, uninstallFrom }: Ways): Control {
  return {
    revokeGrants(host) {
      for (const data of dataOf(host)) {
        const apps = appsAt(grants, data.store.hash);
        grants.revoke(data.store.hash);
        dropHooks(data, ({ client_id: id }) => apps.has(id));
      }
    },
    uninstall(host, clientId) {
      for (const { store } of dataOf(host)) uninstallFrom(store.hash, clientId);
    },
    async runDeliveries(host) {
      for (const data of dataOf(host)) await dispatcher.deliver(data, true);
    },
    sendWebhook(host, { clientId, topic, payload }: WebhookOrder) {
      const sent = dataOf(host).map((data) =>
        CALLBACKS.includes(topic) ? callBack(data, clientId) : dispatcher.emit(data, topic, payload, clientId) > 0,
      );
      return sent.includes(true);
    },
    forgetWebhooks(host, { topic, address }: WebhookChoice) {
      const isMeant = ({ scope, destination }: Hook): boolean =>
        (topic === undefined || scope === topic) && (address === undefined || destination === address);
      return dataOf(host).reduce((count, data) => count + dropHooks(data, isMeant), 0);
    },
  };
}

/** Creates the ways apps are removed and told. */
export function createInstalledApps({ context, clients, grants, stores }: AppsParts): InstalledApps {
  const now = (): Date => context.now();
  const accounts = STORES.map((store) => accountOf(store));
  const secretOf = (clientId: string): string | undefined =>
    clients.find(clientId)?.secret ?? accounts.find((account) => account.clientId === clientId)?.secret;
  const dispatcher = new Dispatcher({ now, secretOf });
  const dataOf = (host: string): readonly StoreData[] => storesOfHost(host).map((store) => stores.of(store));

  const callBack = (data: StoreData, clientId: string): boolean => {
    const client = clients.find(clientId);
    if (client?.webhookUrl === undefined) return false;
    dispatcher.callBack(data, clientId, signedCallback(client.webhookUrl, client, data.store, now()));
    return true;
  };
  const uninstallFrom = (hash: string, only?: string): void => {
    const store = storeOfHash(hash);
    if (store === undefined) return;
    const data = stores.of(store);
    for (const clientId of appsAt(grants, hash)) {
      if (only !== undefined && clientId !== only) continue;
      dispatcher.emit(data, UNINSTALLED, { type: 'app' }, clientId);
      callBack(data, clientId);
      grants.revoke(hash, clientId);
      dropHooks(data, ({ client_id: id }) => id === clientId);
    }
  };
  return {
    uninstallFrom,
    emit: (data, scope, payload) => void dispatcher.emit(data, scope, payload),
    resume() {
      for (const store of STORES) dispatcher.resume(stores.of(store));
    },
    control: createControl({ grants, dispatcher, dataOf, callBack, uninstallFrom }),
  };
}
