import type { ConnectedStore, HttpCall, JsonValue } from '#contract';
import { readAnswer } from '#kit';
import { shopify } from '../shopify.js';

/** A call as the platform would see it. */
export interface Asked {
  readonly path: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, JsonValue>>;
  readonly cost: number | undefined;
}

export interface AnsweringStore extends ConnectedStore {
  readonly asked: readonly Asked[];
}

/** A store whose platform answers the given bodies one after the other; judged as live answers are. */
export function answering(...bodies: readonly JsonValue[]): AnsweringStore {
  const asked: Asked[] = [];
  return {
    id: 'store',
    account: 'my-store.myshopify.com',
    currency: 'USD',
    scopes: [],
    signal: new AbortController().signal,
    asked,
    http: async <T>(call: HttpCall<T>) => {
      const body = bodies[asked.length];
      if (body === undefined) throw new Error(`no answer left for call ${asked.length + 1}`);
      const { query, variables } = call.body as unknown as Asked; // what the kit's `graphql` sends
      asked.push({ path: call.path, query, variables, cost: call.cost });
      return readAnswer(shopify, call, { status: 200, header: () => undefined, text: JSON.stringify(body) });
    },
  };
}
