import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorTable } from './error-table.js';
import { ERRORS } from './error-codes.js';
import { type ErrorCode, GatewayError } from './errors.js';

// Object.keys widens to string; the table is a closed constant.
const CODES = Object.keys(ERRORS) as ErrorCode[];
const README = new URL('../../README.md', import.meta.url);

describe('the error table', () => {
  it.each(CODES)(
    'tells of %s its status, whether to try again, who can act, and what to do in one sentence',
    (code) => {
      const { http, retry, actor, advice } = ERRORS[code];
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(http).toBeGreaterThanOrEqual(400);
      expect(http).toBeLessThan(600);
      expect(['never', 'backoff', 'refresh']).toContain(retry);
      expect(['caller', 'merchant', 'operator', 'platform']).toContain(actor);
      expect(advice).toMatch(/^[A-Z`].+\.$/);
      expect(advice).not.toMatch(/\n|\||secret:|TODO/);
    },
  );

  it('asks to come back later only with statuses that mean it', () => {
    const passing = CODES.filter((code) => ERRORS[code].retry === 'backoff');
    for (const code of passing) expect([408, 409, 429, 502, 503, 504], code).toContain(ERRORS[code].http);
    for (const code of CODES.filter((each) => [429, 503, 504].includes(ERRORS[each].http)))
      expect(passing).toContain(code);
  });

  it('is printed as Markdown: one row for each code and nothing else', () => {
    const lines = errorTable().trimEnd().split('\n');
    expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
    const [head, line, ...rows] = lines.map((each) => each.replace(/ +/g, ' '));
    expect(head).toBe('| Code | HTTP | Retry | Who can act | What to do |');
    expect(line).toMatch(/^\|( -+ \|){5}$/);
    const shape = /^\| <a id="(\w+)"><\/a>`\1` \| (\d{3}) \| [\w ]+ \| [\w ]+ \| .+\. \|$/;
    expect(rows.map((row) => shape.exec(row)?.slice(1, 3))).toEqual(
      CODES.map((code) => [code, String(ERRORS[code].http)]),
    );
    expect(errorTable()).toContain('`GET /v1/platforms`');
  });

  // The document is written by hand; what follows the marker is this table.
  const readme = existsSync(README) ? readFileSync(README, 'utf8') : '';
  it.runIf(readme.includes('<!-- error-table -->'))('is what README.md says', () => {
    const [, below = ''] = readme.split('<!-- error-table -->');
    const table = below.trim().split(/\n(?!\|)/)[0];
    expect(`${table ?? ''}\n`).toBe(errorTable());
  });
});

describe('an error of ours', () => {
  it('has a code, what the table says of it, and its cause', () => {
    const cause = new Error('below');
    const error = new GatewayError('platform_unavailable', 'It is down.', { retryAfterMs: 5, cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'GatewayError', code: 'platform_unavailable', message: 'It is down.', cause });
    expect(error.traits).toBe(ERRORS.platform_unavailable);
    expect(error.context.retryAfterMs).toBe(5);
    expect('cause' in new GatewayError('internal', 'x')).toBe(false);
  });

  it('is told apart by its codes', () => {
    const error: unknown = new GatewayError('not_found', 'x');
    expect(GatewayError.is(error)).toBe(true);
    expect(GatewayError.is(error, 'conflict', 'not_found')).toBe(true);
    expect(GatewayError.is(error, 'conflict')).toBe(false);
    for (const other of [new Error('x'), { code: 'not_found', name: 'GatewayError' }, undefined, null, 'not_found']) {
      expect(GatewayError.is(other)).toBe(false);
    }
  });
});
