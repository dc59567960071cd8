import type { FastifyRequest } from 'fastify';

// Longer than any platform's own deadline; a request that takes this long helps nobody.
const LONGEST_REQUEST_MS = 90_000;

/** Ends the work for a request when its caller has gone, or after a minute and a half. */
export function abortOnClose(request: FastifyRequest): AbortSignal {
  const gone = new AbortController();
  request.raw.socket.once('close', () => gone.abort(new Error('the caller has gone')));
  return AbortSignal.any([gone.signal, AbortSignal.timeout(LONGEST_REQUEST_MS)]);
}
