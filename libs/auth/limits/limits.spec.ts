import { describe, expect, it } from 'vitest';
import { createLimits } from './limits.js';

const RULES = { appPerMinute: 100, keyPerMinute: 80, tenantAtOnce: 5 };
const callerOf = (tenantId: string, appId = `app of ${tenantId}`, id = `key of ${tenantId}`) => ({
  ...{ tenantId, appId },
  credential: { kind: 'apiKey', id, clientId: null } as const,
});

describe('limits', () => {
  it('tell how much is left, and when it comes back', async () => {
    const limits = createLimits(RULES);
    const { headers, refusal } = await limits.take(callerOf('ada'));
    expect(refusal).toBeUndefined();
    expect(headers).toEqual({
      'ratelimit-policy': '"app";q=100;w=60, "key";q=80;w=60',
      ratelimit: '"app";r=99;t=60, "key";r=79;t=60',
    });
  });

  it('case 120: a tenant that uses all of its quota, and more, takes nothing from another', async () => {
    const alone = createLimits(RULES);
    const together = createLimits(RULES);
    const answered = async (limits: typeof alone, greedy: number): Promise<number> => {
      let count = 0;
      for (let request = 0; request < 60; request += 1) {
        for (let more = 0; more < greedy; more += 1) (await limits.take(callerOf('greedy'))).release();
        const { refusal, release } = await limits.take(callerOf('modest'));
        if (refusal === undefined) count += 1;
        release();
      }
      return count;
    };
    const [without, beside] = [await answered(alone, 0), await answered(together, 10)];
    expect(beside / without).toBeGreaterThanOrEqual(0.95);
    const { refusal, headers } = await together.take(callerOf('greedy'));
    expect(refusal).toMatchObject({ code: 'rate_limited', traits: { http: 429 } });
    expect(refusal?.context.retryAfterMs).toBeGreaterThan(0);
    expect(headers['ratelimit']).toContain('"key";r=0;');
  });

  it('case 120: a tenant whose calls are slow holds so many at once and no more', async () => {
    const limits = createLimits(RULES);
    const held = await Promise.all(Array.from({ length: 8 }, () => limits.take(callerOf('slow'))));
    expect(held.filter(({ refusal }) => refusal !== undefined)).toHaveLength(3);
    expect((await limits.take(callerOf('other'))).refusal).toBeUndefined();
    // A refused one gives back nothing that it did not take.
    for (const { refusal, release } of held) if (refusal !== undefined) release();
    expect((await limits.take(callerOf('slow'))).refusal).toMatchObject({ code: 'rate_limited' });
    held.find(({ refusal }) => refusal === undefined)?.release();
    expect((await limits.take(callerOf('slow'))).refusal).toBeUndefined();
  });

  it('count each key, and all keys of an app; what a key has no right to is not taken from its app', async () => {
    const limits = createLimits(RULES);
    const take = async (key: string) => {
      const { refusal, release } = await limits.take(callerOf('ada', 'app', key));
      release();
      return refusal === undefined;
    };
    const taken = async (key: string) => {
      let count = 0;
      for (let request = 0; request < 90; request += 1) if (await take(key)) count += 1;
      return count;
    };
    expect(await taken('one')).toBe(80);
    expect(await taken('two')).toBe(20);
  });

  it('count the client where a token called: each of its tokens takes from the same', async () => {
    const limits = createLimits({ ...RULES, keyPerMinute: 1 });
    const token = (id: string) => ({
      ...callerOf('ada'),
      credential: { kind: 'accessToken', id, clientId: 'client' } as const,
    });
    expect((await limits.take(token('one'))).refusal).toBeUndefined();
    expect((await limits.take(token('two'))).refusal).toBeDefined();
  });
});
