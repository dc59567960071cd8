import { ORDERS_PATH } from '../order-endpoints.js';
import { localText, nowOf, utcText } from '../local-time.js';
import type { JsonObject } from '../response-fields.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestCall, type RestEndpoint } from '../rest-endpoint.js';
import { restError } from '../rest-error.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import type { SiteRequest } from '../site-request.js';
import { CANNOT_CREATE, CANNOT_DELETE } from '../write-endpoint.js';
import { textArgument, truthArgument } from './arguments.js';
import { type OrderNote, SHOP_AUTHOR, USER_AUTHOR } from './order-note.js';
import { FORCE_RULES, NOTE_RULES } from './order-rules.js';

const NO_ORDER = restError(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid order ID.');
const NO_NOTE = restError(404, 'woocommerce_rest_invalid_id', 'Invalid resource ID.');
/** The controller was copied from the webhooks', and says so. */
const NO_TRASH = restError(501, 'woocommerce_rest_trash_not_supported', 'Webhooks do not support trashing.');

/** `GET /orders/{id}/notes`: all of them, without paging. */
export const listNotes: RestEndpoint<'any' | 'customer' | 'internal'> = {
  allow: 'GET, POST',
  denied: CANNOT_LIST,
  read: (reader) => reader.oneOf('type', ['any', 'customer', 'internal'], 'any'),
  answer: ({ site, state, path, parameters }): RestOutcome => {
    const order = state.orders.find(site.shop, Number(path['id']));
    if (!order) return refused(NO_ORDER);
    const wanted = state.orders
      .notesOf(site.shop, order.id)
      .filter((note) => parameters === 'any' || note.forCustomer === (parameters === 'customer'));
    // Newest first, within a second the oldest first (recorded: order-notes-list.json).
    const sorted = [...wanted].sort((a, b) => b.createdAt - a.createdAt || a.id - b.id);
    return {
      kind: 'item',
      body: sorted.map((note) => ({ ...noteBody(note, site), _links: noteLinks(note, site) })),
    };
  },
};

/** `POST /orders/{id}/notes`: the order's own date stays (fact sheet, section 5.2). */
export const postNote: RestEndpoint<void> = {
  allow: 'GET, POST',
  denied: CANNOT_CREATE,
  rules: () => NOTE_RULES,
  read: () => undefined,
  answer: ({ site, state, path, values }): RestOutcome => {
    const order = state.orders.find(site.shop, Number(path['id']));
    if (!order) return refused(NO_ORDER);
    const note = state.orders.addNote(site.shop, {
      orderId: order.id,
      author: truthArgument(values['added_by_user']) ? USER_AUTHOR : SHOP_AUTHOR,
      createdAt: nowOf(state),
      text: textArgument(values['note']) ?? '',
      forCustomer: truthArgument(values['customer_note']),
    });
    const location = `${site.siteUrl}/wp-json${ORDERS_PATH}/${order.id}/notes/${note.id}`;
    return { kind: 'item', body: noteBody(note, site), links: noteLinks(note, site), location };
  },
};

/** `GET /orders/{id}/notes/{note}` */
export const getNote: RestEndpoint<void> = {
  allow: 'GET, DELETE',
  denied: CANNOT_VIEW,
  read: () => undefined,
  answer: (call): RestOutcome => {
    const found = findNote(call);
    return found.kind === 'error' ? found : noteItem(found.note, call.site);
  },
};

/** `DELETE /orders/{id}/notes/{note}` */
export const deleteNote: RestEndpoint<void> = {
  allow: 'GET, DELETE',
  denied: CANNOT_DELETE,
  rules: () => FORCE_RULES,
  read: () => undefined,
  answer: (call): RestOutcome => {
    if (!truthArgument(call.values['force'])) return refused(NO_TRASH);
    const found = findNote(call);
    if (found.kind === 'error') return found;
    call.state.orders.removeNote(call.site.shop, found.note.id);
    return noteItem(found.note, call.site);
  },
};

type Found = { readonly kind: 'note'; readonly note: OrderNote } | ReturnType<typeof refused>;

function findNote({ site, state, path }: RestCall<void>): Found {
  const order = state.orders.find(site.shop, Number(path['id']));
  if (!order) return refused(NO_ORDER);
  const note = state.orders.notesOf(site.shop, order.id).find((one) => one.id === Number(path['note']));
  return note ? { kind: 'note', note } : refused(NO_NOTE);
}

function noteItem(note: OrderNote, site: SiteRequest): RestOutcome {
  return { kind: 'item', body: noteBody(note, site), links: noteLinks(note, site) };
}

function noteBody(note: OrderNote, { shop }: SiteRequest): JsonObject {
  return {
    id: note.id,
    author: note.author,
    date_created: localText(note.createdAt, shop.timeZone),
    date_created_gmt: utcText(note.createdAt),
    note: note.text,
    customer_note: note.forCustomer,
  };
}

function noteLinks({ id, orderId }: OrderNote, { siteUrl }: SiteRequest): JsonObject {
  const order = `${siteUrl}/wp-json${ORDERS_PATH}/${orderId}`;
  return {
    self: [{ href: `${order}/notes/${id}`, targetHints: { allow: ['GET', 'DELETE'] } }],
    collection: [{ href: `${order}/notes` }],
    up: [{ href: order }],
  };
}
