import { describe, expect, it } from 'vitest';
import { carriedWork, contextOf, currentWork, within } from './work.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

describe('what is carried from a request to its job', () => {
  it('is what came with the request, through whatever waits', async () => {
    const carried = { requestId: 'req-12345678', traceparent: PARENT };
    await within(contextOf(carried), async () => {
      await Promise.resolve();
      expect(currentWork()).toEqual({ requestId: 'req-12345678', traceId: TRACE });
      expect(carriedWork()).toEqual(carried);
    });
    expect(currentWork()).toEqual({});
  });

  it.each([
    'nonsense',
    `00-${TRACE}-00f067aa0ba902b7`,
    `00-${TRACE}-00f067aa0ba902b7-01-more`,
    `ff-${TRACE}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    PARENT.toUpperCase(),
  ])('is no trace where it says %s', (traceparent) => {
    expect(within(contextOf({ traceparent }), currentWork)).toEqual({});
  });

  it('takes a later version, and of its flags the one that is known', () => {
    const later = `cc-${TRACE}-00f067aa0ba902b7-ff-more`;
    expect(within(contextOf({ traceparent: later }), carriedWork)).toEqual({ traceparent: PARENT });
  });
});
