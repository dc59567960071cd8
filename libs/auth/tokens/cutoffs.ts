import type { Scope } from '#contract';
import type { AccessCutoff, CutoffKind } from '#persistence';
import type { AccessToken } from './verify-token.js';

/** By so much the clocks of whoever issues and of the database may differ. */
export const CLOCKS_DIFFER_MS = 2000;

/** What is known to be cut off. */
export interface KnownCutoffs {
  /** Whether it was cut off, whenever that was; what was never given back stays cut off. */
  isCutOff(kind: CutoffKind, target: string): boolean;
  /** Whether what was issued at that second was cut off afterwards. */
  isCutOffSince(kind: CutoffKind, target: string, issuedAt: number): boolean;
}

/** When each target was cut off last, in milliseconds since 1970. */
export type CutoffTimes = Map<CutoffKind, Map<string, number>>;

/** What these times say; they may be added to later. */
export function knownFrom(times: ReadonlyMap<CutoffKind, ReadonlyMap<string, number>>): KnownCutoffs {
  return {
    isCutOff: (kind, target) => times.get(kind)?.has(target) === true,
    isCutOffSince(kind, target, issuedAt) {
      const cutAt = times.get(kind)?.get(target);
      return cutAt !== undefined && cutAt + CLOCKS_DIFFER_MS >= issuedAt * 1000;
    },
  };
}

/** Notes a cut-off. @returns false where it says nothing new */
export function noteCutoff(times: CutoffTimes, { kind, target, cutAt }: AccessCutoff): boolean {
  const ofKind = times.get(kind) ?? new Map<string, number>();
  times.set(kind, ofKind);
  if ((ofKind.get(target) ?? 0) >= cutAt) return false;
  ofKind.set(target, cutAt);
  return true;
}

/** Whether a token was cut off: by itself or with its grant, or with all that its client, app or tenant had by then. */
export function isTokenCutOff(
  { id, grantId, clientId, appId, tenantId, issuedAt }: AccessToken,
  known: KnownCutoffs,
): boolean {
  return (
    known.isCutOff('token', id) ||
    (grantId !== null && known.isCutOff('grant', grantId)) ||
    known.isCutOffSince('client', clientId, issuedAt) ||
    known.isCutOffSince('app', appId, issuedAt) ||
    known.isCutOffSince('tenant', tenantId, issuedAt)
  );
}

/** The scopes of a token that its client still has. */
export function scopesLeft({ scopes, clientId, issuedAt }: AccessToken, known: KnownCutoffs): readonly Scope[] {
  return scopes.filter((scope) => !known.isCutOffSince('scope', `${clientId} ${scope}`, issuedAt));
}
