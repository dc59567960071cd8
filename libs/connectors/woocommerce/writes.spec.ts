import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ConnectedStore, GatewayError, type HttpCall, planWrite, requireNamed, Secret, shapeOf } from '#contract';
import { readAnswer } from '#kit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { woocommerce } from './woocommerce.js';

// Each fixture is a write with every call it made, in order: what is sent must be the same to the letter.
const folder = new URL('__fixtures__/', import.meta.url);

const fixture = z.object({
  operation: z.string(),
  input: z.record(z.string(), z.json()),
  attempt: z.object({ key: z.string(), reference: z.string() }),
  calls: z.array(
    z.object({
      request: z.object({ method: z.string(), url: z.url(), body: z.json() }),
      response: z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.json() }),
    }),
  ),
  expect: z.union([
    z.object({ records: z.array(z.json()) }),
    z.object({ error: z.string() }),
    z.object({ done: z.literal(true) }),
  ]),
});
type Fixture = z.infer<typeof fixture>;

const ORIGIN = 'https://shop.example.test/';

function sentUrl({ path, query = {} }: HttpCall<unknown>): string {
  const url = new URL(path, ORIGIN);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.append(name, String(value));
  return url.href;
}

function storeOf({ calls }: Fixture): { readonly store: ConnectedStore; readonly left: () => number } {
  const open = [...calls];
  const http = async <T>(call: HttpCall<T>) => {
    const next = open.shift();
    const sent = { method: call.method ?? 'GET', url: sentUrl(call), body: call.body ?? null };
    expect(sent).toEqual(next?.request);
    if (next === undefined) throw new Error('a call too many');
    const { status, headers, body } = next.response;
    return readAnswer(woocommerce, call, { status, header: (name) => headers[name], text: JSON.stringify(body) });
  };
  const signal = new AbortController().signal;
  const store = { id: 'store', account: 'shop.example.test', currency: 'EUR', scopes: [], signal, http };
  return { store, left: () => open.length };
}

function inputOf({ operation, input }: Fixture): Readonly<Record<string, unknown>> {
  const shape = shapeOf(operation);
  if (shape?.shape === 'write') return z.record(z.string(), z.unknown()).parse(shape.input.parse(input));
  // A subscription is the gateway's own business: its secret is never in a fixture.
  return 'secret' in input ? { ...input, secret: new Secret(z.string().parse(input['secret'])) } : input;
}

describe('a write that was made', () => {
  const names = readdirSync(fileURLToPath(folder)).filter((name) => name.startsWith('write-'));

  it.each(names)('%s', async (name) => {
    const read = fixture.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
    const { store, left } = storeOf(read);
    const result: unknown = await requireNamed
      .write(woocommerce, read.operation)
      .run(store, inputOf(read), read.attempt)
      .then(
        (written) => (written === null ? { done: true } : { records: [written.record] }),
        (error: unknown) => (GatewayError.is(error) ? { error: error.code } : { threw: String(error) }),
      );
    expect(result).toEqual(read.expect);
    expect(left()).toBe(0);
  });

  it('leaves out nothing that is not declared to be lost', () => {
    const plan = planWrite(
      { tags: ['a'], test: true, customer: { email: 'a@example.com' }, lineItems: [{ sku: 'A', quantity: 1 }] },
      requireNamed.write(woocommerce, 'orders.create').losses,
    );
    expect(plan.ignored.map(({ path }) => path)).toEqual(['tags', 'test']);
    expect(plan.written).toEqual(['customer.email', 'lineItems[].sku', 'lineItems[].quantity']);
  });
});
