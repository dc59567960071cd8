import { expect, it } from 'vitest';
import { awaitStopRequest } from './stop-request.js';

it('takes the echoes of one Ctrl-C for one, and a later one for insisting', () => {
  let time = 0;
  const request = awaitStopRequest(() => time);
  expect(request.signal.aborted).toBe(false);
  process.emit('SIGHUP');
  time = 900;
  process.emit('SIGHUP');
  expect([request.signal.aborted, request.insisted.aborted]).toEqual([true, false]);
  time = 1_100;
  process.emit('SIGHUP');
  expect(request.insisted.aborted).toBe(true);
});
