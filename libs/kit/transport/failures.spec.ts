import { expect, it } from 'vitest';
import { createEgress } from './egress.js';
import { createEnding } from './exchange-limits.js';
import { failureBeforeAnswer } from './failures.js';

it('does not take a request that could not be made for a network that failed', () => {
  const ending = createEnding({ deadlineMs: 1_000, maxBytes: 1 });
  const egress = createEgress({ allow: [] });
  const error = failureBeforeAnswer(
    new TypeError('Request path contains unescaped characters'),
    'a.example',
    egress,
    ending,
  );
  ending.release();
  expect(error).toMatchObject({ reason: 'malformed', sent: 'no', host: 'a.example' });
});
