export type { EventsContext } from './context.js';
export { listEvents, type EventListRequest, type PresentedEvent } from './list-events.js';
export { pollChanges } from './poll-changes.js';
export { processDelivery } from './process-delivery.js';
export { receiveRemoval } from './receive-removal.js';
export { receiveAtClient, receiveAtStore, type Receipt } from './receive-webhook.js';
export { endSubscriptions, noteConnected, watchSubscriptions } from './watch-subscriptions.js';
