import { createHmac } from 'node:crypto';

/** Base64 of the HMAC-SHA256 over the bytes sent (recorded: captures/woocommerce/webhook-delivery-*.json). */
export function signatureOf(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body, 'utf8').digest('base64');
}

/**
 * A keyed hash of the webhook's id and the second, so two deliveries of one webhook within a second share it
 * (fact sheet, section 6).
 * @param salt the site's own
 * @param second since 1970
 */
export function deliveryIdOf(webhookId: number, second: number, salt: string): string {
  return createHmac('md5', salt).update(`${webhookId}${second}`).digest('hex');
}
