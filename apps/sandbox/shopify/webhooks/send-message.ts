import { createHmac } from 'node:crypto';
import { NEWEST_VERSION } from '../api-versions.js';
import type { Message } from './webhooks-slice.js';

/** docs: https://shopify.dev/docs/apps/build/webhooks/subscribe/https - the whole answer within five seconds. */
const TIMEOUT_MS = 5_000;

/** docs, same page: base64 of HMAC-SHA256 over the raw body, keyed with the client's secret. */
export function webhookHmac(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body, 'utf8').digest('base64');
}

/**
 * Tries once to deliver a message.
 * @returns true only for an answer of 200 to 299; a redirect counts as a failure
 */
export async function sendMessage(message: Message, host: string, secret: string): Promise<boolean> {
  try {
    const response = await fetch(message.uri, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      body: message.body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Shopify-Captain-Hook',
        'x-shopify-topic': message.topic,
        'x-shopify-hmac-sha256': webhookHmac(message.body, secret),
        'x-shopify-shop-domain': host,
        'x-shopify-api-version': NEWEST_VERSION,
        'x-shopify-webhook-id': message.webhookId,
        'x-shopify-event-id': message.eventId,
        'x-shopify-triggered-at': message.triggeredAt,
        ...(message.name !== null && { 'x-shopify-name': message.name }),
      },
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
