import { classify } from '#contract';
import { describe, expect, it } from 'vitest';
import { budget, errors } from './errors.js';

const codeOf = (status: number, body: unknown, html = false) => classify(errors, { status, body, html });
const listed = (code: string, message = 'x') => ({ errors: [{ message, extensions: { code } }] });

describe('a failed answer', () => {
  it.each([
    ['a token unknown or expired', 401, { errors: '[API] Invalid API key or access token' }, 'credential_expired'],
    ['a missing approval', 403, { errors: 'This app is not approved' }, 'platform_scope_missing'],
    ['a missing scope', 200, listed('ACCESS_DENIED'), 'platform_scope_missing'],
    ['too much at once', 200, listed('THROTTLED'), 'platform_rate_limited'],
    ['too much at once, by status', 429, { errors: 'Exceeded' }, 'platform_rate_limited'],
    ['a query too dear', 200, listed('MAX_COST_EXCEEDED'), 'request_rejected'],
    ['a fault of the platform', 200, listed('INTERNAL_SERVER_ERROR'), 'platform_unavailable'],
    ['a field that is gone', 200, listed('undefinedField'), 'platform_contract_broken'],
    ['a bad variable', 200, listed('INVALID_VARIABLE'), 'request_rejected'],
    ['a frozen shop', 402, { errors: 'Unavailable Shop' }, 'store_closed'],
    ['a locked shop', 423, { errors: 'Locked' }, 'store_closed'],
    ['a shop that is not there', 404, { errors: 'Not Found' }, 'store_closed'],
    ['an endpoint that is not there', 404, undefined, 'platform_contract_broken'],
    ['a renamed shop', 301, undefined, 'store_closed'],
    ['a security rejection', 430, undefined, 'platform_blocked'],
    ['an overload', 503, undefined, 'platform_unavailable'],
    ['a fault without an answer', 520, undefined, 'platform_unavailable'],
    ['a shop out of reach', 530, undefined, 'platform_unavailable'],
    ['a shop disabled for a while', 540, undefined, 'platform_unavailable'],
    ['a slow gateway', 504, undefined, 'platform_timeout'],
    ['a parse error', 200, listed('PARSE_ERROR'), 'platform_contract_broken'],
    ['an argument that is missing', 200, listed('missingRequiredArguments'), 'platform_contract_broken'],
    ['a literal of another type', 200, listed('argumentLiteralsIncompatible'), 'platform_contract_broken'],
    ['a selection that does not fit', 200, listed('selectionMismatch'), 'platform_contract_broken'],
    ['an input that means nothing', 200, listed('INVALID_FIELD_ARGUMENTS'), 'request_rejected'],
    ['a cursor of another list', 200, listed('BAD_REQUEST'), 'request_rejected'],
    ['an id of another type', 200, listed('RESOURCE_NOT_FOUND', 'invalid id'), 'not_found'],
    ['a refresh token that is spent', 401, { error: 'invalid_request', error_description: 'x' }, 'credential_revoked'],
    ['an app that was removed', 400, { error: 'app_not_installed' }, 'credential_revoked'],
    ['a shop of somebody else', 400, { error: 'shop_not_permitted' }, 'credential_revoked'],
    ['a code that was used', 400, { error: 'invalid_request' }, 'request_rejected'],
    ['a form nobody can read', 406, undefined, 'request_rejected'],
    ['an unreadable request', 422, { errors: { base: ['is invalid'] } }, 'request_rejected'],
  ])('for %s has the right code', (_what, status, body, code) => {
    expect(codeOf(status, body)).toBe(code);
  });

  it('that is a page comes from something before the shop, or from no shop', () => {
    expect(codeOf(403, undefined, true)).toBe('platform_blocked');
    expect(codeOf(404, undefined, true)).toBe('store_closed');
    expect(codeOf(502, undefined, true)).toBe('platform_unavailable');
  });
});

describe('the problems of a body', () => {
  it.each([
    [{ errors: 'text' }, [{ message: 'text' }]],
    [{ errors: ['one', { message: 'two' }] }, [{ message: 'one' }, { message: 'two' }]],
    [{ errors: { name: ['is too long', 'is taken'] } }, [{ message: 'name is too long is taken' }]],
    [{ errors: { base: 'no' } }, [{ message: 'base no' }]],
    [{ error: 'invalid_request', error_description: 'gone' }, [{ code: 'invalid_request', message: 'gone' }]],
    [{ data: { shop: {} } }, []],
    ['<html>', []],
    [null, []],
  ])('of %j are found', (body, problems) => {
    expect(errors.problems(body)).toEqual(problems);
  });

  it('count beside data', () => {
    expect(errors.problems({ data: { order: null }, ...listed('ACCESS_DENIED', 'no') })).toEqual([
      { code: 'ACCESS_DENIED', message: 'no' },
    ]);
  });

  it.each([
    [{ field: 'nme', message: 'Invalid search field for this query.', code: 'invalid_field' }],
    [{}],
    ['a text'],
    [null],
  ])('include a search understood only in part: %j', (warning) => {
    const body = { data: { orders: {} }, extensions: { search: [{ path: ['orders'], warnings: [warning] }] } };
    expect(errors.problems(body)).toHaveLength(1);
    expect(codeOf(200, body)).toBe('platform_contract_broken');
  });

  it('do not include a search that was understood', () => {
    expect(
      errors.problems({ data: {}, extensions: { search: [{ path: ['orders'] }, { warnings: [] }, null] } }),
    ).toEqual([]);
  });

  it.each([
    [{ errors: [{ toString: 1, message: { toString: 2 }, extensions: { code: [] } }] }],
    [{ errors: { base: [{ toString: 1 }, null] } }],
    [{ errors: [null, 1, [], 'x'] }],
    [{ extensions: 'x' }],
    [{ extensions: { search: {} } }],
  ])('never throw: %j', (body) => {
    for (const { code, message } of errors.problems(body)) {
      expect(typeof (code ?? '')).toBe('string');
      expect(typeof (message ?? '')).toBe('string');
    }
  });
});

describe('the budget', () => {
  const throttleStatus = { maximumAvailable: 2000.0, currentlyAvailable: 112.0, restoreRate: 100.0 };

  it('is in every answer, refused or not', () => {
    expect(budget({ data: {}, extensions: { cost: { requestedQueryCost: 807, throttleStatus } } })).toEqual({
      remaining: 112,
      capacity: 2000,
      perSecond: 100,
      needed: 807,
    });
  });

  it.each([
    undefined,
    {},
    { extensions: { cost: null } },
    { extensions: { cost: { throttleStatus: { ...throttleStatus, restoreRate: 'x' } } } },
    { extensions: { cost: { throttleStatus: { ...throttleStatus, currentlyAvailable: -1 } } } },
  ])('is unknown in %j', (body) => {
    expect(budget(body)).toBeUndefined();
  });
});

describe('a refusal beside data', () => {
  const payload = (userErrors: unknown) => ({ data: { orderUpdate: { order: null, userErrors } } });

  it('names its fields, and a code of its own where the platform has none', () => {
    const listed = [
      { field: ['input', 'lineItems', 0, 'quantity'], message: 'is too high' },
      { field: null, message: 'No', code: 'INVALID' },
    ];
    expect(errors.problems(payload(listed))).toEqual([
      { code: 'USER_ERROR', message: 'is too high', field: 'input.lineItems.0.quantity' },
      { code: 'INVALID', message: 'No', field: '' },
    ]);
  });

  it.each([[[]], [null], ['x'], [{}]])('is none when the list is %j', (userErrors) => {
    expect(errors.problems(payload(userErrors))).toEqual([]);
  });

  it.each([[null], [7], ['x'], [[null]]])('is one, whatever stands in the list: %j', (item) => {
    expect(errors.problems(payload([item]))).toHaveLength(1);
  });
});
