import { type Credentials, Secret } from '#contract';
import { describe, expect, it } from 'vitest';
import { readCredentials, writeCredentials } from './stored-credentials.js';

const values = ['', 'abc', '"quoted"\\', 'ü€🍵', '\u0000', 'a'.repeat(10_000)];

/** What a credential really holds. */
function exposed(credentials: Credentials): unknown {
  return Object.fromEntries(
    Object.entries(credentials).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Secret ? value.expose() : value,
    ]),
  );
}

describe('a stored credential', () => {
  it('comes back as it was', () => {
    for (const value of values) {
      const all: Credentials[] = [
        { kind: 'oauth2', accessToken: new Secret(value), refreshToken: new Secret(`r${value}`) },
        { kind: 'oauth2', accessToken: new Secret(value), refreshToken: null },
        { kind: 'keyPair', key: new Secret(value), secret: new Secret(`s${value}`) },
        { kind: 'token', accessToken: new Secret(value), webhookSecret: new Secret(`s${value}`) },
        { kind: 'token', accessToken: new Secret(value), webhookSecret: null },
        { kind: 'client', clientId: value, clientSecret: new Secret(`s${value}`), accessToken: new Secret(value) },
        { kind: 'client', clientId: value, clientSecret: new Secret(`s${value}`), accessToken: null },
      ];
      for (const one of all) expect(exposed(readCredentials(new Secret(writeCredentials(one))))).toEqual(exposed(one));
    }
  });

  it.each([
    '',
    'null',
    '{}',
    '{"kind":"oauth2"}',
    '{"kind":"oauth2","accessToken":"a"}',
    '{"kind":"oauth2","accessToken":null,"refreshToken":null}',
    '{"kind":"keyPair","key":"k"}',
    '{"kind":"keyPair","key":"k","secret":"s","accessToken":"a"}',
    '{"kind":"password","user":"u"}',
  ])('that is none is refused: %s', (text) => {
    expect(() => readCredentials(new Secret(text))).toThrow();
  });
});
