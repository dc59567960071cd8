import { hash } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose';
import { z } from 'zod';
import { GatewayError } from '#contract';
import type { Sealer } from '#vault';
import { createBoundedMap } from '../bounded-map.js';
import { ALGORITHMS, invalidProof, nonceWanted } from '../refusal.js';

/** The request that a proof is to be about. */
export interface ProvenRequest {
  /** The DPoP header. */
  readonly proof: string | undefined;
  readonly method: string;
  /** The whole address, without query and fragment. */
  readonly address: string;
  readonly token: string;
  /** Of the key that the token is bound to. */
  readonly thumbprint: string;
}

/**
 * Checks that whoever presents a token holds the key that it is bound to (RFC 9449 section 4.3).
 * @throws GatewayError `unauthorized`, with `invalid_dpop_proof` or `use_dpop_nonce` for the client
 */
export type CheckProof = (request: ProvenRequest) => Promise<void>;

export interface ProofCheckerOptions {
  /** Makes nonces that every process knows again. */
  readonly nonces: Sealer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** So old, or so far in the future, a proof may be. */
const WINDOW_MS = 60_000;
const NONCE_LIFE_MS = 300_000;
const NONCE_PURPOSE = 'dpop';
// As many as can come within the window; were it full, the oldest would be forgotten, which is why it is large.
const MOST_PROOFS = 200_000;

const proofClaims = z.object({
  jti: z.string().min(1).max(200),
  htm: z.string(),
  htu: z.string().max(4000),
  iat: z.number(),
  ath: z.string(),
  nonce: z.string().max(500).optional(),
});

export function createProofChecker({ nonces, now }: ProofCheckerOptions): CheckProof {
  const seen = createBoundedMap<true>(MOST_PROOFS);
  const newNonce = (): string => nonces.seal(String(now()), NONCE_PURPOSE);
  const isOurs = (nonce: string): boolean => {
    const made = Number(nonces.open(nonce, NONCE_PURPOSE) ?? Number.NaN);
    return now() - made <= NONCE_LIFE_MS && made <= now() + WINDOW_MS;
  };

  return async (request) => {
    try {
      const { payload, protectedHeader } = await jwtVerify(request.proof ?? '', EmbeddedJWK, {
        algorithms: [...ALGORITHMS],
        typ: 'dpop+jwt',
        currentDate: new Date(now()),
        clockTolerance: WINDOW_MS / 1000,
      });
      const { jwk } = protectedHeader;
      if (jwk === undefined || (await calculateJwkThumbprint(jwk)) !== request.thumbprint)
        throw new RangeError('it is signed by another key');
      const { jti, nonce, ...claims } = proofClaims.parse(payload);
      const mismatch = mismatchOf(claims, request, now());
      if (mismatch !== undefined) throw new RangeError(`it is about another ${mismatch}`);
      if (nonce === undefined || !isOurs(nonce)) throw nonceWanted(newNonce());
      const name = hash('sha256', JSON.stringify([request.thumbprint, jti]), 'base64');
      if (seen.get(name) === true) throw new RangeError('it was used before');
      seen.set(name, true);
    } catch (error) {
      throw GatewayError.is(error) ? error : invalidProof(error);
    }
  };
}

function mismatchOf(
  { htm, htu, iat, ath }: Omit<z.infer<typeof proofClaims>, 'jti' | 'nonce'>,
  { method, address, token }: ProvenRequest,
  now: number,
): 'request' | 'token' | 'time' | undefined {
  if (htm !== method || !isSameAddress(htu, address)) return 'request';
  if (ath !== hash('sha256', token, 'base64url')) return 'token';
  return Math.abs(now - iat * 1000) > WINDOW_MS ? 'time' : undefined;
}

/** RFC 9449 section 4.3: without query and fragment, normalized as URLs are. */
function isSameAddress(htu: string, address: string): boolean {
  if (!URL.canParse(htu)) return false;
  const url = new URL(htu);
  return url.username === '' && `${url.origin}${url.pathname}` === new URL(address).href;
}
