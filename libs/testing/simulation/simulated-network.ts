import type { Transport } from '#kit';
import { createAnswer } from '../../kit/transport/answer.js';
import { TransportError } from '../../kit/transport/transport-error.js';
import type { GivenPair } from './simulated-grant.js';
import type { SimulatedProcess } from './simulated-process.js';
import { aim } from './weather.js';
import { MINUTE, type Shop, type World } from './world-types.js';

type Fault =
  | 'none'
  | 'requestLost'
  | 'answerLost'
  | 'reset'
  | 'slowAnswer'
  | 'slowPlatform'
  | 'errorBefore'
  | 'errorAfter'
  | 'limited'
  | 'truncated'
  | 'garbage'
  | 'lags';
const FAULTS: readonly Fault[] = [
  'requestLost',
  'answerLost',
  'reset',
  'slowAnswer',
  'slowPlatform',
  'errorBefore',
  'errorAfter',
  'limited',
  'truncated',
  'garbage',
  'lags',
];

// The transport's own (libs/kit/transport/exchange-limits.ts).
const STOOD_STILL_MS = 100;
const TO_READ_WHAT_ARRIVED_MS = 500;

interface Said {
  readonly status: number;
  readonly body: string;
  readonly retryAfter?: string;
  readonly pair?: GivenPair;
}

/** The way from one process to all platforms. */
export function simulatedTransport(world: World, process: SimulatedProcess): Transport {
  const send: Parameters<typeof Object.assign>[0] & ((...given: Parameters<Transport>) => ReturnType<Transport>) = (
    message,
    { deadlineMs, signal },
  ) => {
    const { time, trace, between } = world;
    const shop = world.shops.find(({ store }) => message.url.hostname === `${store.account}.example.com`);
    if (shop === undefined) throw new Error(`no shop at ${message.url.hostname}`);
    const form = new URLSearchParams(Buffer.from(message.body ?? '').toString());
    const token = form.get('refresh_token') ?? form.get('client_secret') ?? '';
    const fault = faultOf(world, shop);
    const life = process.life;
    const go = process.resume();
    time.touch();
    world.judge.sent(shop, process);
    trace(`${life} asks ${shop.kind} for ${shop.store.account} with ${token}${fault === 'none' ? '' : ` (${fault})`}`);
    aim(world, shop, process);
    const wire = { process, life, since: time.now() };
    shop.onWire.push(wire);
    const leave = () => void (shop.onWire = shop.onWire.filter((one) => one !== wire));
    const lost = (pair: GivenPair | undefined) => {
      if (pair?.fate === 'on its way') pair.fate = 'lost';
    };
    const arrives = fault === 'slowPlatform' ? between(100, 40_000) : between(20, 300);
    const back = fault === 'slowAnswer' ? between(100, 40_000) : between(20, 500);
    return new Promise((resolve, reject) => {
      let ended = false;
      let reads = false;
      const dueAt = time.now() + deadlineMs;
      let pair: GivenPair | undefined;
      const fail = (reason: 'timeout' | 'interrupted' | 'unreachable' | 'aborted', isTimer = false) => {
        if (process.life !== life || process.state === 'dead') lost(pair);
        go(() => {
          if (ended) return;
          if (reason === 'timeout' && !reads) {
            // As the transport does: after a stop, what arrived meanwhile is read first.
            reads = true;
            const toRead = time.now() - dueAt >= STOOD_STILL_MS ? TO_READ_WHAT_ARRIVED_MS : 1;
            time.after(toRead, () => fail('timeout', true));
            return;
          }
          ended = true;
          leave();
          if (['timeout', 'aborted'].includes(reason) && pair?.fate === 'on its way') pair.fate = 'given up';
          lost(pair);
          reject(new TransportError(reason, 'maybe', shop.store.account));
        }, isTimer);
      };
      time.after(deadlineMs, () => fail('timeout', true));
      signal?.addEventListener('abort', () => fail('aborted'), { once: true });
      if (fault === 'requestLost') return;
      time.after(arrives, () => {
        const said = answerOf(world, shop, token, fault);
        pair = said.pair;
        if (pair !== undefined && fault === 'answerLost') lost(pair);
        else if (pair !== undefined && ended) pair.fate = 'given up';
        // What nobody heard cannot be acted on.
        if (fault === 'answerLost' || fault === 'reset') shop.troubledAt = Math.max(shop.troubledAt, time.now() + 1);
        if (fault === 'answerLost') return;
        time.after(back, () => {
          if (fault === 'reset') return fail('interrupted');
          if (process.life !== life || process.state === 'dead') return lost(pair);
          go(() => {
            if (ended) return;
            ended = true;
            leave();
            if (said.status === 200 && fault !== 'truncated' && fault !== 'garbage' && pair !== undefined) {
              pair.fate = isDropped(world, shop, life) ? 'dropped' : 'delivered';
              pair.holder = life;
            } else lost(pair);
            const headers = new Map([['content-type', ['application/json']]]);
            if (said.retryAfter !== undefined) {
              headers.set('retry-after', [said.retryAfter]);
              world.judge.askedToWait(shop, life, said.retryAfter);
            }
            resolve(createAnswer(said.status, headers, new TextEncoder().encode(said.body)));
          });
        });
      });
    });
  };
  return Object.assign(send, { close: () => undefined });
}

/**
 * Where each try within a grace is given another pair, one that comes after its claim has ended is not kept: it may not be
 * the last. Should the tries after it all fail, that costs the connection, and no rule would save both.
 */
function isDropped(world: World, shop: Shop, life: string): boolean {
  const owner = world.rows.find(shop.store)?.leaseOwner;
  return shop.kind === 'gracious' && owner?.startsWith(`${life}/`) !== true;
}

/** Outages come on top: the platform says so itself. */
function faultOf(world: World, shop: Shop): Fault {
  if (world.calm) return 'none';
  const storm = world.time.now() < (world.stormUntil.get(shop.kind) ?? 0);
  if (!world.chance(storm ? 0.35 : 0.01)) return 'none';
  const fault = FAULTS[Math.floor(world.random() * FAULTS.length)] ?? 'none';
  if (fault === 'lags') {
    // A copy that lags catches up within the grace, and does not lag again at once.
    if (world.time.now() < shop.lagsUntil + 20 * MINUTE) return 'none';
    shop.lagsUntil = world.time.now() + 1500;
  }
  shop.troubledAt = Math.max(shop.troubledAt, world.time.now());
  return fault;
}

function answerOf(world: World, shop: Shop, token: string, fault: Fault): Said {
  const { time, random } = world;
  const refused = {
    status: 400,
    body: JSON.stringify({ error: 'invalid_grant', error_description: 'It was revoked.' }),
  };
  if (time.now() < (world.outageUntil.get(shop.kind) ?? 0)) return { status: 503, body: 'It is down.' };
  if (fault === 'errorBefore') return { status: random() < 0.5 ? 500 : 502, body: '<html>' };
  if (fault === 'limited') {
    const retryAfter = ['1', '30', '120', '315360000', '-5', 'NaN'][Math.floor(random() * 6)] ?? '1';
    // A client that is asked to wait makes no other call either.
    const until = time.now() + (retryAfter === '315360000' ? 60 * MINUTE : 2 * MINUTE);
    for (const one of world.shops) if (one.kind === shop.kind) one.troubledAt = Math.max(one.troubledAt, until);
    return { status: 429, body: '{}', retryAfter };
  }
  return redeemed(world, shop, token, fault, refused);
}

function redeemed(world: World, shop: Shop, token: string, fault: Fault, refused: Said): Said {
  const { time, random } = world;
  const grant = shop.grant;
  if (grant.takes(token, time.now()) && time.now() < shop.lagsUntil) return refused;
  const pair = grant.redeem(token, time.now());
  if (pair === undefined) {
    world.judge.refusedDead(shop, token);
    return refused;
  }
  world.counts.redemptions += 1;
  world.judge.redeemed(shop, token);
  if (fault === 'errorAfter') return { status: 500, body: 'Oh.', pair };
  const body = JSON.stringify(wordsOf(shop, pair, time.now(), random));
  if (fault === 'truncated') return { status: 200, body: body.slice(0, body.length / 2), pair };
  if (fault === 'garbage') return { status: 200, body: '<html>Welcome</html>', pair };
  return { status: 200, body, pair };
}

function wordsOf(shop: Shop, pair: GivenPair, now: number, random: () => number): Readonly<Record<string, unknown>> {
  const seconds = now < shop.emptyUntil ? 0 : shop.lifetimeSeconds;
  // Some say nothing where the usual hour is meant, some say it in a text.
  const said = seconds === 3600 ? [3600, '3600', undefined, 3600.5, 'an hour'][Math.floor(random() * 5)] : seconds;
  const refresh =
    shop.kind === 'minting' || (shop.kind === 'reusable' && random() < 0.5) ? undefined : pair.refreshToken;
  return { access_token: pair.accessToken, refresh_token: refresh, expires_in: said };
}
