import { describe, expect, it } from 'vitest';
import { compareNaturally } from './natural-order.js';
import { oauthParameters } from './oauth-parameters.js';
import { signature, signatureBase } from './signature.js';

const CONSUMER = { key: `ck${'1'.repeat(30)}`, secret: `cs${'2'.repeat(30)}` };
const TOKEN = { key: `tk${'3'.repeat(30)}`, secret: `ts${'4'.repeat(30)}` };

function header(extra: Readonly<Record<string, string>> = {}): string {
  const parameters = {
    oauth_consumer_key: CONSUMER.key,
    oauth_nonce: '0123456789abcdef0123456789abcdef',
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: '1700000000',
    oauth_version: '1.0',
    ...extra,
  };
  return `OAuth ${Object.entries(parameters)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}`;
}

function parametersOf(query: string, extra: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> {
  return oauthParameters({ authorization: header(extra), contentType: undefined, body: '', query }) ?? new Map();
}

/** The vectors of the fact sheet, section 2.2, made with Magento's own signer. */
describe('what Magento itself signed', () => {
  const host = 'https://shop.example.test';

  it('A: a request token', () => {
    const request = { method: 'POST', url: `${host}/oauth/token/request`, parameters: parametersOf('') };
    expect(signatureBase(request)).toBe(
      'POST&https%3A%2F%2Fshop.example.test%2Foauth%2Ftoken%2Frequest&oauth_consumer_key%3Dck111111111111111111111111111111%26oauth_nonce%3D0123456789abcdef0123456789abcdef%26oauth_signature_method%3DHMAC-SHA256%26oauth_timestamp%3D1700000000%26oauth_version%3D1.0',
    );
    expect(signature(request, CONSUMER.secret, '')).toBe('YYkMJ6SHupVH6HLBZB0c+wWsu81ptH8uZwIoInzMIHM=');
  });

  it('B: an access token', () => {
    const parameters = parametersOf('', { oauth_token: TOKEN.key, oauth_verifier: `vf${'5'.repeat(30)}` });
    const request = { method: 'POST', url: `${host}/oauth/token/access`, parameters };
    expect(signature(request, CONSUMER.secret, TOKEN.secret)).toBe('naE8psIBwPQanYz4AGoBiJutLupoJWBuugE6tpRYmOE=');
  });

  it('C: a list with criteria', () => {
    const query = [
      ['searchCriteria[filter_groups][0][filters][0][field]', 'updated_at'],
      ['searchCriteria[filter_groups][0][filters][0][value]', '2024-01-01 00:00:00'],
      ['searchCriteria[filter_groups][0][filters][0][condition_type]', 'gteq'],
      ['searchCriteria[sortOrders][0][field]', 'entity_id'],
      ['searchCriteria[sortOrders][0][direction]', 'ASC'],
      ['searchCriteria[pageSize]', '100'],
      ['searchCriteria[currentPage]', '1'],
    ].map((pair) => pair.map((part) => encodeURIComponent(part)).join('='));
    const parameters = parametersOf(query.join('&'), { oauth_token: TOKEN.key });
    const request = { method: 'GET', url: `${host}/rest/V1/orders`, parameters };
    expect(signature(request, CONSUMER.secret, TOKEN.secret)).toBe('p1780/jYGeqVtv4iNTUb1HFoyyKpc3JshkNAYwnpJ4M=');
  });
});

describe('what is read for a signature', () => {
  it('leaves out parts of the query with not exactly one equals sign, and protocol names outside the header', () => {
    const parameters = parametersOf('a=1&flag&b=x=y&oauth_token=stolen&c=%20+');
    expect([...parameters.keys()].filter((name) => !name.startsWith('oauth_'))).toEqual(['a', 'c']);
    expect(parameters.get('c')).toBe(' +');
    expect(parameters.has('oauth_token')).toBe(false);
  });

  it('is nothing without the header', () => {
    const source = { contentType: undefined, body: '', query: 'oauth_consumer_key=x' };
    expect(oauthParameters({ ...source, authorization: undefined })).toBeUndefined();
    expect(oauthParameters({ ...source, authorization: 'Bearer x' })).toBeUndefined();
  });
});

it('sorts digits in a row as a number', () => {
  const names = ['g%5B10%5D', 'g%5B2%5D', 'g%5B02%5D', 'a', 'g'];
  expect([...names].sort(compareNaturally)).toEqual(['a', 'g', 'g%5B02%5D', 'g%5B2%5D', 'g%5B10%5D']);
});
