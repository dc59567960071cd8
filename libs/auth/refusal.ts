import { GatewayError } from '#contract';

/** What a DPoP proof may be signed with (RFC 9449 section 5.1), and access tokens (RFC 8725 section 3.1). */
export const ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

const SENTENCE = 'The credential is missing, unknown, expired or revoked.';
const PROOF_SENTENCE = 'The DPoP proof is missing or does not fit this request.';
const DPOP = `DPoP algs="${ALGORITHMS.join(' ')}"`;

type Refusal = GatewayError<'unauthorized'>;

/** Nothing was presented: RFC 6750 section 3.1 wants no error code then. */
export function noCredential(): Refusal {
  return new GatewayError('unauthorized', SENTENCE, { challenge: `Bearer, ${DPOP}` });
}

/** Whatever was wrong with it: every refusal says the same, so that nothing can be learnt from it. */
export function invalidCredential(cause?: unknown): Refusal {
  return new GatewayError('unauthorized', SENTENCE, { challenge: 'Bearer error="invalid_token"', cause });
}

/** RFC 9449 section 7.1. */
export function invalidProof(cause?: unknown): Refusal {
  const challenge = `DPoP error="invalid_dpop_proof", algs="${ALGORITHMS.join(' ')}"`;
  return new GatewayError('unauthorized', PROOF_SENTENCE, { challenge, cause });
}

/** RFC 9449 section 9: the client tries again with the nonce given. */
export function nonceWanted(nonce: string): Refusal {
  const challenge = `DPoP error="use_dpop_nonce", algs="${ALGORITHMS.join(' ')}"`;
  return new GatewayError('unauthorized', PROOF_SENTENCE, { challenge, dpopNonce: nonce });
}

export function credentialInAddress(): Refusal {
  const message =
    'A credential in an address ends up in logs and histories: send it in the Authorization header, and replace this one.';
  return new GatewayError('unauthorized', message, { challenge: `Bearer, ${DPOP}` });
}
