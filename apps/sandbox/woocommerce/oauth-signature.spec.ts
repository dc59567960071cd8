import { describe, expect, it } from 'vitest';
import { oauthSignature, signatureBase, type SignatureMethod } from './oauth-signature.js';
import { parsePhpQuery } from '../php-query.js';

const KEY = `ck_${'a'.repeat(40)}`;
const SECRET = `cs_${'b'.repeat(40)}`;

// The vectors of the fact sheet, section 3.1, verified there against a genuine server.
function signed(query: string, method: SignatureMethod) {
  const oauth = `oauth_consumer_key=${KEY}&oauth_nonce=0123456789abcdef0123456789abcdef&oauth_timestamp=1700000000`;
  return parsePhpQuery(`${query}&oauth_signature_method=${method}&${oauth}&oauth_signature=ignored`);
}

const ORDERS = 'http://shop.example.test/wp-json/wc/v3/orders';
const FIRST = 'per_page=2&modified_after=2024-01-01T00:00:00&search=a%20b%26c';

describe('oauthSignature', () => {
  it('builds the base of vector 1', () => {
    expect(signatureBase({ method: 'get', url: ORDERS, parameters: signed(FIRST, 'HMAC-SHA256') })).toBe(
      'GET&http%3A%2F%2Fshop.example.test%2Fwp-json%2Fwc%2Fv3%2Forders&modified_after%3D2024-01-01T00%253A00%253A00' +
        `%26oauth_consumer_key%3D${KEY}%26oauth_nonce%3D0123456789abcdef0123456789abcdef` +
        '%26oauth_signature_method%3DHMAC-SHA256%26oauth_timestamp%3D1700000000%26per_page%3D2%26search%3Da%2520b%2526c',
    );
  });

  it.each([
    ['HMAC-SHA256', 'QieF9VeRbBOLTvlgsodZ9F8sAuurTO9bXi80OWOB/3w='],
    ['HMAC-SHA1', 'c/n9WTdBdHyA2H8acotrtDyDi78='],
  ] as const)('signs vector 1 with %s', (method, signature) => {
    const request = { method: 'GET', url: ORDERS, parameters: signed(FIRST, method) };
    expect(oauthSignature(request, method, SECRET)).toBe(signature);
  });

  it('signs vector 2, with an array in the query', () => {
    const parameters = signed('include[0]=10&include[1]=11', 'HMAC-SHA1');
    const request = { method: 'GET', url: 'http://shop.example.test/wp-json/wc/v3/products', parameters };
    expect(signatureBase(request)).toContain('include%255B0%255D%3D10%26include%255B1%255D%3D11%26oauth_consumer_key');
    expect(oauthSignature(request, 'HMAC-SHA1', SECRET)).toBe('n2kQ2Q0XXyIXYnbAj5gDCyxdPdc=');
  });
});
