import { hash } from 'node:crypto';
import { type BlockList, isIPv6 } from 'node:net';
import { isScope } from '#contract';
import type { AccessCutoff, PresentedKey } from '#persistence';
import { createBoundedMap } from '../bounded-map.js';
import type { Caller } from '../caller.js';
import { invalidCredential } from '../refusal.js';
import type { CutoffFeed } from '../tokens/cutoff-feed.js';
import { addressList } from './addresses.js';
import { modeOfKey } from './api-key.js';

export interface KeyChecker {
  /**
   * Says who calls with a key: at once where it was seen lately.
   * @param addressOf where the call comes from; asked for only where the key may not be used from everywhere
   * @throws GatewayError `unauthorized`, or `database_unavailable`
   */
  check(text: string, addressOf: () => string): Caller | Promise<Caller>;
  /** Forgets what was cut off. */
  forget(what: AccessCutoff | 'everything'): void;
}

export interface KeyCheckerOptions {
  readonly feed: Pick<CutoffFeed, 'isCurrent'>;
  readonly lookUp: (hash: Buffer) => Promise<PresentedKey | undefined>;
  /** Hears of a use once a minute for each key. */
  readonly used: (keyId: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that only run forward. */
  readonly elapsed: () => number;
}

const MOST_KEYS = 20_000;
const MOST_UNKNOWN = 20_000;
/** What was read of a key is read again after so long. */
const KNOWN_FOR_MS = 60_000;
const UNKNOWN_FOR_MS = 5000;

interface Known {
  readonly caller: Caller;
  readonly addresses: BlockList | null;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly readAt: number;
}

export function createKeyChecker({ feed, lookUp, used, now, elapsed }: KeyCheckerOptions): KeyChecker {
  const known = createBoundedMap<Known>(MOST_KEYS);
  const unknown = createBoundedMap<number>(MOST_UNKNOWN);
  // What was asked for before a cut-off may be older than it.
  let forgotten = 0;

  function admit({ caller, addresses, until }: Known, addressOf: () => string): Caller {
    if (until <= now() || (addresses !== null && !includes(addresses, addressOf()))) throw invalidCredential();
    return caller;
  }

  async function checkAnew(text: string, digest: string, addressOf: () => string): Promise<Caller> {
    const [asked, askedAt] = [forgotten, elapsed()];
    const row = await lookUp(Buffer.from(digest, 'base64'));
    const keep = asked === forgotten && feed.isCurrent();
    if (row === undefined || row.revokedAt !== null || row.suspendedAt !== null || row.mode !== modeOfKey(text)) {
      if (keep) unknown.set(digest, askedAt);
      throw invalidCredential();
    }
    const one = knownOf(row, askedAt);
    if (keep) known.set(digest, one);
    used(row.id);
    return admit(one, addressOf);
  }

  return {
    check(text, addressOf) {
      const digest = hash('sha256', text, 'base64');
      if (feed.isCurrent()) {
        const one = known.get(digest);
        if (one !== undefined && elapsed() - one.readAt < KNOWN_FOR_MS) return admit(one, addressOf);
        if (elapsed() - (unknown.get(digest) ?? Number.NEGATIVE_INFINITY) < UNKNOWN_FOR_MS) throw invalidCredential();
      }
      if (modeOfKey(text) === undefined) throw invalidCredential();
      return checkAnew(text, digest, addressOf);
    },
    forget(what) {
      const matches = what === 'everything' ? () => true : matcher(what);
      if (matches === undefined) return;
      forgotten += 1;
      known.deleteWhere(({ caller }) => matches(caller));
      // What was suspended may be back.
      unknown.clear();
    },
  };
}

function knownOf(
  { id, tenantId, appId, mode, scopes, allowedAddresses, expiresAt }: PresentedKey,
  readAt: number,
): Known {
  const credential = { kind: 'apiKey', id, clientId: null } as const;
  return {
    caller: { tenantId, appId, mode, scopes: new Set(scopes.filter(isScope)), storeId: null, credential },
    addresses: allowedAddresses.length === 0 ? null : addressList(allowedAddresses),
    until: expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    readAt,
  };
}

function includes(addresses: BlockList, address: string): boolean {
  return addresses.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** Undefined where it is about no key. */
function matcher({ kind, target }: AccessCutoff): ((caller: Caller) => boolean) | undefined {
  if (kind === 'key') return ({ credential }) => credential.id === target;
  if (kind === 'app') return ({ appId }) => appId === target;
  return kind === 'tenant' ? ({ tenantId }) => tenantId === target : undefined;
}
