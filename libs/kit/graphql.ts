import type { ConnectedStore, HttpReply, JsonValue } from '#contract';
import { z } from 'zod';

export interface GraphqlCall<T> {
  readonly path: string;
  readonly document: string;
  readonly variables: Readonly<Record<string, JsonValue>>;
  readonly effect: 'read' | 'write';
  /** The shape of `data`. */
  readonly expect: z.ZodType<T>;
  /** Units of the rate budget the platform will reserve for it. */
  readonly cost: number;
}

/** Sends one GraphQL document. Errors inside a 200 are found by the connector's `errors.problems`. */
export async function graphql<T>(store: ConnectedStore, call: GraphqlCall<T>): Promise<T> {
  const reply: HttpReply<{ data: T }> = await store.http({
    method: 'POST',
    path: call.path,
    body: { query: call.document, variables: call.variables },
    effect: call.effect,
    expect: z.object({ data: call.expect }),
    cost: call.cost,
  });
  return reply.data.data;
}
