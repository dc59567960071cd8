import { describe, expect, it } from 'vitest';
import { classify, type ErrorMap, type ErrorRule, type FailedAnswer, type PlatformProblem } from './error-map.js';

const map = (...rules: readonly ErrorRule[]): ErrorMap => ({
  // The body of these tests is the list of problems itself.
  problems: (body) => (Array.isArray(body) ? (body as readonly PlatformProblem[]) : []),
  rules,
});

const failed = (status: number, more: Partial<FailedAnswer> = {}): FailedAnswer => ({
  status,
  html: false,
  body: undefined,
  ...more,
});

describe('an answer that failed', () => {
  it('is what a rule says before it is what its status says, because platforms lie with statuses', () => {
    const rules = map({ code: 'THROTTLED', as: 'platform_rate_limited' });
    expect(classify(rules, failed(200, { body: [{ code: 'THROTTLED' }] }))).toBe('platform_rate_limited');
    expect(classify(rules, failed(500, { body: [{ code: 'THROTTLED' }] }))).toBe('platform_rate_limited');
    expect(classify(rules, failed(500, { html: true, body: [{ code: 'THROTTLED' }] }))).toBe('platform_rate_limited');
  });

  it('may be named by the form of its code', () => {
    const rules = map({ code: /_TAKEN$/, as: 'conflict' });
    expect(classify(rules, failed(200, { body: [{ code: 'SKU_TAKEN' }] }))).toBe('conflict');
    expect(classify(rules, failed(200, { body: [{ code: 'TAKEN_SKU' }] }))).toBe('request_rejected');
    expect(classify(rules, failed(200, { body: [{}] }))).toBe('request_rejected');
  });

  it('is what the first fitting rule says', () => {
    const rules = map({ status: 404, as: 'store_closed' }, { status: 404, as: 'conflict' });
    expect(classify(rules, failed(404))).toBe('store_closed');
  });

  it.each<[string, ErrorRule, FailedAnswer]>([
    ['status', { status: 401, code: 'a', as: 'conflict' }, failed(403, { body: [{ code: 'a' }] })],
    ['one of the statuses', { status: [401, 402], as: 'conflict' }, failed(403)],
    ['code', { status: 403, code: 'a', as: 'conflict' }, failed(403, { body: [{ code: 'b' }] })],
    ['code', { status: 403, code: 'a', as: 'conflict' }, failed(403)],
    ['message', { message: /frozen/, as: 'conflict' }, failed(403, { body: [{ message: 'open' }] })],
    ['message', { message: /\S/, as: 'conflict' }, failed(403, { body: [{}] })],
    ['page', { html: true, as: 'conflict' }, failed(403)],
    ['page', { html: false, as: 'conflict' }, failed(403, { html: true })],
  ])('needs every condition of a rule: %s', (_, rule, answer) => {
    expect(classify(map(rule), answer)).not.toBe('conflict');
  });

  it('fits a rule by any one of its problems, by any of its statuses', () => {
    const body = [{ message: 'first' }, { code: 'x', message: 'It is frozen' }];
    expect(classify(map({ code: 'x', as: 'store_closed' }), failed(400, { body }))).toBe('store_closed');
    expect(classify(map({ message: /frozen/, as: 'store_closed' }), failed(400, { body }))).toBe('store_closed');
    expect(classify(map({ status: [400, 402], as: 'store_closed' }), failed(402))).toBe('store_closed');
  });

  it.each<[number, string]>([
    [200, 'request_rejected'],
    [302, 'platform_contract_broken'],
    [400, 'request_rejected'],
    [401, 'credential_expired'],
    [402, 'store_closed'],
    [403, 'platform_scope_missing'],
    [404, 'not_found'],
    [408, 'platform_timeout'],
    [409, 'conflict'],
    [418, 'request_rejected'],
    [422, 'request_rejected'],
    [429, 'platform_rate_limited'],
    [500, 'platform_unavailable'],
    [502, 'platform_unavailable'],
    [504, 'platform_timeout'],
    [599, 'platform_unavailable'],
  ])('without a rule, with status %i, is %s', (status, code) => {
    expect(classify(map(), failed(status))).toBe(code);
  });

  it.each<[number, string]>([
    [200, 'platform_blocked'],
    [302, 'platform_blocked'],
    [401, 'platform_blocked'],
    [403, 'platform_blocked'],
    [404, 'platform_blocked'],
    [429, 'platform_blocked'],
    [500, 'platform_unavailable'],
    [503, 'platform_unavailable'],
  ])('that is a page for people, with status %i, is %s: somebody in front of the shop answered', (status, code) => {
    expect(classify(map(), failed(status, { html: true }))).toBe(code);
  });
});
