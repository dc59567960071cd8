import { capabilities, type Connector } from '#contract';
import { expect, it } from 'vitest';
import { expectExactShape } from './describe-reads.js';
import type { WriteFixture } from './fixture.js';
import { isWrite } from './operation-schema.js';
import { replayWrite } from './replay-write.js';

/** What was recorded of writing: each is made again, and must send the same to the letter. */
export function describeWrites(connector: Connector, fixtures: readonly WriteFixture[]): void {
  const claims = capabilities(connector.operations).filter(({ support }) => support !== 'none');
  for (const { operation } of claims.filter((claim) => isWrite(claim.operation))) {
    it(`has a recorded write of ${operation}`, () => {
      const proofs = fixtures.filter((fixture) => fixture.operation === operation && !('error' in fixture.expect));
      expect(proofs.map(({ name }) => name)).not.toEqual([]);
    });
  }

  for (const fixture of fixtures) {
    it(`${fixture.name} is made as it was, call by call`, async () => {
      const { sent, recorded, outcome } = await replayWrite(connector, fixture);
      expect(sent).toEqual(recorded);
      expect(outcome).toEqual(fixture.expect);
      if ('records' in fixture.expect) expectExactShape(fixture.operation, fixture.expect.records[0]);
    });
  }

  it('records writes of operations it has', () => {
    const known = new Set(claims.map(({ operation }) => operation));
    expect(fixtures.filter(({ operation }) => !known.has(operation)).map(({ name }) => name)).toEqual([]);
  });
}
