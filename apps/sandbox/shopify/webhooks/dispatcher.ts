import { randomUUID } from 'node:crypto';
import type { ShopData } from '../shop-slice.js';
import { isLoopback } from '../../loopback.js';
import { sendMessage } from './send-message.js';
import { wireTopic } from './topics.js';
import { webhooksSlice, type Message, type Subscription } from './webhooks-slice.js';

const MINUTE = 60_000;
/** docs: eight retries over four hours, further and further apart; the steps themselves are not published. */
const RETRY_AFTER_MS = [1, 2, 5, 12, 25, 45, 60, 90].map((minutes) => minutes * MINUTE);
/** docs: after that many failures in a row an API-made subscription is deleted. */
const MOST_FAILURES = 8;
const MOST_WAITING = 5_000;

/** What the dispatcher works with. */
export interface DispatcherParts {
  now(): Date;
  /** The secret a client's messages are signed with. */
  secretOf(clientId: string): string | undefined;
}

/** One thing that happened, however many messages it makes. */
export interface Happening {
  /** A value of `WebhookSubscriptionTopic`. */
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly eventId: string;
  /** Only this app is told. */
  readonly clientId?: string;
}

/** What came of a round of deliveries. */
export interface WebhookRun {
  readonly delivered: number;
  readonly failed: number;
  /** Left in the queue. */
  readonly waiting: number;
}

/** Delivers webhooks of all shops. */
export interface Dispatcher {
  /** Puts a message to each subscriber of the topic into the queue and soon tries to deliver it. */
  notify(data: ShopData, happening: Happening): void;
  /** Puts one message to a given address into the queue. @param topic as the wire has it */
  post(data: ShopData, message: { clientId: string; uri: string; topic: string; payload: unknown }): void;
  /**
   * Delivers everything due and waits for what is on its way.
   * @param retriesNow also what waits for its next attempt
   */
  deliver(data: ShopData, retriesNow?: boolean): Promise<WebhookRun>;
}

/** docs: with `includeFields` only these top-level fields are sent. */
function bodyOf(payload: Happening['payload'], { includeFields }: Subscription): string {
  if (includeFields.length === 0) return JSON.stringify(payload);
  const wanted = new Set(includeFields.map((path) => path.split('.')[0] ?? path));
  return JSON.stringify(Object.fromEntries(Object.entries(payload).filter(([field]) => wanted.has(field))));
}

function matches(data: ShopData, { topic, clientId }: Happening): readonly Subscription[] {
  return webhooksSlice
    .read(data)
    .subscriptions.filter((one) => one.topic === topic && (clientId === undefined || one.clientId === clientId));
}

class QueueRunner implements Dispatcher {
  /** What each shop is delivering at the moment. */
  readonly #running = new Map<ShopData, Promise<WebhookRun>>();
  readonly #timers = new Map<ShopData, NodeJS.Timeout>();

  constructor(readonly parts: DispatcherParts) {}

  notify(data: ShopData, happening: Happening): void {
    const { topic, payload, eventId } = happening;
    for (const one of matches(data, happening)) {
      const { clientId, uri, name, id: subscriptionId } = one;
      const shared = { clientId, uri, name, subscriptionId, eventId };
      this.#enqueue(data, { ...shared, topic: wireTopic(topic), body: bodyOf(payload, one) });
    }
  }

  post(
    data: ShopData,
    { payload, ...message }: { clientId: string; uri: string; topic: string; payload: unknown },
  ): void {
    const body = JSON.stringify(payload);
    this.#enqueue(data, { ...message, body, name: null, subscriptionId: null, eventId: randomUUID() });
  }

  async deliver(data: ShopData, retriesNow = false): Promise<WebhookRun> {
    // One after the other, however many ask at once: two at a time would send the same message twice.
    const before = this.#running.get(data) ?? Promise.resolve();
    const run = before.then(
      () => this.#run(data, retriesNow),
      () => this.#run(data, retriesNow),
    );
    this.#running.set(data, run);
    try {
      return await run;
    } finally {
      if (this.#running.get(data) === run) this.#running.delete(data);
      this.#plan(data);
    }
  }

  #enqueue(
    data: ShopData,
    message: Pick<Message, 'clientId' | 'uri' | 'name' | 'subscriptionId' | 'eventId' | 'topic' | 'body'>,
  ): void {
    // Nothing ever leaves this machine, whatever address an app registered.
    if (!isLoopback(message.uri)) return;
    const now = this.parts.now();
    const triggeredAt = now.toISOString().replace('Z', '000000Z');
    const made = { ...message, webhookId: randomUUID(), triggeredAt, attempts: 0, dueAt: now.getTime() };
    webhooksSlice.update(data, (state) => ({ ...state, queue: [...state.queue.slice(-MOST_WAITING), made] }));
    this.#plan(data);
  }

  /** Sets the clock for what is due next. */
  #plan(data: ShopData): void {
    clearTimeout(this.#timers.get(data));
    const due = webhooksSlice.read(data).queue.map(({ dueAt }) => dueAt);
    if (due.length === 0) return;
    const wait = Math.max(0, Math.min(...due) - this.parts.now().getTime());
    const timer = setTimeout(() => void this.deliver(data), wait);
    timer.unref();
    this.#timers.set(data, timer);
  }

  async #run(data: ShopData, retriesNow: boolean): Promise<WebhookRun> {
    const now = this.parts.now().getTime();
    const due = webhooksSlice.read(data).queue.filter(({ dueAt }) => retriesNow || dueAt <= now);
    let [delivered, failed] = [0, 0];
    for (const message of due) {
      const still = webhooksSlice.read(data).queue.some(({ webhookId }) => webhookId === message.webhookId);
      if (!still) continue;
      const secret = this.parts.secretOf(message.clientId);
      const ok = secret !== undefined && (await sendMessage(message, data.shop.host, secret));
      if (ok) delivered += 1;
      else failed += 1;
      this.#settle(data, message, ok);
    }
    return { delivered, failed, waiting: webhooksSlice.read(data).queue.length };
  }

  /** Notes what became of an attempt. */
  #settle(data: ShopData, message: Message, ok: boolean): void {
    const attempts = message.attempts + 1;
    const wait = RETRY_AFTER_MS[message.attempts];
    const again = !ok && wait !== undefined ? [{ ...message, attempts, dueAt: this.parts.now().getTime() + wait }] : [];
    webhooksSlice.update(data, ({ subscriptions, queue }) => {
      const counted = subscriptions.map((one) =>
        one.id === message.subscriptionId ? { ...one, failures: ok ? 0 : one.failures + 1 } : one,
      );
      const kept = counted.filter(({ failures }) => failures < MOST_FAILURES);
      const gone = counted.filter(({ failures }) => failures >= MOST_FAILURES).map(({ id }) => id);
      const rest = queue.flatMap((one) => (one.webhookId === message.webhookId ? again : [one]));
      return {
        subscriptions: kept,
        queue: rest.filter(({ subscriptionId }) => subscriptionId === null || !gone.includes(subscriptionId)),
      };
    });
  }
}

/** Creates the dispatcher of all shops. What waits is kept with each shop. */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  return new QueueRunner(parts);
}
