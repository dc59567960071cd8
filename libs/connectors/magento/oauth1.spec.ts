import { createHmac, randomInt } from 'node:crypto';
import { type OutgoingRequest, Secret } from '#contract';
import OAuth from 'oauth-1.0a';
import { describe, expect, it } from 'vitest';
import { naturalOrder, type OAuth1Keys, signatureBase, withOAuth1 } from './oauth1.js';

const CONSUMER = { key: `ck${'1'.repeat(30)}`, secret: `cs${'2'.repeat(30)}` };
const TOKEN = { key: `tk${'3'.repeat(30)}`, secret: `ts${'4'.repeat(30)}` };
const consumer = { consumerKey: new Secret(CONSUMER.key), consumerSecret: new Secret(CONSUMER.secret) };
const token = { token: new Secret(TOKEN.key), tokenSecret: new Secret(TOKEN.secret) };
const moment = { timestamp: 1_700_000_000, nonce: '0123456789abcdef0123456789abcdef' };

function request(method: string, path: string, root = 'https://shop.example.test/'): OutgoingRequest {
  return { method, url: new URL(path, root), headers: { accept: 'application/json' } };
}

function signatureOf(asked: OutgoingRequest, keys: OAuth1Keys): string {
  const header = withOAuth1(asked, keys, moment).headers['authorization'] ?? '';
  return decodeURIComponent(/oauth_signature="([^"]*)"/.exec(header)?.[1] ?? '');
}

const SEARCH = [
  ['searchCriteria[filter_groups][0][filters][0][field]', 'updated_at'],
  ['searchCriteria[filter_groups][0][filters][0][value]', '2024-01-01 00:00:00'],
  ['searchCriteria[filter_groups][0][filters][0][condition_type]', 'gteq'],
  ['searchCriteria[sortOrders][0][field]', 'entity_id'],
  ['searchCriteria[sortOrders][0][direction]', 'ASC'],
  ['searchCriteria[pageSize]', '100'],
  ['searchCriteria[currentPage]', '1'],
] as const;

function queryOf(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
}

// Vectors made with the platform's own signer, 2.4.4 (fact sheet, 2.2).
describe('OAuth 1.0a as the platform checks it', () => {
  it('signs the request for a token', () => {
    const asked = request('POST', 'oauth/token/request');
    const oauth = {
      oauth_consumer_key: CONSUMER.key,
      oauth_nonce: moment.nonce,
      oauth_signature_method: 'HMAC-SHA256',
      oauth_timestamp: '1700000000',
      oauth_version: '1.0',
    };
    expect(signatureBase(asked, oauth)).toBe(
      'POST&https%3A%2F%2Fshop.example.test%2Foauth%2Ftoken%2Frequest&oauth_consumer_key%3Dck111111111111111111111111111111%26oauth_nonce%3D0123456789abcdef0123456789abcdef%26oauth_signature_method%3DHMAC-SHA256%26oauth_timestamp%3D1700000000%26oauth_version%3D1.0',
    );
    expect(signatureOf(asked, consumer)).toBe('YYkMJ6SHupVH6HLBZB0c+wWsu81ptH8uZwIoInzMIHM=');
  });

  it('signs the trade of a request token', () => {
    const keys = { ...consumer, ...token, verifier: new Secret(`vf${'5'.repeat(30)}`) };
    expect(signatureOf(request('POST', 'oauth/token/access'), keys)).toBe(
      'naE8psIBwPQanYz4AGoBiJutLupoJWBuugE6tpRYmOE=',
    );
  });

  it('signs a search', () => {
    const asked = request('GET', `rest/V1/orders?${queryOf(SEARCH)}`);
    expect(signatureOf(asked, { ...consumer, ...token })).toBe('p1780/jYGeqVtv4iNTUb1HFoyyKpc3JshkNAYwnpJ4M=');
  });

  it('puts everything into the header and leaves the address alone', () => {
    const asked = request('GET', `rest/V1/orders?${queryOf(SEARCH)}`);
    const signed = withOAuth1(asked, { ...consumer, ...token }, moment);
    expect(signed.url.href).toBe(asked.url.href);
    expect(signed.headers['authorization']).toBe(
      `OAuth oauth_consumer_key="${CONSUMER.key}", oauth_nonce="${moment.nonce}", oauth_signature_method="HMAC-SHA256", oauth_timestamp="1700000000", oauth_token="${TOKEN.key}", oauth_version="1.0", oauth_signature="p1780%2FjYGeqVtv4iNTUb1HFoyyKpc3JshkNAYwnpJ4M%3D"`,
    );
  });

  it('agrees with another signer wherever natural order and byte order do', () => {
    const judge = new OAuth({
      consumer: CONSUMER,
      signature_method: 'HMAC-SHA256',
      hash_function: (base, key) => createHmac('sha256', key).update(base).digest('base64'),
    });
    const oauth = {
      oauth_consumer_key: CONSUMER.key,
      oauth_nonce: moment.nonce,
      oauth_signature_method: 'HMAC-SHA256',
      oauth_timestamp: moment.timestamp,
      oauth_token: TOKEN.key,
      oauth_version: '1.0',
    };
    for (let round = 0; round < 200; round += 1) {
      const data = Object.fromEntries(Array.from({ length: randomInt(1, 12) }, () => [randomName(), randomValue()]));
      const root = pick([
        'https://shop.example.test/',
        'http://127.0.0.1:8082/de/',
        'https://SHOP.example:8443/index.php/',
      ]);
      const asked = request(
        pick(['GET', 'POST', 'PUT', 'DELETE']),
        pick(['rest/V1/orders', 'rest/all/V1/a%20b']),
        root,
      );
      const address = `${asked.url.href}?${queryOf(Object.entries(data))}`;
      const expected = judge.getSignature({ url: asked.url.href, method: asked.method, data }, TOKEN.secret, {
        ...oauth,
      });
      const given = signatureOf({ ...asked, url: new URL(address) }, { ...consumer, ...token });
      expect({ address, signature: given }).toEqual({ address, signature: expected });
    }
  });

  it('sorts as the platform does where the orders differ', () => {
    const base = signatureBase(request('GET', 'rest/V1/orders?a%5B10%5D=x&a%5B9%5D=y&a%5B100%5D=z&b=1'), {});
    expect([...base.matchAll(/a%255B(\d+)%255D/g)].map(([, index]) => index)).toEqual(['9', '10', '100']);
  });

  it('leaves out what the platform leaves out, and takes a plus for a plus', () => {
    const of = (query: string) => signatureBase(request('GET', `rest/V1/orders?${query}`), {});
    expect(of('flag&a=1&b=2=3&oauth_token=x')).toBe(of('a=1'));
    expect(of('a=1+2')).toBe(of('a=1%2B2'));
    expect(of('a=1+2')).not.toBe(of('a=1%202'));
    expect(of('a=')).not.toBe(of(''));
  });

  it('signs the port, the sub-folder and an encoded path as they are sent', () => {
    const asked = request('get', 'index.php/rest/V1/products/a%2Fb', 'http://127.0.0.1:8082/shop/');
    expect(signatureBase(asked, {})).toBe(
      'GET&http%3A%2F%2F127.0.0.1%3A8082%2Fshop%2Findex.php%2Frest%2FV1%2Fproducts%2Fa%252Fb&',
    );
  });
});

describe('natural order', () => {
  it.each([
    ['a', 'b'],
    ['a', 'aa'],
    ['a2', 'a10'],
    ['a%5B2%5D', 'a%5B10%5D'],
    ['a%5B0%5D', 'a%5B1%5D'],
    ['a1b', 'a1c'],
    ['B', 'a'],
    ['a9z', 'a10a'],
    ['img12', 'img12.5'],
  ])('has %s before %s', (first, second) => {
    expect(naturalOrder(first, second)).toBeLessThan(0);
    expect(naturalOrder(second, first)).toBeGreaterThan(0);
    expect(naturalOrder(first, first)).toBe(0);
  });
});

function pick<T>(values: readonly [T, ...T[]]): T {
  return values[randomInt(values.length)] ?? values[0];
}

// Names as they are sent, with one-digit indexes: there both orders agree.
function randomName(): string {
  const index = `[${randomInt(10)}]`;
  return pick([
    `searchCriteria[filter_groups]${index}[filters]${index}[field]`,
    `searchCriteria[pageSize]`,
    'fields',
    `a${index}`,
  ]);
}

function randomValue(): string {
  const marks = ['a', 'Z', '9', ' ', '/', '?', '&', '=', '+', '%', "'", '(', '*', '~', 'ä', '漢', '🎁', '[', ':'];
  return Array.from({ length: randomInt(12) }, () => marks[randomInt(marks.length)]).join('');
}
