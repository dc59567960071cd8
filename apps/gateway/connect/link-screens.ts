import type { LinkState, OpenSession } from '#connections';
import { publicId } from '#contract';
import type { StoreRow } from '#persistence';
import { type Done, doneScreen } from './done-screen.js';
import { ending, type Link } from './ending-screens.js';
import type { Frame } from './frame.js';

type Connected = Extract<LinkState, { kind: 'connected' }>;

/** A link that has done its work: which shop it connected, and since when; or that this shop is connected no more. */
export function connectedLink(
  frame: Frame,
  opened: OpenSession,
  { store, since }: Connected,
  done: string | undefined,
  back: URL | null = null,
): string {
  const { words } = frame;
  const app = opened.app.name;
  const shop = store?.name ?? words.text('usedSomeShop');
  const links = backLink(frame, app, back);
  if (store?.status !== 'active') {
    return ending(frame, {
      ...{ title: words.text('endedTitle'), text: words.say('endedText', { shop, app }), good: false, app, links },
    });
  }
  const date = words.date(since ?? store.createdAt, store.timezone, true);
  return ending(frame, {
    ...{ title: words.text('usedTitle'), text: words.say('usedText', { shop, app, date }), good: true, app },
    told: { status: 'connected', storeId: publicId('store', store.id) },
    links: done === undefined ? links : [{ label: words.text('usedShow'), href: done }, ...links],
  });
}

/** A link that was never used, and can be no more: whom to ask. */
export function expiredLink(frame: Frame, { app: { name: app } }: OpenSession, back: URL | null): string {
  const { words } = frame;
  const text = words.say('expiredText', { app });
  return ending(frame, {
    ...{ title: words.text('expiredTitle'), text, good: false, app },
    links: backLink(frame, app, back),
  });
}

/** The end of a way, for the browser that went it. */
export function doneLink(
  frame: Frame,
  { app }: OpenSession,
  store: StoreRow,
  orders: Done['orders'],
  back: URL | null,
): string {
  return doneScreen(frame, { app: app.name, store, orders, links: backLink(frame, app.name, back) });
}

function backLink({ words }: Frame, app: string, back: URL | null): readonly Link[] {
  return back === null ? [] : [{ label: words.text('backTo', { app }), href: back.href }];
}
