import type { StoreContext } from '#store';

/** What webhooks and events need; the same parts as reading a store. */
export type EventsContext = StoreContext;
