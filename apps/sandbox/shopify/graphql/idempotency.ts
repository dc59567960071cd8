import { createHash } from 'node:crypto';
import { getDirectiveValues, type GraphQLResolveInfo } from 'graphql';
import { z } from 'zod';
import { createSlice, type SavedState } from '../shop-slice.js';
import { graphqlFailure } from './graphql-failure.js';
import type { RequestContext } from './request-context.js';
import { userError, type UserError } from './user-errors.js';

/** docs: https://shopify.dev/docs/api/usage/idempotent-requests - keys are remembered for 24 hours. */
const LIFE_MS = 24 * 3_600_000;
const MOST_KEYS = 5_000;

const stateSchema = z.array(
  z.object({
    /** Client, mutation and key. */
    scope: z.string(),
    /** Of the arguments. */
    fingerprint: z.string(),
    at: z.number(),
    /** What the replay needs to find the records again. */
    reference: z.json(),
  }),
);

/** The keys a shop remembers. */
export const idempotencySlice = createSlice('idempotency', stateSchema, () => []);

/** How a mutation runs under an idempotency key. */
export interface IdempotentRun<Payload> {
  /** Everything that must be the same when the key comes again. */
  readonly input: unknown;
  /** Does it. Without a reference nothing is remembered, so that a refused attempt may be repeated with the key. */
  readonly run: () => { readonly payload: Payload; readonly reference?: SavedState };
  /** Answers from what the shop holds now. */
  readonly replay: (reference: SavedState) => Payload;
  readonly refuse: (error: UserError) => Payload;
}

function keyOf(info: GraphQLResolveInfo): string {
  const directive = info.schema.getDirective('idempotent');
  const [node] = info.fieldNodes;
  const values = directive && node && getDirectiveValues(directive, node, info.variableValues);
  const key = values?.['key'];
  // recorded message
  if (typeof key !== 'string' || key === '') {
    throw graphqlFailure(
      'BAD_REQUEST',
      'The @idempotent directive is required for this mutation but was not provided.',
    );
  }
  return key;
}

/**
 * Runs a mutation that must carry `@idempotent`: once per key, client and shop within 24 hours.
 * @throws {GraphQLError} BAD_REQUEST without the directive
 */
export function idempotently<Payload>(
  context: RequestContext,
  info: GraphQLResolveInfo,
  { input, run, replay, refuse }: IdempotentRun<Payload>,
): Payload {
  const scope = `${context.app.clientId} ${info.fieldName} ${keyOf(info)}`;
  const fingerprint = createHash('sha256').update(JSON.stringify(input)).digest('hex');
  const now = context.now.getTime();
  const known = idempotencySlice.read(context.data).find((one) => one.scope === scope && one.at + LIFE_MS > now);
  if (known !== undefined) {
    if (known.fingerprint === fingerprint) return replay(known.reference);
    const message = 'The same idempotency key cannot be used with different operation parameters.';
    return refuse(userError(null, message, 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'));
  }
  const { payload, reference } = run();
  if (reference !== undefined) {
    idempotencySlice.update(context.data, (state) => [
      ...state.filter((one) => one.at + LIFE_MS > now && one.scope !== scope).slice(-MOST_KEYS),
      { scope, fingerprint, at: now, reference },
    ]);
  }
  return payload;
}
