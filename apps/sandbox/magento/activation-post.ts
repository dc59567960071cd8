import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { lookupLoopback } from '../lookup-loopback.js';
import { isLoopback } from '../loopback.js';

/** `oauth/consumer/post_timeout`. */
export const POST_TIMEOUT_MS = 5_000;

/**
 * Posts a consumer's keys to the application. Whatever the answer says is taken, but there must be one, and no redirect
 * is followed (fact sheet, section 2.1; recorded: consent-1-activation-callback.json). Nothing leaves this machine: any
 * other host is "unreachable".
 * @returns whether anybody answered
 */
export function postActivation(
  url: URL,
  fields: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<boolean> {
  if (!isLoopback(url.href)) return Promise.resolve(false);
  const body = new URLSearchParams(fields).toString();
  return new Promise((resolve) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const headers = {
      'User-Agent': 'Laminas\\Http\\Client',
      Accept: '*/*',
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': Buffer.byteLength(body),
      Connection: 'close',
    };
    const signal = AbortSignal.timeout(timeoutMs);
    const request = send(url, { method: 'POST', agent: false, lookup: lookupLoopback, signal, headers }, (response) => {
      response.resume();
      response.on('error', () => resolve(false));
      response.on('end', () => resolve(true));
    });
    request.on('error', () => resolve(false));
    request.end(body);
  });
}
