import { describe, expect, it } from 'vitest';
import { launcherSettings } from './launcher-settings.js';

describe('launcherSettings', () => {
  it('has a default for everything', () => {
    expect(launcherSettings({})).toMatchObject({
      production: false,
      stateDirectory: '.shopspan',
      databaseUrl: undefined,
      gatewayPort: 3000,
      sandboxPort: 4010,
      usesRedis: false,
    });
  });

  it("keeps the administrator's database URL from the programs, and hands on everything else", () => {
    const settings = launcherSettings({
      DATABASE_URL: 'postgres://root:pw@db/shop',
      REDIS_URL: 'redis://cache',
      LANG: 'C',
    });
    expect(settings.databaseUrl).toBe('postgres://root:pw@db/shop');
    expect(settings.environment).toEqual({ REDIS_URL: 'redis://cache', LANG: 'C' });
  });

  it('names a setting that is wrong', () => {
    expect(() => launcherSettings({ SANDBOX_PORT: 'many' })).toThrow('SANDBOX_PORT');
  });
});
