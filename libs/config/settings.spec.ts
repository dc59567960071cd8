import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allowsSignInLinks, defaultPlatformClient, envExample, readSettings, SettingsError } from './index.js';

const production = {
  NODE_ENV: 'production',
  SHOPSPAN_PUBLIC_URL: 'https://gateway.example.com',
  SHOPSPAN_KEY_FILE: '/etc/keys.json',
};

describe('settings', () => {
  it('has a default for everything in development', () => {
    expect(readSettings({})).toMatchObject({ SHOPSPAN_PORT: 3000, SHOPSPAN_EGRESS_ALLOW: [] });
  });

  it('counts an empty value as not set', () => {
    expect(readSettings({ SHOPSPAN_PORT: ' ' }).SHOPSPAN_PORT).toBe(3000);
  });

  it('names every wrong setting and no value', () => {
    const wrong = { SHOPSPAN_PORT: '70000', DATABASE_URL: 'mysql://u:hunter2@h/d' };
    const read = () => readSettings(wrong);
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(/SHOPSPAN_PORT[\s\S]*DATABASE_URL|DATABASE_URL[\s\S]*SHOPSPAN_PORT/);
    expect(read).not.toThrow(/hunter2/);
  });

  it('accepts a complete production environment', () => {
    expect(readSettings(production).NODE_ENV).toBe('production');
  });

  it.each([
    ['a sandbox', { SHOPSPAN_SANDBOX_URL: 'http://127.0.0.1:4010' }, /SANDBOX/],
    ['an opened private address', { SHOPSPAN_EGRESS_ALLOW: '127.0.0.1:1' }, /EGRESS/],
    ['a public address without https', { SHOPSPAN_PUBLIC_URL: 'http://gateway.example.com' }, /PUBLIC_URL/],
    ['no keys', { SHOPSPAN_KEY_FILE: '' }, /KEY_FILE/],
    ['no public address', { SHOPSPAN_PUBLIC_URL: '' }, /PUBLIC_URL/],
    ['a talkative log', { SHOPSPAN_LOG_LEVEL: 'debug' }, /LOG_LEVEL/],
    ['a short password', { DATABASE_APP_URL: 'postgres://app:hunter2@db.example/x' }, /DATABASE_APP_URL/],
    [
      'a password that is the name',
      { DATABASE_WORKER_URL: 'postgres://shopspan_worker:shopspan_worker@db/x' },
      /WORKER_URL/,
    ],
    ['a password of few signs', { DATABASE_OWNER_URL: 'postgres://o:121212121212121212@db/x' }, /OWNER_URL/],
    [
      'operators’ provider without https',
      { SHOPSPAN_OPERATORS_ISSUER: 'http://login.example.com' },
      /OPERATORS_ISSUER/,
    ],
  ])('case 151: refuses %s in production', (_, change, message) => {
    expect(() => readSettings({ ...production, ...change })).toThrow(message);
  });

  it('case 151: names every reason at once and no value', () => {
    const wrong = { NODE_ENV: 'production', DATABASE_APP_URL: 'postgres://app:hunter2@db.example/x' };
    expect(() => readSettings(wrong)).toThrow(/PUBLIC_URL[\s\S]*KEY_FILE[\s\S]*DATABASE_APP_URL/);
    expect(() => readSettings(wrong)).not.toThrow(/hunter2/);
  });

  it.each(['0.0.0.0', '::', '10.0.0.5', 'gateway.internal'])(
    'case 151: is development by default on a loopback address only, not on %s',
    (SHOPSPAN_HOST) => {
      expect(() => readSettings({ SHOPSPAN_HOST })).toThrow(/NODE_ENV: must be given/);
      expect(readSettings({ SHOPSPAN_HOST, NODE_ENV: 'development' }).NODE_ENV).toBe('development');
      for (const host of ['127.0.0.1', '::1', 'localhost'])
        expect(() => readSettings({ SHOPSPAN_HOST: host })).not.toThrow();
    },
  );

  it('lets one-time links sign operators in, in production only when it is said', () => {
    expect(allowsSignInLinks(readSettings({}))).toBe(true);
    expect(allowsSignInLinks(readSettings({ SHOPSPAN_OPERATORS_LINKS: 'refuse' }))).toBe(false);
    expect(allowsSignInLinks(readSettings(production))).toBe(false);
    expect(allowsSignInLinks(readSettings({ ...production, SHOPSPAN_OPERATORS_LINKS: 'allow' }))).toBe(true);
  });

  it('reads who has which role', () => {
    const { SHOPSPAN_OPERATORS_ROLES: roles } = readSettings({
      SHOPSPAN_OPERATORS_ROLES: 'ada@example.com=admin, cn=ops dc=x=viewer',
    });
    expect(roles).toEqual([
      { who: 'ada@example.com', role: 'admin' },
      { who: 'cn=ops dc=x', role: 'viewer' },
    ]);
    for (const wrong of ['ada@example.com', 'ada@example.com=root', '=admin']) {
      expect(() => readSettings({ SHOPSPAN_OPERATORS_ROLES: wrong })).toThrow(/OPERATORS_ROLES: each must be/);
    }
  });

  it('finds the default client of a platform only when it is complete', () => {
    expect(defaultPlatformClient('my-shop', { MY_SHOP_CLIENT_ID: 'a' })).toBeUndefined();
    expect(defaultPlatformClient('my-shop', { MY_SHOP_CLIENT_ID: 'a', MY_SHOP_CLIENT_SECRET: 'b' })).toEqual({
      clientId: 'a',
      clientSecret: 'b',
    });
  });

  it('is what .env.example says', () => {
    expect(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')).toBe(envExample());
  });
});
