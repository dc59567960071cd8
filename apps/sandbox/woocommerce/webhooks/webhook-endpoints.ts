import { dateBound } from '../date-filter.js';
import { nowOf } from '../local-time.js';
import type { ArgumentRules } from '../order-writes/argument-rules.js';
import { type Arguments, truthArgument, wholeArgument } from '../order-writes/arguments.js';
import { type BatchActions, batchEndpoint } from '../order-writes/batch-endpoint.js';
import { FORCE_RULES } from '../order-writes/order-rules.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestCall, type RestEndpoint } from '../rest-endpoint.js';
import { restError } from '../rest-error.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import type { SiteRequest } from '../site-request.js';
import { CANNOT_CREATE, CANNOT_DELETE, CANNOT_EDIT } from '../write-endpoint.js';
import { type Webhook, WEBHOOK_STATUSES } from './webhook.js';
import { webhookBody, webhookLinks, WEBHOOKS_PATH } from './webhook-body.js';
import { changedWebhook, newWebhook } from './write-webhook.js';

const ONE_ALLOWS = 'GET, POST, PUT, PATCH, DELETE';
const CODE = 'woocommerce_rest_shop_webhook_invalid_id';
// Three texts for one thing: recorded webhook-get-missing.json; the controller's own for the other two.
const NOT_FOUND = restError(404, CODE, 'ID is invalid.');
const NOT_TO_EDIT = restError(400, CODE, 'ID is invalid.');
const NOT_TO_DELETE = restError(404, CODE, 'Invalid ID.');
const NO_TRASH = restError(501, 'woocommerce_rest_trash_not_supported', 'Webhooks do not support trashing.');

const text = { type: 'string' } as const;
const CREATE_RULES: ArgumentRules = {
  name: text,
  status: { ...text, enum: WEBHOOK_STATUSES },
  topic: { ...text, required: true },
  secret: text,
  delivery_url: { ...text, required: true },
};
const EDIT_RULES: ArgumentRules = {
  name: text,
  status: { ...text, enum: WEBHOOK_STATUSES },
  topic: text,
  secret: text,
};

interface WebhookQuery {
  readonly page: number;
  readonly perPage: number;
  readonly offset: number | undefined;
  readonly matches: (webhook: Webhook) => boolean;
  readonly compare: (a: Webhook, b: Webhook) => number;
}

/** `GET /webhooks` */
export const listWebhooks: RestEndpoint<WebhookQuery> = {
  allow: 'GET, POST',
  denied: CANNOT_LIST,
  read: (reader, { shop }) => {
    const page = reader.integer('page', { minimum: 1 }) ?? 1;
    const perPage = reader.integer('per_page', { minimum: 1, maximum: 100 }) ?? 10;
    const search = reader.text('search')?.toLowerCase() ?? '';
    const [after, before] = [reader.date('after'), reader.date('before')];
    const [exclude, include] = [reader.integers('exclude'), reader.integers('include')];
    const offset = reader.integer('offset');
    const direction = reader.oneOf('order', ['asc', 'desc'], 'desc') === 'asc' ? 1 : -1;
    const orderBy = reader.oneOf('orderby', ['date', 'id', 'title'], 'date');
    const status = reader.oneOf('status', ['all', ...WEBHOOK_STATUSES], 'all');
    const [from, to] = [after, before].map((date) => date && dateBound(date, false, shop.timeZone));
    return {
      page,
      perPage,
      offset,
      matches: (webhook) =>
        (status === 'all' || webhook.status === status) &&
        webhook.name.toLowerCase().includes(search) &&
        (include.length === 0 || include.includes(webhook.id)) &&
        !exclude.includes(webhook.id) &&
        (from === undefined || webhook.createdAt >= from) &&
        (to === undefined || webhook.createdAt <= to),
      // Of one second, the older one comes first either way (recorded: webhooks-list.json, 10, 8, 9, 7).
      compare: (a, b) => {
        if (orderBy === 'title') return direction * a.name.localeCompare(b.name);
        return direction * (orderBy === 'id' ? a.id - b.id : a.createdAt - b.createdAt);
      },
    };
  },
  answer: ({ site, state, parameters, sanitized }) => {
    const { page, perPage, matches, compare } = parameters;
    const found = state.webhooks.of(site.shop.host).filter(matches).sort(compare);
    const start = parameters.offset ?? (page - 1) * perPage;
    const items = found
      .slice(start, start + perPage)
      .map((webhook) => ({ ...webhookBody(webhook, site), _links: webhookLinks(webhook, site) }));
    return { kind: 'page', items, total: found.length, page, perPage, path: WEBHOOKS_PATH, query: sanitized };
  },
};

/** `GET /webhooks/{id}` */
export const getWebhook: RestEndpoint<void> = {
  allow: ONE_ALLOWS,
  denied: CANNOT_VIEW,
  read: () => undefined,
  answer: ({ site, state, path }) => {
    const webhook = state.webhooks.find(site.shop.host, Number(path['id']));
    return webhook ? webhookItem(webhook, site) : refused(NOT_FOUND);
  },
};

/** `POST /webhooks`: the ping goes out before the answer, which does not tell how it went. */
export const postWebhookRoute: RestEndpoint<void> = {
  allow: 'GET, POST',
  denied: CANNOT_CREATE,
  rules: () => CREATE_RULES,
  read: () => undefined,
  answer: (call) => createWebhook(call, call.values),
};

/** `PUT`, `PATCH` and `POST /webhooks/{id}` */
export const putWebhook: RestEndpoint<void> = {
  allow: ONE_ALLOWS,
  denied: CANNOT_EDIT,
  rules: () => EDIT_RULES,
  read: () => undefined,
  answer: (call) => updateWebhook(call, Number(call.path['id']), call.values),
};

/** `DELETE /webhooks/{id}` */
export const deleteWebhook: RestEndpoint<void> = {
  allow: ONE_ALLOWS,
  denied: CANNOT_DELETE,
  rules: () => FORCE_RULES,
  read: () => undefined,
  answer: (call) => {
    if (!truthArgument(call.values['force'])) return refused(NO_TRASH);
    return removeWebhook(call, Number(call.path['id']));
  },
};

const actions: BatchActions = {
  create: createWebhook,
  update: (call, body) => updateWebhook(call, wholeArgument(body['id']) ?? 0, body),
  remove: removeWebhook,
};

/** `POST /webhooks/batch` */
export const batchWebhooks = batchEndpoint(actions);

type WebhookCall = Pick<RestCall<unknown>, 'site' | 'state'>;

async function createWebhook({ site, state }: WebhookCall, body: Arguments): Promise<RestOutcome> {
  const { host } = site.shop;
  const made = newWebhook(body, nowOf(state));
  if ('code' in made) return refused(made);
  const webhook = state.webhooks.add(host, (id) => ({ id, ...made }));
  await state.deliveries.ping(host, webhook);
  return { ...webhookItem(webhook, site), location: `${site.siteUrl}/wp-json${WEBHOOKS_PATH}/${webhook.id}` };
}

async function updateWebhook({ site, state }: WebhookCall, id: number, body: Arguments): Promise<RestOutcome> {
  const { host } = site.shop;
  const webhook = state.webhooks.find(host, id);
  if (!webhook) return refused(NOT_TO_EDIT);
  const changed = changedWebhook(webhook, body, nowOf(state));
  if ('code' in changed) return refused(changed);
  await state.deliveries.save(host, changed, changed.deliveryUrl !== webhook.deliveryUrl);
  return webhookItem(state.webhooks.find(host, id) ?? changed, site);
}

function removeWebhook({ site, state }: WebhookCall, id: number): RestOutcome {
  const webhook = state.webhooks.find(site.shop.host, id);
  if (!webhook) return refused(NOT_TO_DELETE);
  state.webhooks.remove(site.shop.host, id);
  return webhookItem(webhook, site);
}

function webhookItem(
  webhook: Webhook,
  site: SiteRequest,
): { kind: 'item'; body: ReturnType<typeof webhookBody>; links: ReturnType<typeof webhookLinks> } {
  return { kind: 'item', body: webhookBody(webhook, site), links: webhookLinks(webhook, site) };
}
