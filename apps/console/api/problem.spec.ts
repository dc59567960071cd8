import { describe, expect, it } from 'vitest';
import { hidesTheTruth, Trouble, troubleFrom, troubleOf, unreachable, unreadable } from './problem.js';

const REFUSAL = {
  type: 'https://github.com/shopspan/shopspan#role_missing',
  title: 'An administrator of the gateway gives roles; `/ops/account` shows yours.',
  status: 403,
  detail: 'This takes the role admin.',
  code: 'role_missing',
  retryable: false,
  actor: 'operator',
  requestId: 'req_1',
};

describe('troubleFrom', () => {
  it('says what problem+json says', () => {
    expect(troubleFrom(403, REFUSAL).facts).toEqual({
      kind: 'refused',
      status: 403,
      code: 'role_missing',
      sentence: 'This takes the role admin.',
      advice: 'An administrator of the gateway gives roles; /ops/account shows yours.',
      requestId: 'req_1',
    });
  });

  it('falls back on the title, without saying it twice', () => {
    const { detail: _detail, ...rest } = REFUSAL;
    expect(troubleFrom(403, rest).facts).not.toHaveProperty('advice');
    expect(troubleFrom(403, rest).message).toBe(REFUSAL.title);
  });

  it.each([undefined, '<html>', {}, { code: 7, status: '500' }])('bears the body %j', (body) => {
    const { facts } = troubleFrom(502, body);
    expect(facts).toEqual({
      kind: 'failed',
      status: 502,
      sentence: 'The gateway answered with status 502 and no explanation.',
    });
  });
});

it('knows which trouble leaves what is shown in doubt', () => {
  expect([troubleFrom(403, REFUSAL), troubleFrom(404, {})].map(hidesTheTruth)).toEqual([false, false]);
  const doubtful = [troubleFrom(500, REFUSAL), unreachable(new Error('x')), unreadable('/ops/x', 1), new Error('own')];
  expect(doubtful.map(hidesTheTruth)).toEqual([true, true, true, true]);
});

it('keeps trouble as it is, and shows no inner text of other errors', () => {
  const trouble = unreachable(null);
  expect(troubleOf(trouble)).toBe(trouble);
  expect(troubleOf(new Error('secret inner words'))).toBeInstanceOf(Trouble);
  expect(troubleOf(new Error('secret inner words')).message).not.toContain('secret');
});
