import type { JsonValue } from '#contract';
import type { JsonObject } from '../response-fields.js';
import type { RestCall, RestEndpoint } from '../rest-endpoint.js';
import { restError } from '../rest-error.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import { type Arguments, objectList, wholeArgument } from './arguments.js';

type BatchCall = Pick<RestCall<unknown>, 'site' | 'state' | 'path'>;

/** How a collection makes, changes and deletes one of its items; arguments come unchecked, as in a genuine batch. */
export interface BatchActions {
  create(call: BatchCall, body: Arguments): RestOutcome | Promise<RestOutcome>;
  update(call: BatchCall, body: Arguments): RestOutcome | Promise<RestOutcome>;
  /** For good (fact sheet, section 4.5). */
  remove(call: BatchCall, id: number): RestOutcome | Promise<RestOutcome>;
}

export const CANNOT_BATCH = restError(
  401,
  'woocommerce_rest_cannot_batch',
  'Sorry, you are not allowed to batch manipulate this resource.',
);
const TOO_MANY = restError(
  413,
  'woocommerce_rest_request_entity_too_large',
  'Unable to accept more than 100 items for this request.',
);
const MOST_ITEMS = 100;

/** `POST …/batch`: always 200, an element that failed says so itself (recorded: orders-batch.json). */
export function batchEndpoint(actions: BatchActions): RestEndpoint<void> {
  return {
    allow: 'POST, PUT, PATCH',
    denied: CANNOT_BATCH,
    rules: () => ({}),
    read: () => undefined,
    answer: async (call): Promise<RestOutcome> => {
      const { values } = call;
      const create = objectList(values['create']);
      const update = objectList(values['update']);
      const remove = idsOf(values['delete']);
      if (create.length + update.length + remove.length > MOST_ITEMS) return refused(TOO_MANY);
      const answers: Record<string, JsonValue> = {};
      if (create.length > 0)
        answers['create'] = await inTurn(
          create,
          (body) => actions.create(call, body),
          () => 0,
        );
      if (update.length > 0)
        answers['update'] = await inTurn(
          update,
          (body) => actions.update(call, body),
          (body) => wholeArgument(body['id']) ?? 0,
        );
      if (remove.length > 0)
        answers['delete'] = await inTurn(
          remove,
          (id) => actions.remove(call, id),
          (id) => id,
        );
      return { kind: 'item', body: answers };
    },
  };
}

function idsOf(value: JsonValue | undefined): readonly number[] {
  if (value === undefined || value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap((id: JsonValue) => wholeArgument(id) ?? []);
}

async function inTurn<T>(
  items: readonly T[],
  act: (item: T) => RestOutcome | Promise<RestOutcome>,
  idOf: (item: T) => number,
): Promise<readonly JsonObject[]> {
  const bodies: JsonObject[] = [];
  for (const item of items) bodies.push(elementOf(await act(item), idOf(item)));
  return bodies;
}

function elementOf(outcome: RestOutcome, id: number): JsonObject {
  if (outcome.kind === 'error') {
    const { code, message, data } = outcome.error;
    return { id, error: { code, message, data } };
  }
  if (outcome.kind !== 'item' || outcome.body === null || typeof outcome.body !== 'object') return {};
  return { ...Object.fromEntries(Object.entries(outcome.body)), ...(outcome.links ? { _links: outcome.links } : {}) };
}
