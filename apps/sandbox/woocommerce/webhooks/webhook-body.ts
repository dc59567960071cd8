import { localText, utcText } from '../local-time.js';
import type { JsonObject } from '../response-fields.js';
import type { SiteRequest } from '../site-request.js';
import { hooksOf, partsOf } from './topics.js';
import type { Webhook } from './webhook.js';

export const WEBHOOKS_PATH = '/wc/v3/webhooks';

/** A webhook as `GET /webhooks/{id}` prints it, without `_links`; the secret is never told. */
export function webhookBody(webhook: Webhook, { shop }: SiteRequest): JsonObject {
  const { resource, event } = partsOf(webhook.topic);
  const { createdAt, modifiedAt } = webhook;
  return {
    id: webhook.id,
    name: webhook.name,
    status: webhook.status,
    topic: webhook.topic,
    resource,
    event,
    hooks: hooksOf(webhook.topic),
    delivery_url: webhook.deliveryUrl,
    date_created: localText(createdAt, shop.timeZone),
    date_created_gmt: utcText(createdAt),
    date_modified: modifiedAt === null ? null : localText(modifiedAt, shop.timeZone),
    date_modified_gmt: modifiedAt === null ? null : utcText(modifiedAt),
  };
}

export function webhookLinks({ id }: Webhook, { siteUrl }: SiteRequest): JsonObject {
  const collection = `${siteUrl}/wp-json${WEBHOOKS_PATH}`;
  return {
    self: [{ href: `${collection}/${id}`, targetHints: { allow: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] } }],
    collection: [{ href: collection }],
  };
}
