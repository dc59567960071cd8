import { describe, expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import { ALERTS, conditionsOf, type Facts } from './conditions.js';

const QUIET: Facts = {
  overview: { stores: [], credentials: [], inbox: [], audit: { entries: 3, holds: true } },
  ticks: [{ name: 'refresh.tick', everySeconds: 5, ageSeconds: 6 }],
  silentPlatforms: [],
};
const credentials = {
  platform: 'one',
  renewable: 9,
  due: 1,
  overdue: 0,
  oldestOverdueSeconds: 0,
  dying: 0,
  neglected: 0,
};
const withFacts = (overview: Partial<Facts['overview']>, more: Partial<Facts> = {}) =>
  conditionsOf({ ...QUIET, ...more, overview: { ...QUIET.overview, ...overview } });

describe('what is the operator’s to act on', () => {
  it('is nothing while all goes well', () => {
    const store = { platform: 'one', state: 'healthy', reason: 'ok', stores: 7 } as const;
    expect(withFacts({ stores: [store], credentials: [credentials] })).toEqual([]);
  });

  it('are stores whose health is the operator’s, added up; not those that are stopped, or the merchant’s', () => {
    const store = (reason: 'contractBroken' | 'addressRefused' | 'clientRefused' | 'paused' | 'grantEnded') =>
      ({ platform: 'one', state: 'degraded', reason, stores: 2 }) as const;
    const stores = (['contractBroken', 'addressRefused', 'clientRefused', 'paused', 'grantEnded'] as const).map(store);
    expect(withFacts({ stores })).toEqual([
      { code: 'store_needs_operator', platform: 'one', count: 4 },
      { code: 'platform_client_refused', platform: 'one', count: 2 },
    ]);
  });

  it.each([
    ['inbox_stuck', { inbox: [{ platform: 'one', waiting: 4, oldestSeconds: 301 }] }, {}, 4],
    ['audit_broken', { audit: { entries: 3, holds: false } }, {}, 1],
    ['credentials_neglected', { credentials: [{ ...credentials, neglected: 2 }] }, {}, 2],
    ['ticks_late', {}, { ticks: [{ name: 'polls.tick', everySeconds: 5, ageSeconds: 61 }] }, 1],
    ['platform_unavailable', {}, { silentPlatforms: [{ platform: 'one', calls: 5 }] }, 5],
  ])('%s', (code, overview, more, count) => {
    expect(withFacts(overview, more)).toMatchObject([{ code, count }]);
  });

  it.each([
    [{ inbox: [{ platform: 'one', waiting: 4, oldestSeconds: 299 }] }, {}],
    [{}, { ticks: [{ name: 'forget.tick', everySeconds: 3600, ageSeconds: 7300 }] }],
  ])('is not what is only a little late', (overview, more) => {
    expect(withFacts(overview, more)).toEqual([]);
  });

  it('is all in docs/monitoring.md', async () => {
    const text = await readFile('docs/monitoring.md', 'utf8');
    const documented = [...text.matchAll(/^\| `([a-z_]+)` +\| [^|]+\|$/gm)].map(([, code]) => code);
    expect(documented).toEqual(Object.keys(ALERTS));
  });
});
