import { connectors } from '#connectors';
import { type Connector } from '#contract';
import { readFixtures, replayWrite, type WriteFixture } from '#testing';
import { describe, expect, it } from 'vitest';
import { spoil } from './spoil.js';

const MOST_OF_ONE = 24;

/** What a shop might answer to each call of a recorded write, one thing wrong at a time. */
function* spoiledAnswers(write: WriteFixture): Generator<{ readonly what: string; readonly write: WriteFixture }> {
  for (const [index, call] of write.calls.entries()) {
    const answered = (response: Partial<typeof call.response>): WriteFixture => ({
      ...write,
      calls: write.calls.map((one, at) =>
        at === index ? { ...one, response: { ...one.response, ...response } } : one,
      ),
    });
    for (const body of ['', '<html><body>Blocked</body></html>', null, [], {}])
      yield { what: `call ${index + 1} answered ${JSON.stringify(body)}`, write: answered({ body }) };
    for (const status of [401, 403, 404, 409, 429, 500, 503])
      yield { what: `call ${index + 1} answered ${status}`, write: answered({ status, body: {} }) };
    for (const { what, value } of spoil(call.response.body, MOST_OF_ONE))
      // What JSON held, changed to what JSON holds.
      yield { what: `call ${index + 1}: ${what}`, write: answered({ body: value as typeof call.response.body }) };
  }
}

async function faultOf(connector: Connector, write: WriteFixture): Promise<string | undefined> {
  try {
    const { outcome } = await replayWrite(connector, write);
    return JSON.stringify(outcome).includes('"error":"internal"') ? 'internal' : undefined;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message.slice(0, 80)}` : String(error);
  }
}

describe.each(connectors.map((connector: Connector) => ({ connector, id: connector.id })))(
  'writes to $id',
  { timeout: 120_000 },
  ({ connector, id }) => {
    const { writes } = readFixtures(new URL(`../../libs/connectors/${id}/__fixtures__/`, import.meta.url));

    it('end in a record or a code of the table, whatever the shop answers', async () => {
      const faults: string[] = [];
      let tried = 0;
      for (const recorded of writes) {
        for (const { what, write } of spoiledAnswers(recorded)) {
          tried += 1;
          const fault = await faultOf(connector, write);
          if (fault !== undefined) faults.push(`${recorded.name}: ${what}: ${fault}`);
        }
      }
      expect(faults).toEqual([]);
      expect(tried).toBeGreaterThan(500);
      console.info(`${id}: ${tried} spoiled answers to ${writes.length} recorded writes`);
    });
  },
);
