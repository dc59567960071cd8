import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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

/** Reads every `.json` of a `__fixtures__` folder. @throws Error naming the file that is no fixture. */
export function readFixtures(folder: URL): readonly Fixture[] {
  return readdirSync(fileURLToPath(folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readFixture(name, readFileSync(new URL(name, folder), 'utf8')));
}

function readFixture(name: string, text: string): Fixture {
  const value: unknown = JSON.parse(text);
  const exchange = readExchange(value);
  if (typeof exchange === 'string') throw new Error(`${name} is ${exchange}`);
  const { expect: expected } = z.looseObject({ expect: expectation.optional() }).parse(value);
  return { name, text, exchange, expected };
}
