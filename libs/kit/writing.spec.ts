import { GatewayError } from '#contract';
import { expect, it } from 'vitest';
import { bodyOf, halfDone, isMissing } from './writing.js';

it('leaves out what was not given, and nothing else', () => {
  expect(bodyOf({ a: 1, b: undefined, c: null, d: '', e: [], f: false })).toEqual({
    a: 1,
    c: null,
    d: '',
    e: [],
    f: false,
  });
});

it('knows what is not there', () => {
  expect(isMissing(new GatewayError('not_found', 'x'))).toBe(true);
  expect(isMissing(new GatewayError('conflict', 'x'))).toBe(false);
  expect(isMissing(new Error('x'))).toBe(false);
});

it('says what was done before a failure, and keeps what it is', () => {
  const error = new GatewayError('request_rejected', 'no', { platform: { id: 'shop', status: 400 } });
  expect(halfDone('Half of it is there', error)).toMatchObject({
    code: 'request_rejected',
    message: 'Half of it is there: no',
    context: { platform: { id: 'shop', status: 400 }, cause: error },
  });
  const other = new Error('x');
  expect(halfDone('Half of it is there', other)).toBe(other);
});
