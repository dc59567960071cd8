import { setTimeout as delay } from 'node:timers/promises';
import type { AccessChannel, AccessCutoff } from '#persistence';
import type { Sealer } from '#vault';
import type { Caller } from './caller.js';
import { createKeyChecker, type KeyChecker } from './keys/check-key.js';
import { createLookUp } from './keys/look-up.js';
import { createUseNotes } from './keys/note-use.js';
import { invalidCredential, noCredential } from './refusal.js';
import { type CheckProof, createProofChecker } from './tokens/check-proof.js';
import { type CheckedToken, type CheckToken, createTokenChecker } from './tokens/check-token.js';
import { createCutoffFeed } from './tokens/cutoff-feed.js';
import type { VerificationKeys } from './tokens/verification-keys.js';
import type { TokenRules } from './tokens/verify-token.js';

/** What a request brings to say who calls. */
export interface Presented {
  readonly authorization: string | undefined;
  /** The DPoP header. */
  readonly proof: string | undefined;
  readonly method: string;
  /** The whole address that was asked for, without query and fragment. */
  readonly addressOf: () => string;
  /** The network address of whoever calls. */
  readonly clientOf: () => string;
}

/** Says who calls. */
export interface Callers {
  /**
   * At once where the credential was seen before.
   * @throws GatewayError `unauthorized`, or `database_unavailable` when it cannot be known what is in force
   */
  identify(presented: Presented): Caller | Promise<Caller>;
  /** Requests a minute that an operator gave an app, as of less than a second ago; undefined: as many as every app. */
  limitOf(appId: string): number | undefined;
  close(): Promise<void>;
}

export interface CallersOptions {
  readonly openChannel: (told: (cutoff: AccessCutoff) => void) => AccessChannel;
  readonly rules: TokenRules;
  /** The keys that sign access tokens; somebody else follows them. */
  readonly keys: VerificationKeys;
  /** Makes nonces for DPoP. */
  readonly nonces: Sealer;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const NOTE_EVERY_MS = 5000;
/** Longer than any credential of ours. */
const MOST_CHARACTERS = 6000;

export function createCallers({ openChannel, rules, keys, nonces, now = Date.now }: CallersOptions): Callers {
  const elapsed = () => performance.now();
  const channel = openChannel((cutoff) => feed.hear(cutoff));
  const feed = createCutoffFeed({
    read: (since) => channel.readCutoffs(since),
    elapsed,
    sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
    learnt: (what) => apiKeys.forget(what),
  });
  const notes = createUseNotes({ write: (ids) => channel.touchKeys(ids), everyMs: NOTE_EVERY_MS });
  const lookUp = createLookUp({ find: (hashes) => channel.findKeys(hashes), elapsed, sleep: delay });
  const apiKeys = createKeyChecker({ feed, lookUp, used: (id) => notes.note(id), now, elapsed });
  const checks = {
    apiKeys,
    checkToken: createTokenChecker({ rules, keys, feed, now }),
    checkProof: createProofChecker({ nonces, now }),
  };
  return {
    identify: (presented) => identify(checks, presented),
    limitOf: (appId) => feed.limitOf(appId),
    async close() {
      feed.close();
      await notes.close();
      await channel.close();
    },
  };
}

interface Checks {
  readonly apiKeys: KeyChecker;
  readonly checkToken: CheckToken;
  readonly checkProof: CheckProof;
}

function identify({ apiKeys, checkToken, checkProof }: Checks, presented: Presented): Caller | Promise<Caller> {
  const { authorization } = presented;
  if (authorization === undefined) throw noCredential();
  const space = authorization.indexOf(' ');
  const scheme = authorization.slice(0, space).toLowerCase();
  const credential = authorization.slice(space + 1);
  if (credential.length > MOST_CHARACTERS) throw invalidCredential();
  if (scheme === 'bearer') {
    if (credential.startsWith('ssk_')) return apiKeys.check(credential, presented.clientOf);
    const checked = checkToken(credential);
    return checked instanceof Promise ? checked.then(asBearer) : asBearer(checked);
  }
  if (scheme === 'dpop') return identifyBound(checkToken, checkProof, presented, credential);
  throw invalidCredential();
}

/** A token that is bound to a key is worth nothing without it (RFC 9449 section 7.2). */
function asBearer({ caller, thumbprint }: CheckedToken): Caller {
  if (thumbprint !== null) throw invalidCredential();
  return caller;
}

async function identifyBound(
  checkToken: CheckToken,
  checkProof: CheckProof,
  { proof, method, addressOf }: Presented,
  token: string,
): Promise<Caller> {
  const { caller, thumbprint } = await checkToken(token);
  if (thumbprint === null) throw invalidCredential();
  await checkProof({ proof, method, address: addressOf(), token, thumbprint });
  return caller;
}
