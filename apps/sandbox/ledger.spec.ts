import { expect, test } from 'vitest';
import { createLedger, fingerprint } from './ledger.js';
import type { Redemption } from './platform.js';

const redemption: Redemption = {
  platform: 'shopify',
  host: 'a.example',
  kind: 'code',
  credential: 'secret-code',
  issued: 'secret-token',
  requestId: '1',
  status: 200,
  outcome: 'issued',
};

test('keeps fingerprints of the credentials, in order', () => {
  const ledger = createLedger(
    () => new Date(0),
    () => undefined,
  );
  ledger.record(redemption);
  ledger.record({ ...redemption, host: 'b.example' });
  const [first, second] = ledger.entries();
  expect(first).toMatchObject({
    sequence: 1,
    credential: fingerprint('secret-code'),
    issued: fingerprint('secret-token'),
  });
  expect(second).toMatchObject({ sequence: 2, host: 'b.example' });
  expect(JSON.stringify(ledger.snapshot())).not.toContain('secret');
  expect(ledger.entries('b.example')).toHaveLength(1);
});

test('forgets the oldest of more than 10,000 and goes on counting after a restart', () => {
  const ledger = createLedger(
    () => new Date(0),
    () => undefined,
  );
  for (let count = 0; count < 10_003; count += 1) ledger.record(redemption);
  expect(ledger.entries()).toHaveLength(10_000);
  expect(ledger.entries()[0]?.sequence).toBe(4);
  const later = createLedger(
    () => new Date(0),
    () => undefined,
  );
  later.restore(JSON.parse(JSON.stringify(ledger.snapshot())));
  later.record(redemption);
  expect(later.entries().at(-1)?.sequence).toBe(10_004);
});

test('refuses a state that is no ledger', () => {
  const ledger = createLedger(
    () => new Date(0),
    () => undefined,
  );
  expect(() => ledger.restore({ next: 'x' })).toThrow();
});
