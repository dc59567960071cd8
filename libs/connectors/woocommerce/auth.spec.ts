import { type OutgoingRequest, type Scope, Secret } from '#contract';
import { describe, expect, it } from 'vitest';
import { keys, wcAuth } from './auth.js';

const KEY = `ck_${'1'.repeat(40)}`;
const SECRET = `cs_${'2'.repeat(40)}`;

describe('the address of a shop', () => {
  it.each([
    ['shop.example.com', 'shop.example.com', 'https://shop.example.com/'],
    ['  HTTPS://Shop.Example.COM/  ', 'shop.example.com', 'https://shop.example.com/'],
    ['https://example.com/Laden/', 'example.com/Laden', 'https://example.com/Laden/'],
    ['http://127.0.0.1:8091/shop', '127.0.0.1:8091/shop', 'http://127.0.0.1:8091/shop/'],
    ['https://example.com:443/shop?x=1#y', 'example.com/shop', 'https://example.com/shop/'],
    ['https://example.com/shop/wp-admin/admin.php?page=wc-orders', 'example.com/shop', 'https://example.com/shop/'],
    ['https://example.com/wp-json/wc/v3/orders', 'example.com', 'https://example.com/'],
    ['https://example.com/index.php', 'example.com', 'https://example.com/'],
    [
      'https://example.com/wp-administration',
      'example.com/wp-administration',
      'https://example.com/wp-administration/',
    ],
    ['https://münchen.example', 'xn--mnchen-3ya.example', 'https://xn--mnchen-3ya.example/'],
  ])('%s', (storeUrl, account, apiRoot) => {
    const located = wcAuth.locate({ storeUrl });
    expect([located.account, located.apiRoot.href]).toEqual([account, apiRoot]);
    expect(keys.locate({ storeUrl })).toEqual(located);
  });
});

describe('the consent page', () => {
  const ask = (access: readonly Scope[]): URL =>
    wcAuth.approvalUrl({
      address: wcAuth.locate({ storeUrl: 'https://example.com/shop' }),
      appName: 'Ätsch & Co',
      nonce: 'n-1',
      callbackUrl: new URL('https://gateway.example/callback?a=1'),
      returnUrl: new URL('https://gateway.example/return'),
      access,
    });

  it('is asked for with all five parameters', () => {
    const url = ask(['read:orders']);
    expect(`${url.origin}${url.pathname}`).toBe('https://example.com/shop/wc-auth/v1/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      app_name: 'Ätsch & Co',
      scope: 'read',
      user_id: 'n-1',
      return_url: 'https://gateway.example/return',
      callback_url: 'https://gateway.example/callback?a=1',
    });
  });

  it.each<[readonly Scope[], string]>([
    [[], 'read'],
    [['read:orders', 'read:customers.pii'], 'read'],
    [['write:orders'], 'read_write'],
    [['read:orders', 'write:products'], 'read_write'],
    [['passthrough'], 'read_write'],
  ])('asks for %j with scope %s', (access, scope) => {
    expect(ask(access).searchParams.get('scope')).toBe(scope);
  });

  it('knows a refusal from the way back', () => {
    expect(wcAuth.declined(new URLSearchParams('success=0&user_id=n-1'))).toBe(true);
    expect(wcAuth.declined(new URLSearchParams('success=1&user_id=n-1'))).toBe(false);
    expect(wcAuth.declined(new URLSearchParams())).toBe(false);
  });
});

describe('the posted keys', () => {
  const posted = {
    key_id: 4,
    user_id: 'conn_7f3a-äß',
    consumer_key: KEY,
    consumer_secret: SECRET,
    key_permissions: 'read_write',
  };

  it('are read, with what was really granted', () => {
    const { nonce, credentials, scopes } = wcAuth.receive(posted);
    expect([nonce, credentials.key.expose(), credentials.secret.expose()]).toEqual(['conn_7f3a-äß', KEY, SECRET]);
    expect(scopes).toEqual(['read', 'write']);
    expect(wcAuth.receive({ ...posted, key_permissions: 'read' }).scopes).toEqual(['read']);
    expect(wcAuth.receive({ ...posted, key_permissions: 'write' }).scopes).toEqual(['write']);
  });

  it.each([
    [undefined],
    [null],
    ['consumer_key=x'],
    [[]],
    [{}],
    [{ ...posted, user_id: undefined }],
    [{ ...posted, user_id: '' }],
    [{ ...posted, user_id: 7 }],
    [{ ...posted, consumer_key: SECRET }],
    [{ ...posted, consumer_key: `${KEY}\r\nx: y` }],
    [{ ...posted, consumer_secret: KEY }],
    [{ ...posted, consumer_secret: 'cs_' }],
    [{ ...posted, consumer_secret: [SECRET] }],
    [{ ...posted, key_permissions: 'admin' }],
    [{ ...posted, key_permissions: undefined }],
  ])('are refused without repeating them: %#', (body) => {
    let message = '';
    try {
      wcAuth.receive(body);
    } catch (error) {
      expect(error).toMatchObject({ code: 'connect_callback_invalid' });
      message = String(error);
    }
    expect(message).not.toBe('');
    expect(message).not.toContain(KEY);
    expect(message).not.toContain(SECRET);
  });
});

describe('pasted keys', () => {
  it('may have white space around them', () => {
    const read = keys.credentials({ storeUrl: 'x', key: ` ${KEY}\n`, secret: `\t${SECRET}` });
    expect([read.key.expose(), read.secret.expose()]).toEqual([KEY, SECRET]);
  });

  it.each([
    ['key', { key: SECRET, secret: SECRET }],
    ['key', { secret: SECRET }],
    ['secret', { key: KEY, secret: KEY }],
    ['secret', { key: KEY, secret: `${SECRET}\n${SECRET}` }],
  ])('name the field that is wrong: %s', (path, answers) => {
    let refusal: unknown;
    try {
      keys.credentials(answers);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ code: 'request_invalid', context: { fields: [{ path }] } });
  });
});

describe('signing', () => {
  const sign = (url: string): string => {
    const request: OutgoingRequest = { method: 'GET', url: new URL(url), headers: {} };
    const credentials = { kind: 'keyPair', key: new Secret(KEY), secret: new Secret(SECRET) } as const;
    return keys.sign(request, credentials, { timestamp: 1, nonce: 'n' }).headers['authorization'] ?? '';
  };

  it('sends the keys themselves over https only', () => {
    expect(sign('https://example.com/')).toBe(`Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`);
    expect(sign('http://example.com/')).toMatch(/^OAuth oauth_consumer_key=/);
    expect(sign('http://example.com/')).not.toContain(SECRET);
  });
});
