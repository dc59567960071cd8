import { GatewayError } from '#contract';

/**
 * The one answer to every sealed value that does not open. Always the same words: which check failed, and for whom,
 * would help only somebody who is trying blobs out.
 */
export function unreadable(): GatewayError<'credential_unreadable'> {
  return new GatewayError(
    'credential_unreadable',
    'A sealed value does not open: it was changed or moved from its place, or its key is gone.',
  );
}
