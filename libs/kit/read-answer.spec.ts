import { type Connector, GatewayError, type HttpCall } from '#contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type RawAnswer, readAnswer } from './read-answer.js';

const optional = z.string().optional();
const problem = z.object({ problem: z.object({ code: optional, message: optional, field: optional }) });

const connector: Pick<Connector, 'id' | 'errors' | 'budget'> = {
  id: 'example',
  errors: {
    problems: (body) => {
      const read = problem.safeParse(body);
      if (!read.success) return [];
      const { code, message, field } = read.data.problem;
      return [
        {
          ...(code !== undefined && { code }),
          ...(message !== undefined && { message }),
          ...(field !== undefined && { field }),
        },
      ];
    },
    rules: [
      { code: 'THROTTLED', as: 'platform_rate_limited' },
      { status: 402, as: 'store_closed' },
    ],
  },
  budget: () => ({ remaining: 0, capacity: 100, perSecond: 50, needed: 100 }),
};

const call: HttpCall<{ id: number }> = { path: 'orders', effect: 'read', expect: z.object({ id: z.number() }) };

function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): RawAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, header: (name) => headers[name.toLowerCase()], text };
}

function refusal(given: RawAnswer, of: HttpCall<unknown> = call): GatewayError {
  try {
    readAnswer(connector, of, given);
  } catch (error) {
    if (GatewayError.is(error)) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('an answer', () => {
  it('says which field of the request was refused, where the platform does', () => {
    const error = refusal(answer(200, { problem: { code: 'X', message: 'is <b>blank</b>', field: 'order.email' } }));
    expect(error.context.fields).toEqual([{ path: 'order.email', message: 'is blank' }]);
    expect(refusal(answer(200, { problem: { code: 'X' } })).context.fields).toBeUndefined();
  });

  it('is data of the expected shape, with its status and headers', () => {
    const reply = readAnswer(connector, call, answer(201, { id: 7, more: true }, { 'x-total': '3' }));
    expect([reply.status, reply.data, reply.header('X-Total'), reply.header('x')]).toEqual([
      201,
      { id: 7 },
      '3',
      undefined,
    ]);
  });

  it('may be nothing, where nothing is expected', () => {
    expect(readAnswer(connector, { ...call, expect: z.undefined() }, answer(204, '')).data).toBeUndefined();
  });

  it('of another shape breaks the contract, and says where', () => {
    for (const body of [{ id: '7' }, [], 'null', '""', '']) {
      const error = refusal(answer(200, body));
      expect(error.code).toBe('platform_contract_broken');
      expect(error.context.platform).toEqual({ id: 'example', status: 200 });
    }
    expect(refusal(answer(200, { id: '7' })).message).toContain('id: Invalid input');
    expect(refusal(answer(200, '['.repeat(9_999) + ']'.repeat(9_999))).code).toBe('platform_contract_broken');
  });

  it.each<[number, unknown, string]>([
    [200, { problem: { code: 'THROTTLED' } }, 'platform_rate_limited'],
    [200, { problem: { code: 'OTHER' }, id: 7 }, 'request_rejected'],
    [402, { x: 1 }, 'store_closed'],
    [404, '', 'not_found'],
    [403, '<html>', 'platform_blocked'],
    [200, '<html>', 'platform_blocked'],
    [502, '<html>', 'platform_unavailable'],
    [500, { x: 1 }, 'platform_unavailable'],
    [302, '', 'platform_contract_broken'],
  ])('%i with %j is %s', (status, body, code) => {
    expect(refusal(answer(status, body)).code).toBe(code);
  });

  it('repeats what the platform said, made harmless', () => {
    const message = `<b onclick="x()">Bad</b> \u001b[31mthing\u202e\r\nX-Injected: 1 for shpxx_${'a1'.repeat(16)} Bearer abcdefghijkl <unclosed`;
    const error = refusal(answer(400, { problem: { code: 'BAD\n', message } }));
    expect(error.context.platform).toEqual({
      id: 'example',
      status: 400,
      code: 'BAD',
      message: 'Bad [31mthing X-Injected: 1 for [secret] [secret]',
    });
    expect(error.message).toBe('example answered 400 (BAD): Bad [31mthing X-Injected: 1 for [secret] [secret]');
  });

  it('repeats no more than 300 characters and nothing of a page', () => {
    const long = refusal(answer(400, { problem: { message: '🍵'.repeat(1_000_000) } }));
    expect(long.context.platform?.message?.length).toBeLessThanOrEqual(300);
    expect(JSON.stringify(long.context.platform)).not.toMatch(/\\ud[89a-f]/i);
    const page = refusal(answer(403, `<html><title>secret</title>${'<'.repeat(100_000)}`));
    expect(page.context.platform).toEqual({ id: 'example', status: 403 });
    expect(page.message).toBe('example answered 403 with a page instead of data');
  });

  it('says how long to wait only where waiting helps', () => {
    expect(refusal(answer(200, { problem: { code: 'THROTTLED' } })).context.retryAfterMs).toBe(2000);
    expect(refusal(answer(429, { x: 1 }, { 'retry-after': '9' })).context.retryAfterMs).toBe(9000);
    expect(refusal(answer(503, '', { 'retry-after': '9' })).context.retryAfterMs).toBe(9000);
    expect(refusal(answer(503, '')).context).not.toHaveProperty('retryAfterMs');
    expect(refusal(answer(404, '', { 'retry-after': '9' })).context).not.toHaveProperty('retryAfterMs');
  });
});
