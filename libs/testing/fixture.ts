import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WriteAttempt } from '#contract';
import { anyJson } from '#kit';
import { type Exchange, readExchange } from '#replay';
import { z } from 'zod';

const expectation = z.union([
  z.strictObject({ error: z.string() }),
  z.strictObject({
    records: z.array(z.unknown()).default([]),
    quarantined: z.array(z.strictObject({ platformId: z.string().nullable(), reason: z.string() })).default([]),
    more: z.boolean().default(false),
  }),
]);

/** What a recorded exchange must come to; absent for one that only answers the further calls of an operation. */
export type Expectation = z.infer<typeof expectation>;

/** One recorded exchange of a connector's `__fixtures__`. */
export interface Fixture {
  readonly name: string;
  /** The file as it is, for the search for secrets. */
  readonly text: string;
  readonly exchange: Exchange;
  readonly expected: Expectation | undefined;
}

// What a write was made with where a recording does not say it.
const FIXED: WriteAttempt = { key: '00000000-0000-4000-8000-000000000001', reference: 'ssp-00000000000000000001' };

const writeFixture = z.object({
  operation: z.string(),
  input: z.record(z.string(), anyJson),
  attempt: z.object({ key: z.string(), reference: z.string() }).default(FIXED),
  store: z.object({ currency: z.string().default('EUR'), account: z.string().optional() }).prefault({}),
  calls: z.array(
    z.object({
      request: z.object({ method: z.string(), url: z.url(), body: anyJson.default(null) }),
      response: z.object({
        status: z.number(),
        headers: z.record(z.string(), z.string()).default({}),
        body: anyJson.default(null),
      }),
    }),
  ),
  expect: z.union([
    z.strictObject({ records: z.array(anyJson).length(1) }),
    z.strictObject({ error: z.string() }),
    z.strictObject({ done: z.literal(true) }),
  ]),
});

/** A write with every call it made, in order, and what came of it. */
export type WriteFixture = z.infer<typeof writeFixture> & { readonly name: string; readonly text: string };

const deliveryFixture = z.object({
  /** Without the signature, which each test makes with a key of its own. */
  delivery: z.object({ headers: z.record(z.string(), z.string()), body: z.string() }),
  expect: z.union([z.strictObject({ handshake: z.literal(true) }), z.strictObject({ events: z.array(anyJson) })]),
});

/** What the platform sent to us. */
export type DeliveryFixture = z.infer<typeof deliveryFixture> & { readonly name: string; readonly text: string };

const proofFixture = z.object({
  strategy: z.string(),
  kind: z.enum(['callback', 'start']),
  query: z.string(),
  /** Made up for the fixture; no client of anybody has it. */
  clientSecret: z.string(),
  now: z.iso.datetime(),
  account: z.string(),
});

/** A signed address with which a merchant comes from the platform. */
export type ProofFixture = z.infer<typeof proofFixture> & { readonly name: string; readonly text: string };

/** Everything a connector has recorded. */
export interface Fixtures {
  readonly reads: readonly Fixture[];
  readonly writes: readonly WriteFixture[];
  readonly deliveries: readonly DeliveryFixture[];
  readonly proofs: readonly ProofFixture[];
}

/** Reads every `.json` of a `__fixtures__` folder. @throws Error naming the file that is no fixture. */
export function readFixtures(folder: URL): Fixtures {
  const files = readdirSync(fileURLToPath(folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
  const kept = (prefix: string) => files.filter(({ name }) => name.startsWith(prefix));
  const special = [...kept('write-'), ...kept('delivery-'), ...kept('proof-')];
  return {
    reads: files.filter((file) => !special.includes(file)).map(readOne),
    writes: kept('write-').map((file) => ({ ...file, ...shaped(file, writeFixture) })),
    deliveries: kept('delivery-').map((file) => ({ ...file, ...shaped(file, deliveryFixture) })),
    proofs: kept('proof-').map((file) => ({ ...file, ...shaped(file, proofFixture) })),
  };
}

interface File {
  readonly name: string;
  readonly text: string;
}

function shaped<T>({ name, text }: File, schema: z.ZodType<T>): T {
  const read = schema.safeParse(JSON.parse(text));
  if (!read.success) throw new Error(`${name} is no fixture: ${z.prettifyError(read.error)}`);
  return read.data;
}

function readOne({ name, text }: File): Fixture {
  const value: unknown = JSON.parse(text);
  const exchange = readExchange(value);
  if (typeof exchange === 'string') throw new Error(`${name} is ${exchange}`);
  const { expect: expected } = z.looseObject({ expect: expectation.optional() }).parse(value);
  return { name, text, exchange, expected };
}
