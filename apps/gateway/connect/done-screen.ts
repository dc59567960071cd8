import { isScope, publicId } from '#contract';
import type { OpenSession } from '#connections';
import type { StoreRow } from '#persistence';
import type { ShownOrder } from './first-orders.js';
import { type Link, linkList } from './ending-screens.js';
import { draw, type Frame } from './frame.js';
import { html, type Html } from './html.js';

/** A shop that is connected now. */
export interface Done {
  readonly app: string;
  readonly store: StoreRow;
  /** Undefined where orders are none of the app's business; `late` when the shop did not tell them in time. */
  readonly orders?: readonly ShownOrder[] | 'late' | undefined;
  readonly links?: readonly Link[];
}

/** It is done, and a first look at it. */
export function doneScreen(frame: Frame, { app, store, orders, links = [] }: Done): string {
  const { words } = frame;
  const { name: shop, domain } = store;
  const isPopup = frame.dress?.isPopup === true;
  const body = html`<h1 class="good">${words.say('doneTitle')}</h1>
    <p>${words.say('doneText', { shop, domain, app })} ${words.say(isPopup ? 'closeWindow' : 'closePage')}</p>
    ${orders === undefined ? '' : orderPart(frame, app, store, orders)} ${linkList(links)}`;
  const told = { status: 'connected', storeId: publicId('store', store.id) } as const;
  return draw(frame, { title: words.text('doneTitle'), name: 'done', step: 4, app, body, told });
}

/** Whether a link allows its app to see orders. */
export function mayReadOrders({ session }: Pick<OpenSession, 'session'>): boolean {
  return session.access.filter(isScope).includes('read:orders');
}

function orderPart(
  { words }: Frame,
  app: string,
  { timezone }: StoreRow,
  orders: readonly ShownOrder[] | 'late',
): Html {
  if (orders === 'late') return html`<p class="notice">${words.say('ordersLater', { app })}</p>`;
  if (orders.length === 0) return html`<p class="notice">${words.say('ordersNone', { app })}</p>`;
  const rows = orders.map(
    ({ number, placedAt, totals: { total } }) =>
      html`<tr>
        <th scope="row"><bdi>${number}</bdi></th>
        <td><time datetime="${placedAt}">${words.date(new Date(placedAt), timezone)}</time></td>
        <td class="amount"><bdi>${words.money(total.amount, total.currency)}</bdi></td>
      </tr>`,
  );
  return html`<table class="orders">
    <caption>
      ${words.say('ordersTitle')}
    </caption>
    <thead>
      <tr>
        <th scope="col">${words.say('ordersNumber')}</th>
        <th scope="col">${words.say('ordersDate')}</th>
        <th scope="col" class="amount">${words.say('ordersTotal')}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}
