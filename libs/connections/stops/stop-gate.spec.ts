import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GatewayError } from '#contract';
import { type Answer, type Transport, TransportError } from '#kit';
import type { StopRow, StopScope } from '#persistence';
import { BELIEVED_MS, createStopGate, READ_EVERY_MS, type StopGate } from './stop-gate.js';
import { gatedTransport } from './way-out.js';

const USER = { tenantId: 'ten', appId: 'app', platform: 'example', mode: 'test', storeId: 'sto' } as const;
const NEVER = new AbortController().signal;

const stopOf = (scope: StopScope, target = ''): StopRow => ({
  ...{ id: '1', scope, target, reason: 'a key leaked', setBy: 'Night shift' },
  ...{ setAt: new Date('2026-11-29T00:00:00Z'), liftedBy: null, liftedAt: null, liftAskedBy: null, liftAskedAt: null },
});

/** A gate over stops and a clock that the test moves. */
function world() {
  const state = { stops: [] as StopRow[], now: 0, isDown: false, reads: 0 };
  const sleepers = new Set<() => void>();
  const gate = createStopGate({
    read: async () => {
      await Promise.resolve();
      state.reads += 1;
      if (state.isDown) throw new Error('down');
      return [...state.stops];
    },
    elapsed: () => state.now,
    sleep: async (milliseconds, signal) => {
      const until = state.now + milliseconds;
      while (state.now < until && !signal.aborted) await new Promise<void>((resolve) => sleepers.add(resolve));
    },
  });
  gates.push(gate);
  const settle = () => delay(0);
  const pass = async (milliseconds: number) => {
    for (const until = state.now + milliseconds; state.now < until;) {
      state.now = Math.min(state.now + 50, until);
      for (const wake of sleepers) wake();
      sleepers.clear();
      await settle();
    }
  };
  return { gate, state, pass, settle };
}

const gates: StopGate[] = [];
afterEach(() => {
  for (const gate of gates.splice(0)) gate.close();
});

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => 'went',
    (error: unknown) => (GatewayError.is(error) ? error.code : error),
  );
}

describe('the gate', () => {
  it.each([
    ['everything', '', 'store_paused'],
    ['platform', 'example', 'store_paused'],
    ['tenant', 'ten', 'store_paused'],
    ['app', 'app', 'store_paused'],
    ['store', 'sto', 'store_paused'],
    ['platform', 'another', 'went'],
    ['store', 'app', 'went'],
  ] as const)('case 145: a stop of %s %s answers %s', async (scope, target, code) => {
    const { gate, state } = world();
    state.stops = [stopOf(scope, target)];
    expect(await codeOf(gate.enter(USER))).toBe(code);
    expect(gate.mayUse(USER)).toBe(code === 'went');
  });

  it('says who has stopped what and why', async () => {
    const { gate, state } = world();
    state.stops = [stopOf('platform', 'example')];
    await expect(gate.enter(USER)).rejects.toThrow(
      'An operator (Night shift) has stopped the calls to all stores of this platform since 2026-11-29T00:00:00.000Z: a key leaked',
    );
  });

  it('case 145: holds within a second of being set, and goes on within one of being lifted', async () => {
    const { gate, state, pass } = world();
    await gate.enter(USER);
    state.stops = [stopOf('everything')];
    await pass(READ_EVERY_MS + 50);
    expect(gate.mayUse(USER)).toBe(false);
    expect(await codeOf(gate.enter(USER))).toBe('store_paused');
    state.stops = [];
    await pass(READ_EVERY_MS + 50);
    expect(await codeOf(gate.enter(USER))).toBe('went');
  });

  it('case 145: what it knew is not believed any longer when it stood still: it reads first', async () => {
    const { gate, state } = world();
    await gate.enter(USER);
    state.stops = [stopOf('everything')];
    // No timer has run: as after a stop of the whole process.
    state.now += BELIEVED_MS;
    expect(gate.mayUse(USER)).toBe(false);
    expect(await codeOf(gate.enter(USER))).toBe('store_paused');
  });

  it('case 145: uses nothing while the stops cannot be read, and goes on when they can', async () => {
    const { gate, state, pass } = world();
    await gate.enter(USER);
    state.isDown = true;
    await pass(BELIEVED_MS);
    expect(gate.mayUse(USER)).toBe(false);
    const waiting = codeOf(gate.enter(USER));
    const lost = codeOf(gate.enter({ ...USER, storeId: 'other' }));
    await pass(1000);
    state.isDown = false;
    await pass(300);
    expect(await Promise.all([waiting, lost])).toEqual(['went', 'went']);
    state.isDown = true;
    await pass(BELIEVED_MS);
    const given = codeOf(gate.enter(USER));
    await pass(7000);
    expect(await given).toBe('database_unavailable');
  });

  it('case 145: ends what waits for its turn, and leaves alone what is not stopped', async () => {
    const { gate, state, pass } = world();
    const waits = (signal: AbortSignal) =>
      new Promise<string>((_, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('ended', 'AbortError')));
      });
    const stopped = codeOf(gate.unlessStopped(USER, NEVER, waits));
    const leaving = new AbortController();
    const other = codeOf(gate.unlessStopped({ ...USER, storeId: 'other' }, leaving.signal, waits));
    state.stops = [stopOf('store', 'sto')];
    await pass(300);
    expect(await stopped).toBe('store_paused');
    leaving.abort();
    expect(await other).toMatchObject({ name: 'AbortError' });
  });

  it('knows at once what was set before it was asked to read anew', async () => {
    const { gate, state, settle } = world();
    await settle();
    state.stops = [stopOf('everything')];
    await gate.refresh();
    expect(gate.stopFor(USER)).toMatchObject({ scope: 'everything' });
  });
});

describe('the way out', () => {
  const message = { method: 'GET', url: new URL('https://shop.example/'), headers: {} };
  const LIMITS = { deadlineMs: 1000, maxBytes: 10 };
  const through = ({ gate, state }: Pick<ReturnType<typeof world>, 'gate' | 'state'>, transport: Transport) =>
    gatedTransport(transport, { gate, elapsed: () => state.now }, USER);
  const transportOf = (send: (...call: Parameters<Transport>) => Promise<Answer>) =>
    Object.assign(send, { close: () => undefined });

  it('case 145: sends nothing under a stop', async () => {
    const { gate, state } = world();
    const send = vi.fn<(...call: Parameters<Transport>) => Promise<Answer>>();
    state.stops = [stopOf('everything')];
    expect(await codeOf(through({ gate, state }, transportOf(send))(message, LIMITS))).toBe('store_paused');
    expect(send).not.toHaveBeenCalled();
  });

  it('case 145: says of what was withheld at the last moment that it was stopped', async () => {
    const { gate, state, pass } = world();
    const transport = transportOf(async (_, { mayLeave }) => {
      state.stops = [stopOf('everything')];
      await pass(300);
      expect(mayLeave?.()).toBe(false);
      throw new TransportError('aborted', 'no', 'shop.example');
    });
    expect(await codeOf(through({ gate, state }, transport)(message, LIMITS))).toBe('store_paused');
  });

  it('counts the wait for the gate against the deadline', async () => {
    const { gate, state, pass } = world();
    let given = 0;
    const transport = transportOf((_, { deadlineMs }) => {
      given = deadlineMs;
      return Promise.reject(new TransportError('timeout', 'no', 'shop.example'));
    });
    await gate.enter(USER);
    state.isDown = true;
    await pass(BELIEVED_MS);
    const sent = codeOf(through({ gate, state }, transport)(message, LIMITS));
    await pass(300);
    state.isDown = false;
    await pass(300);
    await sent;
    expect(given).toBeLessThan(LIMITS.deadlineMs - 200);
    expect(given).toBeGreaterThan(0);
  });
});
