import { type ConnectedStore, GatewayError, type JsonValue } from '#contract';
import { graphql } from '#kit';
import { z } from 'zod';
import { GRAPHQL_PATH } from './documents.js';

/** Every mutation costs the same, whatever is selected of its answer (fitted model: see `documents.ts`). */
const MUTATION_COST = 10;

export interface Mutation<T> {
  /** The operation of ours it is part of, for the error. */
  readonly operation: string;
  readonly document: string;
  /** The mutation's field, such as `orderCreate`, whose payload is checked and answered. */
  readonly root: string;
  readonly variables: Readonly<Record<string, JsonValue>>;
  /** Only what is read of the payload. */
  readonly answer: z.ZodType<T>;
}

/**
 * Runs one mutation and answers its payload. Sent once: whether it may be sent again is the operation's to say.
 * @throws GatewayError for what the platform refused, by the table of `errors.ts`, with each field and message; nothing
 * was written then
 */
export async function mutate<T>(store: ConnectedStore, mutation: Mutation<T>): Promise<T> {
  const { operation, document, root, variables, answer } = mutation;
  const data = await graphql(store, {
    path: GRAPHQL_PATH,
    document,
    variables,
    effect: 'write',
    expect: z.object({ [root]: z.unknown() }),
    cost: MUTATION_COST,
  });
  const read = answer.safeParse(data[root]);
  if (read.success) return read.data;
  throw new GatewayError('platform_contract_broken', `Shopify answered ${root} in another form than it documents`, {
    platform: { id: 'shopify' },
    operation,
    cause: read.error,
  });
}
