import { randomBytes } from 'node:crypto';
import { type Arguments, textOr } from '../order-writes/arguments.js';
import { restError, type RestError } from '../rest-error.js';
import { isTopic } from './topics.js';
import { type Webhook, WEBHOOK_STATUSES } from './webhook.js';

const invalid = (what: string, message: string): RestError =>
  restError(400, `woocommerce_rest_shop_webhook_invalid_${what}`, message);

const NEEDS_TOPIC = invalid('topic', 'Webhook topic is required and must be valid.');
const BAD_TOPIC = invalid('topic', 'Webhook topic must be valid.');
const BAD_URL = invalid('delivery_url', 'Webhook delivery URL must be a valid URL starting with http:// or https://.');

/** What `POST /webhooks` makes of a body, without an id. A status in it is not looked at (recorded: webhook-create-no-secret.json). */
export function newWebhook(body: Arguments, now: number): Omit<Webhook, 'id'> | RestError {
  const topic = textOr(body['topic'], '').toLowerCase();
  if (!isTopic(topic)) return NEEDS_TOPIC;
  const deliveryUrl = textOr(body['delivery_url'], '');
  if (!isUrl(deliveryUrl)) return BAD_URL;
  const name = textOr(body['name'], '');
  return {
    name: name === '' ? `Webhook created on ${dateInWords(now)}` : name,
    status: 'active',
    topic,
    deliveryUrl,
    // 50 characters that nobody ever gets to read.
    secret: secretIn(body) ?? randomBytes(38).toString('base64').slice(0, 50),
    createdAt: now,
    modifiedAt: null,
    failures: 0,
    pending: true,
  };
}

/** What `PUT /webhooks/{id}` makes of one; empty text changes nothing, and every save bumps the date. */
export function changedWebhook(webhook: Webhook, body: Arguments, now: number): Webhook | RestError {
  const filled = (name: string, before: string): string => textOr(body[name], '') || before;
  const topic = filled('topic', webhook.topic).toLowerCase();
  if (!isTopic(topic)) return BAD_TOPIC;
  const deliveryUrl = filled('delivery_url', webhook.deliveryUrl);
  if (!isUrl(deliveryUrl)) return BAD_URL;
  const status = WEBHOOK_STATUSES.find((one) => one === filled('status', ''));
  return {
    ...webhook,
    topic,
    deliveryUrl,
    name: filled('name', webhook.name),
    status: status ?? webhook.status,
    secret: secretIn(body) ?? webhook.secret,
    modifiedAt: now,
  };
}

function secretIn(body: Arguments): string | undefined {
  const secret = textOr(body['secret'], '');
  return secret === '' ? undefined : secret;
}

function isUrl(text: string): boolean {
  return /^https?:\/\/[^\s]+$/.test(text) && URL.canParse(text);
}

/** `Nov 22, 2026 @ 07:04 PM`, in UTC whatever the shop's zone is (recorded: webhook-create-no-secret.json). */
function dateInWords(now: number): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: 'UTC',
    month: 'short',
    day: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: true,
  }).formatToParts(now * 1000);
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === name)?.value ?? '';
  return `${part('month')} ${part('day')}, ${part('year')} @ ${part('hour')}:${part('minute')} ${part('dayPeriod')}`;
}
