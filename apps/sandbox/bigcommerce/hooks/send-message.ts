import { createHmac } from 'node:crypto';
import type { Message } from '../state/rows.js';

/** Undocumented; assumed. */
const TIMEOUT_MS = 10_000;

/**
 * docs (since January 2025): Standard Webhooks, keyed with the bytes of the client secret of the API account that made the hook.
 * @param timestamp in seconds
 */
export function signatureOf(id: string, timestamp: number, body: string, secret: string): string {
  return `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64')}`;
}

/**
 * Tries once to deliver a message.
 * @returns true only for an answer of 200 to 299; a redirect counts as a failure
 */
export async function sendMessage(
  { destination, headers, message_id: id, body }: Message,
  secret: string,
  now: Date,
): Promise<boolean> {
  const timestamp = Math.floor(now.getTime() / 1_000);
  const signed = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureOf(id, timestamp, body ?? '', secret),
  };
  try {
    const response = await fetch(destination, {
      method: body === null ? 'GET' : 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === null ? {} : { body, headers: { ...headers, ...signed } }),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
