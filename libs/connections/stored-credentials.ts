import { type ActivationKeys, type Credentials, Secret } from '#contract';
import { z } from 'zod';

const stored = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('oauth2'), accessToken: z.string(), refreshToken: z.string().nullable() }),
  z.strictObject({ kind: z.literal('keyPair'), key: z.string(), secret: z.string() }),
  z.strictObject({ kind: z.literal('token'), accessToken: z.string(), webhookSecret: z.string().nullable() }),
  z.strictObject({
    kind: z.literal('client'),
    clientId: z.string(),
    clientSecret: z.string(),
    accessToken: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('oauth1'),
    consumerKey: z.string(),
    consumerSecret: z.string(),
    token: z.string(),
    tokenSecret: z.string(),
  }),
  z.strictObject({
    kind: z.literal('activation'),
    consumerKey: z.string(),
    consumerSecret: z.string(),
    verifier: z.string(),
  }),
]);

/** What is kept sealed: a credential, or what will be traded for one. */
export type Kept = Credentials | ActivationKeys;

/** The text that is sealed. The only place where a credential becomes text; the result must go straight into the vault. */
export function writeCredentials(credentials: Kept): string {
  const shown = (value: unknown): unknown => (value instanceof Secret ? value.expose() : value);
  return JSON.stringify(Object.fromEntries(Object.entries(credentials).map(([name, value]) => [name, shown(value)])));
}

/** @throws TypeError for keys that were not traded yet */
export function readCredentials(text: Secret): Credentials {
  const kept = readKept(text);
  if (kept.kind === 'activation') throw new TypeError('keys of an activation are no credential');
  return kept;
}

export function readKept(text: Secret): Kept {
  const value = stored.parse(JSON.parse(text.expose()));
  switch (value.kind) {
    case 'keyPair':
      return { kind: 'keyPair', key: new Secret(value.key), secret: new Secret(value.secret) };
    case 'token':
      return {
        kind: 'token',
        accessToken: new Secret(value.accessToken),
        webhookSecret: secretOrNull(value.webhookSecret),
      };
    case 'client': {
      const { kind, clientId, clientSecret, accessToken } = value;
      return { kind, clientId, clientSecret: new Secret(clientSecret), accessToken: secretOrNull(accessToken) };
    }
    case 'oauth2': {
      const { kind, accessToken, refreshToken } = value;
      return { kind, accessToken: new Secret(accessToken), refreshToken: secretOrNull(refreshToken) };
    }
    case 'oauth1':
      return {
        kind: value.kind,
        consumerKey: new Secret(value.consumerKey),
        consumerSecret: new Secret(value.consumerSecret),
        token: new Secret(value.token),
        tokenSecret: new Secret(value.tokenSecret),
      };
    case 'activation':
      return {
        kind: value.kind,
        consumerKey: new Secret(value.consumerKey),
        consumerSecret: new Secret(value.consumerSecret),
        verifier: new Secret(value.verifier),
      };
  }
}

function secretOrNull(value: string | null): Secret | null {
  return value === null ? null : new Secret(value);
}
