import { randomUUID } from 'node:crypto';
import type { SandboxPlatform, WebhookChoice, WebhookOrder } from '../platform.js';
import type { Clients } from '../clients.js';
import type { Grants } from './oauth/grant-types.js';
import type { ShopData } from './shop-slice.js';
import type { Dispatcher } from './webhooks/dispatcher.js';
import { compliancePayload, shopPayload } from './webhooks/shop-payload.js';
import { wireTopic } from './webhooks/topics.js';
import { webhooksSlice } from './webhooks/webhooks-slice.js';

/** What removing apps and sending to them works with. */
export interface AppParts {
  readonly clients: Clients;
  readonly grants: Grants;
  readonly dispatcher: Dispatcher;
  readonly dataOf: (host: string) => ShopData | undefined;
}

/** What a test or the merchant does to installed apps. */
export interface AppControl extends Required<
  Pick<SandboxPlatform, 'sendWebhook' | 'forgetWebhooks' | 'runDeliveries' | 'revokeGrants'>
> {
  readonly uninstall: (host: string, clientId?: string) => void;
}

const UNINSTALLED = wireTopic('APP_UNINSTALLED');

/** Takes away subscriptions and what waits for them, except the word that the app is gone. */
function dropSubscriptions(
  data: ShopData,
  drop: (one: { clientId: string; topic: string; uri: string }) => boolean,
): number {
  const before = webhooksSlice.read(data).subscriptions;
  const gone = new Set(before.filter(drop).map(({ id }) => id));
  if (gone.size === 0) return 0;
  webhooksSlice.update(data, ({ subscriptions, queue }) => ({
    subscriptions: subscriptions.filter(({ id }) => !gone.has(id)),
    queue: queue.filter(
      ({ subscriptionId, topic }) => subscriptionId === null || !gone.has(subscriptionId) || topic === UNINSTALLED,
    ),
  }));
  return gone.size;
}

/** Creates the ways apps are removed and told. */
export function createAppControl({ clients, grants, dispatcher, dataOf }: AppParts): AppControl {
  const revoke = (host: string, clientId?: string): void => {
    grants.revoke(host, clientId);
    const data = dataOf(host);
    if (data !== undefined) dropSubscriptions(data, (one) => clientId === undefined || one.clientId === clientId);
  };

  return {
    revokeGrants: (host) => revoke(host),
    uninstall(host, clientId) {
      const data = dataOf(host);
      // docs: the message goes to the address that was subscribed when the app was removed.
      if (data !== undefined) {
        const whose = clientId === undefined ? {} : { clientId };
        dispatcher.notify(data, {
          topic: 'APP_UNINSTALLED',
          payload: shopPayload(data),
          eventId: randomUUID(),
          ...whose,
        });
      }
      revoke(host, clientId);
    },
    sendWebhook(host, { clientId, topic, payload }: WebhookOrder) {
      const data = dataOf(host);
      const uri = clients.find(clientId)?.webhookUrl;
      if (data === undefined || uri === undefined) return false;
      dispatcher.post(data, { clientId, uri, topic, payload: { ...compliancePayload(topic, data), ...payload } });
      return true;
    },
    forgetWebhooks(host, { topic, address }: WebhookChoice) {
      const data = dataOf(host);
      if (data === undefined) return 0;
      const isMeant = (one: { topic: string; uri: string }): boolean =>
        (topic === undefined || wireTopic(one.topic) === topic || one.topic === topic) &&
        (address === undefined || one.uri === address);
      return dropSubscriptions(data, isMeant);
    },
    async runDeliveries(host) {
      const data = dataOf(host);
      if (data !== undefined) await dispatcher.deliver(data, true);
    },
  };
}
