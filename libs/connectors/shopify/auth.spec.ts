import { createHmac } from 'node:crypto';
import { Secret } from '#contract';
import { describe, expect, it } from 'vitest';
import { oauth, ownApp, token } from './auth.js';
import { shopify } from './shopify.js';

const refused = (code: string) => expect.objectContaining({ code }) as unknown;

describe('finding a shop', () => {
  it.each([
    'my-store',
    '  My-Store ',
    'my-store.myshopify.com',
    'my-store.myshopify.com/',
    'https://my-store.myshopify.com/admin',
    'http://my-store.myshopify.com/admin/orders?status=open',
    'https://admin.shopify.com/store/my-store',
    'https://admin.shopify.com/store/my-store/orders?status=open',
    'admin.shopify.com/store/My-Store',
  ])('understands %j', (shop) => {
    const address = oauth.locate({ shop });
    expect(address.account).toBe('my-store.myshopify.com');
    expect(address.apiRoot.href).toBe('https://my-store.myshopify.com/');
  });

  it.each([
    '',
    'evil.com',
    'a.myshopify.com.evil.com',
    'a.myshopify.com#',
    'a.myshopify.com#.evil.com',
    'a。myshopify。com',
    'a․myshopify․com',
    'ａ.myshopify.com',
    'a%2emyshopify.com',
    'a.myshopify.com:8443',
    'user@a.myshopify.com',
    'evil.com/a.myshopify.com',
    'evil.com\\.myshopify.com',
    'evil.com?.myshopify.com',
    'a.b.myshopify.com',
    '-a.myshopify.com',
    '.myshopify.com',
    'a.myshopify.com\n.evil.com',
    'a\n.myshopify.com',
    'admin.shopify.com',
    'https://admin.shopify.com/store/',
    'https://admin.shopify.com.evil.com/store/my-store',
    'ftp://a.myshopify.com',
    'javascript:a.myshopify.com',
    `${'a'.repeat(100)}.myshopify.com`,
  ])('refuses %j', (shop) => {
    expect(() => oauth.locate({ shop })).toThrow(refused('request_invalid'));
  });

  it('is not slowed down by a long answer', () => {
    expect(() => oauth.locate({ shop: `a.myshopify.com/${'a/'.repeat(50_000)}!` })).toThrow();
  });
});

const address = oauth.locate({ shop: 'some-shop' });
const HUSH = new Secret('hush');

/** The platform's own documentation and a vector computed beside it. */
const VECTORS = [
  {
    shop: 'some-shop',
    secret: 'hush',
    message:
      'code=0907a61c0c8d55e99db179b68161bc00&shop=some-shop.myshopify.com&state=0.6784241404160823&timestamp=1337178173',
    hmac: '700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf',
    now: 1337178173,
  },
  {
    shop: 'gateway-test',
    secret: 'shpss_test_secret_0123456789abcdef',
    message:
      'code=a1b2c3d4e5f60718293a4b5c6d7e8f90&host=YWRtaW4uc2hvcGlmeS5jb20vc3RvcmUvZ2F0ZXdheS10ZXN0&shop=gateway-test.myshopify.com&state=6f1c0a9d2e7b4835&timestamp=1795344000',
    hmac: '297c354dbb005c413a963230a141b658d13895110771fd3db1e23f4a4aa6d099',
    now: 1795344000,
  },
] as const;

const NOW = 1_795_344_000;

/** What the platform sends back, honestly signed, with changes made before signing. */
function callback(changes: Readonly<Record<string, string>> = {}, secret = 'hush'): URLSearchParams {
  const parameters = {
    code: 'abc',
    host: 'YWRtaW4',
    shop: 'some-shop.myshopify.com',
    state: 'xyz',
    timestamp: String(NOW),
    ...changes,
  };
  const sorted = Object.entries(parameters).sort(([left], [right]) => (left < right ? -1 : 1));
  const message = sorted.map(([name, value]) => `${name}=${value}`).join('&');
  return new URLSearchParams({ ...parameters, hmac: createHmac('sha256', secret).update(message).digest('hex') });
}

function verify(given: URLSearchParams, secrets: readonly Secret[] = [HUSH], now = NOW): void {
  oauth.verifyCallback(given, { address, clientId: 'client', clientSecrets: secrets, now: new Date(now * 1000) });
}

describe('a callback', () => {
  it.each(VECTORS)('with the known signature $hmac is proven', ({ shop, secret, message, hmac, now }) => {
    const proof = {
      address: oauth.locate({ shop }),
      clientId: 'client',
      clientSecrets: [new Secret(secret)],
      now: new Date(now * 1000),
    };
    expect(() => {
      oauth.verifyCallback(new URLSearchParams(`${message}&hmac=${hmac}`), proof);
    }).not.toThrow();
    expect(() => {
      oauth.verifyCallback(new URLSearchParams(`${message.replace('code=', 'code=0')}&hmac=${hmac}`), proof);
    }).toThrow(refused('connect_callback_invalid'));
  });

  it('is proven whatever the order of its parameters and the case of its shop', () => {
    const shuffled = new URLSearchParams([...callback()].reverse());
    expect(() => {
      verify(shuffled);
    }).not.toThrow();
    expect(() => {
      verify(callback({ shop: 'Some-Shop.myshopify.com' }));
    }).not.toThrow();
  });

  it('is proven by any secret still in use, and by no other', () => {
    const [newer, older] = [new Secret('newer'), new Secret('older')];
    for (const secret of ['newer', 'older']) {
      expect(() => {
        verify(callback({}, secret), [newer, older]);
      }).not.toThrow();
    }
    expect(() => {
      verify(callback({}, 'other'), [newer, older]);
    }).toThrow(refused('connect_callback_invalid'));
    expect(() => {
      verify(callback(), []);
    }).toThrow(refused('connect_callback_invalid'));
  });

  it.each([-90, 0, 90])('from %d seconds away is fresh', (distance) => {
    expect(() => {
      verify(callback(), [HUSH], NOW + distance);
    }).not.toThrow();
  });

  it.each([-91, 91, 86_400])('from %d seconds away is not', (distance) => {
    expect(() => {
      verify(callback(), [HUSH], NOW + distance);
    }).toThrow(refused('connect_callback_invalid'));
  });

  it.each([
    ['another shop', { shop: 'other-shop.myshopify.com' }],
    ['a foreign host', { shop: 'evil.com' }],
    ['a host that only begins right', { shop: 'some-shop.myshopify.com.evil.com' }],
    ['a path', { shop: 'some-shop.myshopify.com/' }],
    ['a fragment', { shop: 'some-shop.myshopify.com#' }],
    ['a line break', { shop: 'some-shop.myshopify.com\n' }],
    ['unicode dots', { shop: 'some-shop。myshopify。com' }],
    ['no shop', { shop: '' }],
    ['no time', { timestamp: '' }],
    ['a time that is none', { timestamp: 'NaN' }],
    ['a fraction', { timestamp: `${NOW}.5` }],
    ['an exponent', { timestamp: '1.795344e9' }],
    ['a sign', { timestamp: `+${NOW}` }],
    ['a separator in a value', { code: 'abc&more=1' }],
  ])('with %s is refused although it is signed', (_what, changes) => {
    expect(() => {
      verify(callback(changes));
    }).toThrow(refused('connect_callback_invalid'));
  });

  it.each([
    ['without a signature', (given: URLSearchParams) => given.delete('hmac')],
    ['with an empty one', (given: URLSearchParams) => given.set('hmac', '')],
    ['with a short one', (given: URLSearchParams) => given.set('hmac', 'ab')],
    ['with one in capitals', (given: URLSearchParams) => given.set('hmac', (given.get('hmac') ?? '').toUpperCase())],
    ['with one of other signs', (given: URLSearchParams) => given.set('hmac', 'é'.repeat(32))],
    ['with another code', (given: URLSearchParams) => given.set('code', 'other')],
    ['with another state', (given: URLSearchParams) => given.set('state', 'other')],
    ['with one parameter less', (given: URLSearchParams) => given.delete('host')],
    ['with one parameter more', (given: URLSearchParams) => given.set('signature', 'x')],
    ['with a parameter twice', (given: URLSearchParams) => given.append('code', 'abc')],
    ['with two signatures', (given: URLSearchParams) => given.append('hmac', given.get('hmac') ?? '')],
  ])('%s is refused', (_what, change) => {
    const given = callback();
    change(given);
    expect(() => {
      verify(given);
    }).toThrow(refused('connect_callback_invalid'));
  });

  it('cannot pass off two parameters as one', () => {
    const { hmac = '', ...whole } = Object.fromEntries(callback());
    const blurred = { ...whole, code: `${whole['code'] ?? ''}&host=${whole['host'] ?? ''}` };
    const { host: _host, ...given } = blurred as Record<string, string>;
    expect(() => {
      verify(new URLSearchParams({ ...given, hmac }));
    }).toThrow(refused('connect_callback_invalid'));
  });
});

describe('a token answer', () => {
  const repair = (body: Readonly<Record<string, unknown>>) => oauth.repairTokenReply(body);

  it('becomes one that a standard client accepts, and keeps the rest', () => {
    expect(
      repair({
        access_token: 'a',
        scope: 'write_orders,read_products',
        expires_in: 3600,
        refresh_token: 'r',
        refresh_token_expires_in: 7_776_000,
      }),
    ).toEqual({
      token_type: 'bearer',
      access_token: 'a',
      scope: 'write_orders read_orders read_products',
      expires_in: 3600,
      refresh_token: 'r',
      refresh_token_expires_in: 7_776_000,
    });
  });

  it('keeps a token type it has', () => {
    expect(repair({ token_type: 'Bearer' })).toEqual({ token_type: 'Bearer' });
  });

  it.each([
    [3600, 3600],
    ['3600', 3600],
    [3599.9, 3599],
    [0, 0],
    [0.5, 0],
  ])('reads a lifetime of %j as %d seconds', (given, seconds) => {
    expect(repair({ expires_in: given })['expires_in']).toBe(seconds);
  });

  it.each([undefined, null, '', ' ', 'soon', '-5', -1, NaN, Infinity, 1e12, '9'.repeat(30), [], {}, true])(
    'leaves out a lifetime of %j',
    (given) => {
      expect(repair({ access_token: 'a', expires_in: given })).toEqual({ token_type: 'bearer', access_token: 'a' });
    },
  );

  it('leaves a scope that is no text as it is', () => {
    expect(repair({ scope: ['read_orders'] })).toEqual({ token_type: 'bearer', scope: ['read_orders'] });
  });

  it('leaves a refusal as it is, so that it is still one', () => {
    const refusal = { error: 'invalid_request', error_description: 'x' };
    expect(repair(refusal)).toEqual({ token_type: 'bearer', ...refusal });
  });
});

describe('the strategy', () => {
  it('asks where the shop lives', () => {
    expect(oauth.authorizationEndpoint(address).href).toBe('https://some-shop.myshopify.com/admin/oauth/authorize');
    expect(oauth.tokenEndpoint(address).href).toBe('https://some-shop.myshopify.com/admin/oauth/access_token');
  });

  it('puts the token into the header the platform wants', () => {
    const request = { method: 'POST', url: address.apiRoot, headers: { accept: 'x' } };
    const credentials = { kind: 'oauth2', accessToken: new Secret('token-value'), refreshToken: null } as const;
    const signed = oauth.sign(request, credentials, { timestamp: 0, nonce: '' });
    expect(signed.headers).toEqual({ accept: 'x', 'X-Shopify-Access-Token': 'token-value' });
  });
});

const STORE_OF_HOST = Buffer.from('admin.shopify.com/store/some-shop').toString('base64url');

/** What the platform's own pages send, honestly signed. */
function install(changes: Readonly<Record<string, string>> = {}, secret = 'hush'): URLSearchParams {
  const query = callback({ host: STORE_OF_HOST, ...changes }, secret);
  return query;
}

describe('an install that starts at the platform', () => {
  const start = (query: URLSearchParams, now = NOW) =>
    oauth.startedAtPlatform?.(query, { clientId: 'client', clientSecrets: [HUSH], now: new Date(now * 1000) });

  it.each([
    ['the admin', {}],
    ['the admin of an older shop', { host: Buffer.from('some-shop.myshopify.com/admin').toString('base64url') }],
    ['an embedded app', { embedded: '1', session: 'abc', locale: 'de-DE' }],
  ])('from %s tells the shop', (_what, changes) => {
    expect(start(install(changes))).toEqual({
      account: 'some-shop.myshopify.com',
      apiRoot: new URL('https://some-shop.myshopify.com/'),
    });
  });

  it.each([
    ['signed with another secret', install({}, 'other')],
    ['naming a foreign host', install({ shop: 'evil.com' })],
    ['naming a host that only begins right', install({ shop: 'some-shop.myshopify.com.evil.com' })],
    ['without a time', install({ timestamp: '' })],
    ['from an admin elsewhere', install({ host: Buffer.from('evil.com/store/some-shop').toString('base64url') })],
    [
      'from an admin that only begins right',
      install({ host: Buffer.from('admin.shopify.com/store/a@evil.com').toString('base64url') }),
    ],
  ])('%s is refused', (_what, query) => {
    expect(() => start(query)).toThrow(refused('connect_callback_invalid'));
  });

  it('is refused when it is old', () => {
    expect(() => start(install(), NOW + 91)).toThrow(refused('connect_callback_invalid'));
  });
});

describe('a pasted token', () => {
  it('is the credential, without the spaces around it', () => {
    const { accessToken, kind } = token.credentials({ shop: 'x', accessToken: ' shpat_abcdef \n' });
    expect([kind, accessToken.expose()]).toEqual(['token', 'shpat_abcdef']);
  });

  it.each(['', ' ', 'abc', 'shpat_a b', 'shpat_\u0000abcd', 'shpat_ä', 'a'.repeat(256)])(
    '%j is refused',
    (accessToken) => {
      expect(() => token.credentials({ shop: 'x', accessToken })).toThrow(refused('request_invalid'));
    },
  );
});

describe("a merchant's own app", () => {
  const answers = { shop: 'some-shop', clientId: 'client-id', clientSecret: 'shpss_secret' };

  it('is a client without a token, and asks where the shop lives', () => {
    const { clientSecret, ...rest } = ownApp.credentials(answers);
    expect({ ...rest, secret: clientSecret.expose() }).toEqual({
      kind: 'client',
      clientId: 'client-id',
      accessToken: null,
      secret: 'shpss_secret',
    });
    expect(ownApp.tokenEndpoint(address).href).toBe('https://some-shop.myshopify.com/admin/oauth/access_token');
  });

  it('signs with nothing but a token that was minted', () => {
    const request = { method: 'POST', url: address.apiRoot, headers: {} };
    const moment = { timestamp: 0, nonce: '' };
    expect(() => ownApp.sign(request, ownApp.credentials(answers), moment)).toThrow(TypeError);
    const minted = { ...ownApp.credentials(answers), accessToken: new Secret('minted') };
    expect(ownApp.sign(request, minted, moment).headers).toEqual({ 'X-Shopify-Access-Token': 'minted' });
  });

  it.each(['clientId', 'clientSecret'])('without its %s is refused, naming it', (field) => {
    expect(() => ownApp.credentials({ ...answers, [field]: ' ' })).toThrow(
      expect.objectContaining({
        context: expect.objectContaining({ fields: [expect.objectContaining({ path: field })] }),
      }),
    );
  });

  it('gives up where asking again is useless', () => {
    expect(ownApp.terminalRefusals.map(({ error }) => error)).toEqual(['app_not_installed', 'shop_not_permitted']);
  });
});

describe('the scopes asked for', () => {
  const { byAccess } = oauth.scopes;

  it('never include what needs an approval of its own', () => {
    expect(Object.values(byAccess).flat()).not.toContain('read_all_orders');
  });

  it.each([
    ['read:orders', 'read_returns'],
    ['write:orders', 'write_fulfillments'],
    ['write:orders', 'write_returns'],
    ['write:orders', 'read_locations'],
    ['read:carts', 'read_orders'],
  ] as const)('of %s include %s', (access, scope) => {
    expect(byAccess[access]).toContain(scope);
  });

  it('hold nothing for what needs none', () => {
    for (const access of ['read:events', 'read:webhooks', 'write:webhooks', 'read:stores'] as const)
      expect(byAccess[access]).toBeUndefined();
  });
});

describe('the orders that can be read back', () => {
  it('are those of 60 days, and all with the scope for it', () => {
    expect([shopify.historyDays(['read_orders']), shopify.historyDays(['read_orders', 'read_all_orders'])]).toEqual([
      60,
      null,
    ]);
  });
});
