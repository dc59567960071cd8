import type { JsonValue } from '#contract';
import { phpJson } from '../php-json.js';
import type { WebhookPost } from './post-webhook.js';
import { deliveryIdOf, signatureOf } from './signature.js';
import { partsOf, type WebhookTopic } from './topics.js';
import { afterDelivery, type Webhook } from './webhook.js';
import type { WebhookBook } from './webhook-book.js';

/** What the deliveries need of the shop they come from. */
export interface DeliverySource {
  /** The site's address with a trailing slash. */
  readonly homeUrl: string;
  /** The site's own secret, part of every delivery id. */
  readonly salt: string;
  /** What the REST API would answer for the resource at this moment, an error object included. */
  payload(resource: string, id: number): JsonValue;
}

interface Parts {
  readonly book: WebhookBook;
  readonly userAgent: string;
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly sourceOf: (host: string) => DeliverySource;
  /** @returns the HTTP status, 0 when nobody answered */
  readonly post: (post: WebhookPost) => Promise<number>;
}

interface Delivery {
  readonly webhookId: number;
  readonly resourceId: number;
}

/** The webhook side of every shop: what changed, what waits, what is sent. */
export interface Deliveries {
  /** Something changed; active webhooks of the topic will report it. */
  changed(host: string, topic: WebhookTopic, id: number): void;
  /** Sends everything that waits, also with the cron stopped, and what the shop adds meanwhile. */
  run(host: string): Promise<void>;
  /** How many deliveries wait. */
  waiting(host: string): number;
  /** Tells the receiver that the webhook exists; only the answer 200 confirms it. */
  ping(host: string, webhook: Webhook): Promise<void>;
  /** Writes a changed webhook, and pings where a genuine shop would. */
  save(host: string, webhook: Webhook, newAddress: boolean): Promise<void>;
}

// Action Scheduler works when the shop's cron comes by; a moment later is soon enough here, and late enough to coalesce.
const CRON_DELAY_MS = 40;

/** In-process stand-in for Action Scheduler. */
export function createDeliveries(parts: Parts): Deliveries {
  const queues = new Map<string, Delivery[]>();
  const running = new Map<string, Promise<void>>();
  const queueOf = (host: string): Delivery[] => {
    const queue = queues.get(host) ?? [];
    queues.set(host, queue);
    return queue;
  };
  const drain = async (host: string): Promise<void> => {
    const queue = queueOf(host);
    for (let next = queue.shift(); next; next = queue.shift()) await deliver(parts, host, next);
  };
  const run = async (host: string): Promise<void> => {
    const before = running.get(host) ?? Promise.resolve();
    const mine = before.then(() => drain(host));
    running.set(host, mine);
    await mine;
  };
  const wake = (host: string): void => {
    const due = (): void => void (parts.book.isCronRunning(host) && run(host));
    setTimeout(due, CRON_DELAY_MS).unref();
  };
  return {
    changed(host, topic, resourceId) {
      const queue = queueOf(host);
      const hooks = parts.book.of(host).filter((hook) => hook.status === 'active' && hook.topic === topic);
      for (const { id: webhookId } of hooks) {
        // The same webhook and resource waits only once (fact sheet, section 6).
        if (queue.some((one) => one.webhookId === webhookId && one.resourceId === resourceId)) continue;
        queue.push({ webhookId, resourceId });
      }
      if (queue.length > 0) wake(host);
    },
    run,
    waiting: (host) => queueOf(host).length,
    ping: (host, webhook) => ping(parts, host, webhook),
    save: (host, webhook, newAddress) => saveWebhook(parts, host, webhook, newAddress),
  };
}

/** No status check here: what was queued before a webhook was paused still goes out. */
async function deliver(parts: Parts, host: string, { webhookId, resourceId }: Delivery): Promise<void> {
  const webhook = parts.book.find(host, webhookId);
  if (!webhook) return;
  const source = parts.sourceOf(host);
  const { resource, event } = partsOf(webhook.topic);
  // Built now and not when it was queued, so it says what is true now (fact sheet, section 6).
  const body = phpJson(event === 'deleted' ? { id: resourceId } : source.payload(resource, resourceId));
  const headers = {
    'User-Agent': parts.userAgent,
    Accept: '*/*',
    'Content-Type': 'application/json',
    'X-WC-Webhook-Source': source.homeUrl,
    'X-WC-Webhook-Topic': webhook.topic,
    'X-WC-Webhook-Resource': resource,
    'X-WC-Webhook-Event': event,
    'X-WC-Webhook-Signature': signatureOf(body, webhook.secret),
    'X-WC-Webhook-ID': String(webhook.id),
    'X-WC-Webhook-Delivery-ID': deliveryIdOf(webhook.id, parts.now(), source.salt),
    Connection: 'close',
  };
  const status = await parts.post({ url: webhook.deliveryUrl, headers, body });
  const current = parts.book.find(host, webhookId);
  if (current) await saveWebhook(parts, host, afterDelivery(current, status, parts.now()), false);
}

async function saveWebhook(parts: Parts, host: string, webhook: Webhook, newAddress: boolean): Promise<void> {
  parts.book.save(host, webhook);
  if (webhook.status === 'active' && (newAddress || webhook.pending)) await ping(parts, host, webhook);
}

/** Unsigned and without a topic; a failure changes nothing (recorded: captures/woocommerce/webhook-delivery-ping.json). */
async function ping(parts: Parts, host: string, { id, deliveryUrl: url }: Webhook): Promise<void> {
  const headers = {
    'User-Agent': parts.userAgent,
    Accept: '*/*',
    Connection: 'close',
    'Content-Type': 'application/x-www-form-urlencoded',
  };
  if ((await parts.post({ url, headers, body: `webhook_id=${id}` })) !== 200) return;
  const current = parts.book.find(host, id);
  if (current) parts.book.save(host, { ...current, pending: false, modifiedAt: parts.now() });
}
