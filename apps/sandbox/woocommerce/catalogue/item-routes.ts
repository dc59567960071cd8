import type { ArgumentRules } from '../order-writes/argument-rules.js';
import { type Arguments, truthArgument, wholeArgument } from '../order-writes/arguments.js';
import type { BatchActions } from '../order-writes/batch-endpoint.js';
import { FORCE_RULES } from '../order-writes/order-rules.js';
import { CANNOT_VIEW, type RestEndpoint } from '../rest-endpoint.js';
import type { RestOutcome } from '../rest-outcome.js';
import { CANNOT_CREATE, CANNOT_DELETE, CANNOT_EDIT } from '../write-endpoint.js';
import { type CatalogueCall, catalogueCall } from './catalogue-call.js';
import type { Context } from './product-body.js';

export const ITEM_ALLOWS = 'GET, POST, PUT, PATCH, DELETE';
export const LIST_ALLOWS = 'GET, POST';

/** What is done with the items of one collection; the routes around it are the same for all. */
interface ItemActions {
  readonly createRules: ArgumentRules;
  readonly editRules: ArgumentRules;
  find(call: CatalogueCall, id: number, context: Context): RestOutcome;
  create(call: CatalogueCall, values: Arguments): RestOutcome;
  /** `PUT`, `PATCH` and `POST` of an item: all three change only what is named. */
  update(call: CatalogueCall, id: number, values: Arguments): RestOutcome;
  /** Answers what was there before. */
  remove(call: CatalogueCall, id: number, force: boolean): RestOutcome;
}

/** The routes of products, customers and coupons, the list apart. */
export interface ItemRoutes {
  readonly get: RestEndpoint<Context>;
  readonly post: RestEndpoint<void>;
  readonly put: RestEndpoint<void>;
  readonly remove: RestEndpoint<void>;
  /** `POST …/batch` takes these three. */
  readonly batch: BatchActions;
}

export function itemRoutes(actions: ItemActions): ItemRoutes {
  return {
    get: {
      allow: ITEM_ALLOWS,
      denied: CANNOT_VIEW,
      read: (reader) => reader.oneOf('context', ['view', 'edit'], 'view'),
      answer: ({ site, state, path, parameters }) =>
        actions.find(catalogueCall(site, state), Number(path['id']), parameters),
    },
    post: {
      allow: LIST_ALLOWS,
      denied: CANNOT_CREATE,
      rules: () => actions.createRules,
      read: () => undefined,
      answer: ({ site, state, values }) => actions.create(catalogueCall(site, state), values),
    },
    put: {
      allow: ITEM_ALLOWS,
      denied: CANNOT_EDIT,
      rules: () => actions.editRules,
      read: () => undefined,
      answer: ({ site, state, path, values }) => actions.update(catalogueCall(site, state), Number(path['id']), values),
    },
    remove: {
      allow: ITEM_ALLOWS,
      denied: CANNOT_DELETE,
      rules: () => FORCE_RULES,
      read: () => undefined,
      answer: ({ site, state, path, values }) =>
        actions.remove(catalogueCall(site, state), Number(path['id']), truthArgument(values['force'])),
    },
    batch: {
      create: ({ site, state }, body) => actions.create(catalogueCall(site, state), body),
      update: ({ site, state }, body) =>
        actions.update(catalogueCall(site, state), wholeArgument(body['id']) ?? 0, body),
      remove: ({ site, state }, id) => actions.remove(catalogueCall(site, state), id, true),
    },
  };
}

/** Names the address of what was made just now. @param path of the collection below `wc/v3` */
export function withLocation(
  outcome: RestOutcome,
  { siteUrl }: CatalogueCall,
  path: string,
  written: { readonly value: { readonly id: number } } | { readonly error: unknown },
): RestOutcome {
  if ('error' in written || outcome.kind !== 'item') return outcome;
  return { ...outcome, location: `${siteUrl}/wp-json/wc/v3/${path}/${written.value.id}` };
}
