import {
  type ListOperation,
  type WebhookRegistration,
  type WebhookSubscription,
  type WriteOperation,
  type Written,
} from '#contract';
import { naiveUtcInstant, type RecordReading } from '#kit';
import { z } from 'zod';
import { id, text } from './atoms.js';
import { idPage } from './id-list.js';
import { checkedId, deleteCall, isMissing, type Place, writeCall } from './record-calls.js';

const subscription = z.object({
  id,
  topic: z.string(),
  delivery_url: z.string(),
  status: z.string(),
  date_created_gmt: text,
  date_modified_gmt: text,
});
type Subscription = z.infer<typeof subscription>;

const STATUSES: ReadonlyMap<string, WebhookSubscription['status']> = new Map([
  ['active', 'active'],
  ['paused', 'paused'],
  // By the platform itself, on the seventh delivery in a row that fails (recorded: webhook-get-after-failures).
  ['disabled', 'disabled'],
]);

function mapSubscription(hook: Subscription): WebhookSubscription {
  return {
    platformId: hook.id,
    topic: hook.topic,
    address: hook.delivery_url,
    status: STATUSES.get(hook.status) ?? 'other',
    createdAt: hook.date_created_gmt === null ? null : naiveUtcInstant(hook.date_created_gmt),
    updatedAt: hook.date_modified_gmt === null ? null : naiveUtcInstant(hook.date_modified_gmt),
  };
}

export const SUBSCRIPTIONS: RecordReading<Subscription, WebhookSubscription> = {
  schema: subscription,
  map: mapSubscription,
  identify: (raw) => subscription.pick({ id: true }).safeParse(raw).data?.id ?? null,
};

const WEBHOOKS: Place<Subscription, WebhookSubscription> = {
  path: 'wp-json/wc/v3/webhooks',
  what: 'webhook',
  reading: SUBSCRIPTIONS,
};

export const listWebhooks: ListOperation<object, WebhookSubscription> = {
  filters: {},
  sorts: ['createdAt'],
  maxPageSize: 100,
  // A subscription's id only grows, so the order of ids is that of creation.
  page: (store, _, page) => idPage(store, WEBHOOKS, page),
};

export const registerWebhook: WriteOperation<WebhookRegistration, Written<WebhookSubscription>> = {
  losses: {},
  repeat: {
    kind: 'undecidable',
    why: 'WooCommerce never answers the secret of a subscription, so one that is there already may be signed with another.',
  },
  run(store, { topic, address, secret }) {
    // Without a secret of ours the shop makes one that nobody can ever read (fact sheet, section 6).
    const body = { name: `Shopspan ${topic}`, topic, delivery_url: address, secret: secret.expose(), status: 'active' };
    return writeCall(store, { method: 'POST', path: WEBHOOKS.path, body }, SUBSCRIPTIONS);
  },
};

export const removeWebhook: WriteOperation<{ readonly platformId: string }, null> = {
  losses: {},
  repeat: { kind: 'sameEffect', why: 'What was removed stays removed.' },
  async run(store, { platformId }) {
    try {
      return await deleteCall(store, `${WEBHOOKS.path}/${checkedId(platformId, WEBHOOKS.what)}`);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
};
