import type { FastifyReply } from 'fastify';
import { GatewayError } from '#contract';

// Longer than any platform's own deadline; a request that takes this long helps nobody.
const LONGEST_REQUEST_MS = 90_000;

/** Ends the work for a request when its caller has gone, or after a minute and a half. */
export function abortOnClose({ raw }: FastifyReply): AbortSignal {
  const ended = new AbortController();
  const late = new GatewayError('platform_timeout', 'The platform did not answer within a minute and a half.');
  const timer = setTimeout(() => ended.abort(late), LONGEST_REQUEST_MS);
  // Of the response: its socket lives on for the caller's next requests, and Node closes a request once it is read.
  raw.once('close', () => {
    clearTimeout(timer);
    if (!raw.writableFinished) ended.abort(new Error('the caller has gone'));
  });
  return ended.signal;
}
