import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isLoopbackHost } from '../callback-post.js';

/** One POST that a shop makes. */
export interface WebhookPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends it and answers the HTTP status, 0 when nobody answered. Redirects are not followed. Never leaves this machine:
 * any other host counts as one that nobody answers at.
 */
export function postWebhook({ url: address, headers, body }: WebhookPost, timeoutMs: number): Promise<number> {
  const url = URL.parse(address);
  if (url === null || !isLoopbackHost(url.hostname)) return Promise.resolve(0);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve) => {
    const length = { 'Content-Length': String(Buffer.byteLength(body)) };
    const options = {
      method: 'POST',
      agent: false,
      lookup: lookUpLoopback,
      signal,
      headers: { ...headers, ...length },
    };
    const request = send(url, options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', () => resolve(0));
    request.end(body);
  });
}

/** `localhost` is not looked up either. */
const lookUpLoopback: LookupFunction = (_hostname, { all }, callback) => {
  if (all === true) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};
