import { expect, it } from 'vitest';
import { exampleConnector } from '../testing/example-connector.js';
import type { AuthStrategy } from './auth.js';
import { signWith } from './auth-kinds.js';
import type { Credentials } from './credentials.js';
import { defineConnector, strategyOf } from './connector.js';
import type { OutgoingRequest } from './http.js';
import { Secret } from './secret.js';

const request: OutgoingRequest = { method: 'GET', url: new URL('https://shop.example.com/'), headers: {} };
const moment = { timestamp: 0, nonce: 'n' };
const pair: Credentials = { kind: 'keyPair', key: new Secret('user'), secret: new Secret('pass') };
const tokens: Credentials = { kind: 'oauth2', accessToken: new Secret('at'), refreshToken: null };
const [keys] = exampleConnector.auth;

const oauth: AuthStrategy = {
  id: 'oauth',
  kind: 'oauth2Code',
  revocation: { kind: 'impossible', why: 'It is not offered. Do it in the shop.' },
  title: 'Approve',
  form: {},
  locate: () => ({ account: 'shop', apiRoot: new URL('https://shop.example.com/') }),
  sign: (unsigned, { accessToken }) => ({ ...unsigned, headers: { authorization: `Bearer ${accessToken.expose()}` } }),
  clientAuthentication: 'client_secret_post',
  pkce: 'unsupported',
  scopes: { always: [], byAccess: {} },
  scopeSeparator: ' ',
  tokenParameters: {},
  refresh: { kind: 'none' },
  terminalRefusals: [],
  defaultLifetimeSeconds: 60,
  authorizationEndpoint: () => new URL('https://shop.example.com/authorize'),
  tokenEndpoint: () => new URL('https://shop.example.com/token'),
  verifyCallback: () => undefined,
  repairTokenReply: (body) => body,
};

it('is the value it was defined by', () => {
  expect(defineConnector(exampleConnector)).toBe(exampleConnector);
});

it('knows its ways of connecting by their ids', () => {
  expect(strategyOf(exampleConnector, 'keys')).toBe(keys);
  for (const id of ['', 'KEYS', 'toString', '0']) expect(() => strategyOf(exampleConnector, id)).toThrow(RangeError);
});

it('signs with the kind of credential its way of connecting made', () => {
  expect(signWith(oauth, request, tokens, moment).headers).toEqual({ authorization: 'Bearer at' });
  expect(signWith(keys, request, pair, moment).headers).toEqual({ authorization: `Basic ${btoa('user:pass')}` });
});

it('never signs with another kind, and says so without the credential', () => {
  expect(() => signWith(keys, request, tokens, moment)).toThrow(
    new TypeError('a oauth2 credential cannot be signed by strategy keys'),
  );
  expect(() => signWith(oauth, request, pair, moment)).toThrow(
    new TypeError('a keyPair credential cannot be signed by strategy oauth'),
  );
});
