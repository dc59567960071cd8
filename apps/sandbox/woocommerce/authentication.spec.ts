import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oauthSignature, type SignatureMethod } from './oauth-signature.js';
import { encodeRfc3986, parsePhpQuery } from '../php-query.js';
import { basic, type KeyPair, makeKey, type RunningSandbox, runSandbox, SPEC_NOW } from './testing/running-sandbox.js';

const HOST = 'tea.sandbox.test';
const PATH = '/shop/wp-json/wc/v3/orders';
const PLAIN_HTTP = { 'x-sandbox-scheme': 'http' };
const NOW = SPEC_NOW.getTime() / 1000;

const ANONYMOUS = {
  code: 'woocommerce_rest_cannot_view',
  message: 'Sorry, you cannot list resources.',
  data: { status: 401 },
};
const refusal = (message: string): object => ({
  code: 'woocommerce_rest_authentication_error',
  message,
  data: { status: 401 },
});

let sandbox: RunningSandbox;
let key: KeyPair;

beforeAll(async () => {
  sandbox = await runSandbox();
  key = await makeKey(sandbox.url, HOST);
});
afterAll(() => sandbox.close());

async function ask(query: string, headers: Record<string, string> = {}, method = 'GET'): Promise<[number, unknown]> {
  const response = await fetch(`${sandbox.url}/${HOST}${PATH}?${query}`, { method, headers });
  return [response.status, response.status === 200 ? 'ok' : await response.json()];
}

interface Signing {
  readonly query?: string;
  readonly url?: string;
  readonly method?: SignatureMethod;
  readonly timestamp?: number;
  readonly nonce?: string;
  readonly secret?: string;
  readonly consumerKey?: string;
}

/** Query with its OAuth parameters; the signature comes last. */
function sign(signing: Signing = {}): string {
  const { query = 'per_page=1', method = 'HMAC-SHA256', timestamp = NOW } = signing;
  const unsigned = [
    query,
    `oauth_consumer_key=${signing.consumerKey ?? key.consumer_key}`,
    `oauth_nonce=${signing.nonce ?? randomBytes(8).toString('hex')}`,
    `oauth_signature_method=${method}`,
    `oauth_timestamp=${timestamp}`,
  ].join('&');
  const request = { method: 'GET', url: signing.url ?? `http://${HOST}${PATH}`, parameters: parsePhpQuery(unsigned) };
  const signature = oauthSignature(request, method, signing.secret ?? key.consumer_secret);
  return `${unsigned}&oauth_signature=${encodeRfc3986(signature)}`;
}

// The table of the fact sheet, section 3; bodies recorded: captures/woocommerce/err-401-*.json, auth-*.json.
describe('keys over https', () => {
  it('takes Basic and query keys, the query first', async () => {
    const query = `consumer_key=${key.consumer_key}&consumer_secret=${key.consumer_secret}`;
    expect(await ask('', basic(key))).toEqual([200, 'ok']);
    expect(await ask(query)).toEqual([200, 'ok']);
    expect(await ask(query, basic({ ...key, consumer_secret: 'cs_wrong' }))).toEqual([200, 'ok']);
  });

  it('takes nobody and an unknown key for the same', async () => {
    expect(await ask('')).toEqual([401, ANONYMOUS]);
    expect(await ask('', basic({ ...key, consumer_key: 'ck_unknown' }))).toEqual([401, ANONYMOUS]);
    expect(await ask('', { authorization: 'Basic !' })).toEqual([401, ANONYMOUS]);
    expect(await ask('', { authorization: 'Bearer x' })).toEqual([401, ANONYMOUS]);
  });

  it('names a wrong secret, even for a route that is none', async () => {
    const headers = basic({ ...key, consumer_secret: 'cs_wrong' });
    expect(await ask('', headers)).toEqual([401, refusal('Consumer secret is invalid.')]);
    const response = await fetch(`${sandbox.url}/${HOST}/shop/wp-json/wc/v3/nope`, { headers });
    expect(response.status).toBe(401);
  });

  it('keeps a key to its own shop', async () => {
    const response = await fetch(`${sandbox.url}/souq.sandbox.test/wp-json/wc/v3/orders`, { headers: basic(key) });
    expect(response.status).toBe(401);
  });

  it('refuses what the scope does not cover', async () => {
    const write = await makeKey(sandbox.url, HOST, 'write');
    expect(await ask('', basic(key), 'POST')).toEqual([
      401,
      refusal('The API key provided does not have write permissions.'),
    ]);
    expect(await ask('', basic(write))).toEqual([401, refusal('The API key provided does not have read permissions.')]);
  });

  it('checks the signature of the method that was sent, and the scope of the one it stands for', async () => {
    expect(await ask(sign({ query: '_method=DELETE' }), PLAIN_HTTP)).toEqual([
      401,
      refusal('The API key provided does not have write permissions.'),
    ]);
  });

  it('lets a stranger see that a parameter is wrong, as WordPress checks it first', async () => {
    expect((await ask('per_page=101'))[0]).toBe(400);
  });

  it('marks answers for strangers and for key holders differently', async () => {
    const url = `${sandbox.url}/${HOST}${PATH}`;
    const stranger = await fetch(url);
    expect([stranger.headers.get('vary'), stranger.headers.get('allow'), stranger.headers.get('expires')]).toEqual([
      'Origin',
      null,
      null,
    ]);
    const holder = await fetch(url, { headers: basic(key) });
    expect([holder.headers.get('vary'), holder.headers.get('allow')]).toEqual([null, 'GET, POST']);
  });
});

describe('plain http', () => {
  it('ignores Basic and query keys', async () => {
    expect(await ask('', { ...basic(key), ...PLAIN_HTTP })).toEqual([401, ANONYMOUS]);
    const query = `consumer_key=${key.consumer_key}&consumer_secret=${key.consumer_secret}`;
    expect(await ask(query, PLAIN_HTTP)).toEqual([401, ANONYMOUS]);
  });

  it('prints links with http', async () => {
    const response = await fetch(`${sandbox.url}/${HOST}${PATH}?${sign()}`, { headers: PLAIN_HTTP });
    expect(response.headers.get('link')).toContain(`<http://${HOST}/shop/wp-json/>`);
  });
});

describe('OAuth 1.0a', () => {
  it.each(['HMAC-SHA1', 'HMAC-SHA256'] as const)('takes %s in the query and in the header', async (method) => {
    const query = 'include[0]=1&include[1]=2&search=a%20b%26c~';
    expect(await ask(sign({ method, query }), PLAIN_HTTP)).toEqual([200, 'ok']);
    const pairs = [...new URLSearchParams(sign({ method }))].filter(([name]) => name.startsWith('oauth_'));
    const header = pairs.map(([name, value]) => `${name}="${encodeRfc3986(value)}"`).join(', ');
    expect(await ask('per_page=1', { ...PLAIN_HTTP, authorization: `OAuth ${header}` })).toEqual([200, 'ok']);
  });

  it('takes it over https too, signed with the https address or with the one of the sandbox', async () => {
    expect(await ask(sign({ url: `https://${HOST}${PATH}` }))).toEqual([200, 'ok']);
    expect(await ask(sign({ url: `${sandbox.url}/${HOST}${PATH}` }))).toEqual([200, 'ok']);
    expect((await ask(sign({ url: `https://other.test${PATH}` })))[0]).toBe(401);
  });

  it.each<[string, () => string]>([
    ['Consumer key is invalid.', () => sign({ consumerKey: 'ck_unknown' })],
    ['Invalid signature - provided signature does not match.', () => sign({ secret: 'cs_wrong' })],
    ['Invalid signature - provided signature does not match.', () => sign().replace('per_page=1', 'per_page=2')],
    ['Invalid signature - signature method is invalid.', () => sign().replace('HMAC-SHA256', 'PLAINTEXT')],
    ['Invalid timestamp.', () => sign({ timestamp: NOW - 901 })],
    ['Invalid timestamp.', () => sign({ timestamp: NOW + 901 })],
  ])('answers %s', async (message, query) => {
    expect(await ask(query(), PLAIN_HTTP)).toEqual([401, refusal(message)]);
  });

  it('takes the edge of the window', async () => {
    expect(await ask(sign({ timestamp: NOW - 900 }), PLAIN_HTTP)).toEqual([200, 'ok']);
  });

  it('names what is missing', async () => {
    const query = sign()
      .replace(/oauth_nonce=\w+&/, '')
      .replace(/oauth_timestamp=\d+&/, '');
    expect(await ask(query, PLAIN_HTTP)).toEqual([
      401,
      {
        code: 'woocommerce_rest_authentication_missing_parameter',
        message: 'Missing OAuth parameters oauth_timestamp, oauth_nonce',
        data: { status: 401 },
      },
    ]);
  });

  it('remembers a nonce, unless another request of the same second overwrote it', async () => {
    const first = sign({ timestamp: NOW - 5, nonce: 'first' });
    expect(await ask(first, PLAIN_HTTP)).toEqual([200, 'ok']);
    expect(await ask(first, PLAIN_HTTP)).toEqual([401, refusal('Invalid nonce - nonce has already been used.')]);
    expect(await ask(sign({ timestamp: NOW - 5, nonce: 'second' }), PLAIN_HTTP)).toEqual([200, 'ok']);
    expect(await ask(first, PLAIN_HTTP)).toEqual([200, 'ok']);
  });
});

describe('revoking', () => {
  it('leaves a Basic caller a stranger and tells an OAuth caller', async () => {
    const gone = await makeKey(sandbox.url, HOST);
    const signed = sign({ consumerKey: gone.consumer_key, secret: gone.consumer_secret });
    const other = await makeKey(sandbox.url, 'souq.sandbox.test');
    const response = await fetch(`${sandbox.url}/${HOST}/control/keys`, { method: 'DELETE' });
    expect(response.status).toBe(204);
    expect(await ask('', basic(gone))).toEqual([401, ANONYMOUS]);
    expect(await ask(signed, PLAIN_HTTP)).toEqual([401, refusal('Consumer key is invalid.')]);
    const untouched = await fetch(`${sandbox.url}/souq.sandbox.test/wp-json/wc/v3/orders`, { headers: basic(other) });
    expect(untouched.status).toBe(200);
    key = await makeKey(sandbox.url, HOST);
    sandbox.platform.revokeGrants(HOST);
    expect(await ask('', basic(key))).toEqual([401, ANONYMOUS]);
  });
});
