import type { ConnectedStore, HttpCall } from '#contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { exampleConnector } from '../testing/example-connector.js';
import { graphql } from './graphql.js';
import { readAnswer } from './read-answer.js';

/** Answers every call with one body, and tells what was asked. */
function storeAnswering(body: unknown): { store: ConnectedStore; calls: HttpCall<unknown>[] } {
  const calls: HttpCall<unknown>[] = [];
  const http = <T>(call: HttpCall<T>) => {
    calls.push(call);
    return Promise.resolve(
      readAnswer(exampleConnector, call, { status: 200, header: () => undefined, text: JSON.stringify(body) }),
    );
  };
  const signal = new AbortController().signal;
  return { store: { id: 's', account: 'a', currency: 'EUR', scopes: [], http, signal }, calls };
}

const call = {
  path: 'graphql',
  document: '{ shop { name } }',
  variables: { first: 1 },
  effect: 'read',
  expect: z.object({ shop: z.object({ name: z.string() }) }),
  cost: 7,
} as const;

it('posts the document with its variables, says its effect and cost, and answers what is in `data`', async () => {
  const { store, calls } = storeAnswering({ data: { shop: { name: 'Tea', more: 1 } }, extensions: {} });
  expect(await graphql(store, call)).toEqual({ shop: { name: 'Tea' } });
  expect(calls).toEqual([
    expect.objectContaining({
      method: 'POST',
      path: 'graphql',
      body: { query: '{ shop { name } }', variables: { first: 1 } },
      effect: 'read',
      cost: 7,
    }),
  ]);
});

it.each([{}, { data: null }, { data: { shop: null } }, [], { shop: { name: 'Tea' } }])(
  'refuses an answer without the data: %j',
  async (body) => {
    await expect(graphql(storeAnswering(body).store, call)).rejects.toMatchObject({ code: 'platform_contract_broken' });
  },
);

it('finds the errors of a 200', async () => {
  await expect(graphql(storeAnswering({ data: null, fault: 'gone' }).store, call)).rejects.toMatchObject({
    code: 'credential_revoked',
  });
});
