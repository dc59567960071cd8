import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { lookupLoopback } from '../lookup-loopback.js';

export type CallbackOutcome =
  | { readonly status: 200 }
  /** `status` is 0 when nobody answered. The reason is what the genuine shop's HTTP client would say. */
  | { readonly status: number; readonly reason: string };

const NOT_TAKEN = 'An error occurred in the request and at the time were unable to send the consumer data';

/** Whether a host name of a URL can only mean this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname.toLowerCase());
}

/**
 * Sends a new key to the application. Nothing but status 200 counts as taken. Never leaves this machine: any other host
 * is "unreachable", and `localhost` is not looked up either.
 * @param timeoutMs for the whole exchange
 */
export function postToCallback(url: URL, body: string, userAgent: string, timeoutMs: number): Promise<CallbackOutcome> {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const failure = `cURL error 7: Failed to connect to ${url.hostname} port ${port} after 0 ms: Couldn't connect to server`;
  if (!isLoopbackHost(url.hostname)) return Promise.resolve({ status: 0, reason: failure });
  return new Promise((resolve) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(url, options(body, userAgent, timeoutMs), (response) => {
      const status = response.statusCode ?? 0;
      response.destroy();
      resolve(status === 200 ? { status } : { status, reason: NOT_TAKEN });
    });
    request.on('error', (error) => {
      const late = `cURL error 28: Operation timed out after ${timeoutMs} milliseconds with 0 bytes received`;
      resolve({ status: 0, reason: error.name === 'TimeoutError' || error.name === 'AbortError' ? late : failure });
    });
    request.end(body);
  });
}

/** Recorded: captures/woocommerce/consent-5-callback-post.json. */
function options(body: string, userAgent: string, timeoutMs: number): RequestOptions {
  return {
    method: 'POST',
    agent: false,
    lookup: lookupLoopback,
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      'User-Agent': userAgent,
      Accept: '*/*',
      'Content-Type': 'application/json;charset=UTF-8',
      Connection: 'close',
      'Content-Length': Buffer.byteLength(body),
    },
  };
}
