import { z } from 'zod';
import type { JsonValue } from '#contract';
import { type Webhook, webhookSchema } from './webhook.js';

const savedSchema = z.record(
  z.string(),
  z.object({ created: z.number().int(), cron: z.boolean(), webhooks: z.array(webhookSchema) }),
);

interface ShopHooks {
  created: number;
  /** Whether the shop's cron runs; without it nothing is ever delivered. */
  cron: boolean;
  readonly webhooks: Map<number, Webhook>;
}

/** The webhooks of every shop, by host. */
export interface WebhookBook {
  /** Oldest first. */
  of(host: string): readonly Webhook[];
  find(host: string, id: number): Webhook | undefined;
  /** Gives it the shop's next id. */
  add(host: string, make: (id: number) => Webhook): Webhook;
  save(host: string, webhook: Webhook): void;
  remove(host: string, id: number): void;
  isCronRunning(host: string): boolean;
  setCron(host: string, running: boolean): void;
  snapshot(): JsonValue;
  /** @throws {z.ZodError} when the state is not {@link WebhookBook.snapshot}'s; nothing is taken over then */
  restore(state: JsonValue): void;
}

/** @param changed asks for the state to be saved */
export function createWebhookBook(changed: () => void): WebhookBook {
  const shops = new Map<string, ShopHooks>();
  const shopOf = (host: string): ShopHooks => {
    const known = shops.get(host) ?? { created: 0, cron: true, webhooks: new Map<number, Webhook>() };
    shops.set(host, known);
    return known;
  };
  const save = (host: string, webhook: Webhook): void => {
    shopOf(host).webhooks.set(webhook.id, webhook);
    changed();
  };
  return {
    of: (host) => [...shopOf(host).webhooks.values()],
    find: (host, id) => shopOf(host).webhooks.get(id),
    add(host, make) {
      const webhook = make((shopOf(host).created += 1));
      save(host, webhook);
      return webhook;
    },
    save,
    remove(host, id) {
      shopOf(host).webhooks.delete(id);
      changed();
    },
    isCronRunning: (host) => shopOf(host).cron,
    setCron(host, running) {
      shopOf(host).cron = running;
      changed();
    },
    snapshot: () =>
      Object.fromEntries(
        [...shops].map(([host, { created, cron, webhooks }]) => [
          host,
          { created, cron, webhooks: [...webhooks.values()].map((webhook) => ({ ...webhook })) },
        ]),
      ),
    restore(state) {
      const saved = savedSchema.parse(state);
      shops.clear();
      for (const [host, { created, cron, webhooks }] of Object.entries(saved)) {
        shops.set(host, { created, cron, webhooks: new Map(webhooks.map((webhook) => [webhook.id, webhook])) });
      }
    },
  };
}
