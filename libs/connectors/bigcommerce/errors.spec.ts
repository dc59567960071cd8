import { describe, expect, it } from 'vitest';
import { classify } from '#contract';
import { readAnswer } from '#kit';
import { z } from 'zod';
import { bigcommerce } from './bigcommerce.js';
import { budget, errors } from './errors.js';

const TYPE = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes';

describe('a refusal of BigCommerce', () => {
  it.each([
    [401, { status: 401, title: 'Unauthorized', type: TYPE }, 'credential_revoked'],
    [401, [{ status: 401, message: 'Unauthorized' }], 'credential_revoked'],
    [
      403,
      [{ status: 403, message: "You don't have a required scope to access the endpoint" }],
      'platform_scope_missing',
    ],
    [404, [{ status: 404, message: 'The requested resource was not found.' }], 'not_found'],
    [409, { status: 409, title: 'conflict', type: TYPE }, 'conflict'],
    [
      422,
      { status: 422, title: 'JSON data is missing or invalid', type: TYPE, errors: { name: 'x' } },
      'request_rejected',
    ],
    [422, { data: [{ status: 422, title: 'Unable to provide store credit', type: TYPE }] }, 'request_rejected'],
    [423, undefined, 'platform_unavailable'],
    [429, undefined, 'platform_rate_limited'],
    [500, undefined, 'platform_unavailable'],
    [503, [{ status: 503, message: 'Down for maintenance' }], 'platform_unavailable'],
    [504, undefined, 'platform_timeout'],
    [507, { status: 507, title: 'Insufficient Storage', type: TYPE }, 'request_rejected'],
    [207, { data: [], errors: [{ status: 404, title: 'not there' }], meta: { failed: 1 } }, 'not_found'],
    [207, { data: [], errors: [{ status: 422, title: 'bad' }], meta: { failed: 1 } }, 'request_rejected'],
  ] as const)('%i %j is %s', (status, body, code) => {
    expect(classify(errors, { status, html: false, body })).toBe(code);
  });

  it.each([200, 302])('that is the page for people (%i) is no answer', (status) => {
    expect(classify(errors, { status, html: true, body: undefined })).toBe('platform_contract_broken');
  });

  it('names the fields it is about, however deep they lie', () => {
    const body = { status: 422, title: 'bad', type: TYPE, errors: [{ 'variants.0.sku': 'taken' }, { a: { b: 'x' } }] };
    expect(errors.problems(body)).toEqual([
      { message: 'bad' },
      { message: 'taken', field: 'variants.0.sku' },
      { message: 'x', field: 'b' },
    ]);
  });

  it.each([
    { id: 118, status: 'Shipped', status_id: 2 },
    [{ id: 118, status: 'Shipped', message: 'Thank you' }],
    { data: [{ id: 1, status: 'ok', event: 'purchase' }], meta: {} },
    { data: [], errors: [], meta: {} },
    { id: 'abc', status: 'live', name: 'Shop' },
  ])('is not found in a record that has a status: %j', (body) => {
    expect(errors.problems(body)).toEqual([]);
  });
});

describe('the quota of a shop', () => {
  const headers = (left: string, reset: string) => (name: string) =>
    new Map([
      ['x-rate-limit-requests-quota', '150'],
      ['x-rate-limit-requests-left', left],
      ['x-rate-limit-time-window-ms', '30000'],
      ['x-rate-limit-time-reset-ms', reset],
    ]).get(name);

  it('is what the headers of an answer say, in any unit of calls', () => {
    expect(budget({}, headers('148', '21500'))).toEqual({ remaining: 148, capacity: 150, perSecond: 5 });
  });

  it('that is used up comes back when the window ends, and not before', () => {
    const answer = { status: 429, header: headers('0', '7000'), text: '' };
    const call = { path: 'v2/store', effect: 'read' as const, expect: z.unknown() };
    expect(() => readAnswer(bigcommerce, call, answer)).toThrow(
      expect.objectContaining({
        code: 'platform_rate_limited',
        context: expect.objectContaining({ retryAfterMs: 7000 }) as unknown,
      }) as Error,
    );
  });

  it('is unknown without the headers', () => {
    expect(budget({}, () => undefined)).toBeUndefined();
    expect(budget({}, () => 'x')).toBeUndefined();
  });
});
