import { createHash, randomUUID } from 'node:crypto';
import { isLoopback } from '../../loopback.js';
import type { Hook, Message } from '../state/rows.js';
import type { StoreData } from '../state/store-data.js';
import { hears } from './scopes.js';
import { sendMessage } from './send-message.js';

/** docs: pauses between the attempts, two days together; after the last one the hook is switched off. */
const RETRY_AFTER_SECONDS = [60, 180, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 50_400, 86_400];
const MOST_WAITING = 5_000;
/** docs: the code of a hook that was switched off. */
const SWITCHED_OFF = 90_002;

/** What the dispatcher works with. */
export interface DispatcherParts {
  now(): Date;
  /** The secret a client's messages are signed with. */
  secretOf(clientId: string): string | undefined;
}

type Payload = Readonly<Record<string, unknown>>;

/** docs: a thin body; `hash` is the same on every copy and every attempt. */
function bodyOf({ store }: StoreData, scope: string, data: Payload, now: Date): string {
  const producer = `stores/${store.hash}`;
  // What the platform hashes is not documented; here it tells one thing that happened from another.
  const hash = createHash('sha1')
    .update(JSON.stringify([scope, data, producer, randomUUID()]))
    .digest('hex');
  const created_at = Math.floor(now.getTime() / 1_000);
  return JSON.stringify({ scope, store_id: String(store.storeId), data, hash, created_at, producer });
}

/** Delivers the hooks of all stores. What waits is kept with each store. */
export class Dispatcher {
  /** What each store is delivering at the moment. */
  readonly #running = new Map<StoreData, Promise<void>>();
  readonly #timers = new Map<StoreData, NodeJS.Timeout>();

  constructor(readonly parts: DispatcherParts) {}

  /**
   * Puts a message to each hook that hears of this into the outbox and soon tries to deliver it.
   * @param clientId only this client's hooks
   * @returns how many hooks hear of it
   */
  emit(data: StoreData, scope: string, payload: Payload, clientId?: string): number {
    const now = this.parts.now();
    // docs: a new hook may take up to a minute until it hears anything.
    const since = now.getTime() / 1_000 - data.knobs.hookDelaySeconds;
    const listening = data.tables.hooks.where(
      (hook) =>
        hook.is_active &&
        hook.created_at <= since &&
        hears(hook.scope, scope) &&
        (clientId === undefined || hook.client_id === clientId),
    );
    const body = bodyOf(data, scope, payload, now);
    for (const hook of listening) {
      for (let copy = 0; copy < data.knobs.copies; copy += 1) this.#enqueue(data, hook, scope, body);
    }
    return listening.length;
  }

  /** Calls one of the application's own callbacks, once. */
  callBack(data: StoreData, clientId: string, destination: string): void {
    this.#put(data, { hook_id: 0, client_id: clientId, destination, headers: {}, scope: '', body: null });
  }

  /**
   * Delivers everything due and waits for what is on its way.
   * @param retriesNow also what waits for its next attempt, and what comes up meanwhile
   */
  async deliver(data: StoreData, retriesNow = false): Promise<void> {
    // One after the other, however many ask at once: two at a time would send the same message twice.
    const before = this.#running.get(data) ?? Promise.resolve();
    const run = before.then(() => this.#run(data, retriesNow));
    this.#running.set(data, run);
    await run;
    if (this.#running.get(data) === run) this.#running.delete(data);
    this.#plan(data);
  }

  /** Goes on with what an earlier run left behind. */
  resume(data: StoreData): void {
    this.#plan(data);
  }

  #enqueue(data: StoreData, { id, client_id, destination, headers }: Hook, scope: string, body: string): void {
    this.#put(data, { hook_id: id, client_id, destination, headers: headers ?? {}, scope, body });
  }

  #put(
    data: StoreData,
    message: Pick<Message, 'hook_id' | 'client_id' | 'destination' | 'headers' | 'scope' | 'body'>,
  ): void {
    // Nothing ever leaves this machine, whatever address an app gave.
    if (!isLoopback(message.destination) || data.tables.outbox.size >= MOST_WAITING) return;
    const due = { attempts: 0, due_at: this.parts.now().getTime() };
    data.tables.outbox.put({ ...message, id: data.tables.outbox.nextId(), message_id: `msg_${randomUUID()}`, ...due });
    this.#plan(data);
  }

  /** Sets the clock for what is due next. */
  #plan(data: StoreData): void {
    clearTimeout(this.#timers.get(data));
    const due = data.tables.outbox.all().map(({ due_at: at }) => at);
    if (due.length === 0) return;
    const wait = Math.max(0, Math.min(...due) - this.parts.now().getTime());
    const timer = setTimeout(() => void this.deliver(data), wait);
    timer.unref();
    this.#timers.set(data, timer);
  }

  async #run(data: StoreData, retriesNow: boolean): Promise<void> {
    const { outbox } = data.tables;
    const tried = new Set<number>();
    const next = (): Message | undefined => {
      const now = this.parts.now().getTime();
      return outbox.where(({ id, due_at: at }) => !tried.has(id) && (retriesNow || at <= now))[0];
    };
    for (let message = next(); message !== undefined; message = next()) {
      tried.add(message.id);
      const secret = this.parts.secretOf(message.client_id);
      const ok = secret !== undefined && (await sendMessage(message, secret, this.parts.now()));
      this.#settle(data, message, ok);
    }
  }

  /** Notes what became of an attempt. */
  #settle(data: StoreData, message: Message, ok: boolean): void {
    const { outbox, hooks } = data.tables;
    // Taken away while it was on its way.
    if (outbox.find(message.id) === undefined) return;
    const pause = RETRY_AFTER_SECONDS[message.attempts];
    if (!ok && message.hook_id !== 0 && pause !== undefined) {
      const at = this.parts.now().getTime() + pause * 1_000;
      outbox.put({ ...message, attempts: message.attempts + 1, due_at: at });
      return;
    }
    outbox.remove(({ id }) => id === message.id);
    const hook = hooks.find(message.hook_id);
    if (ok || hook === undefined) return;
    hooks.put({ ...hook, is_active: false });
    outbox.remove(({ hook_id: id }) => id === hook.id);
    const payload = { type: 'webhook', id: hook.id, error_code: SWITCHED_OFF, message: 'Webhook disabled.' };
    this.emit(data, 'store/hook/deliveryException', payload);
  }
}
