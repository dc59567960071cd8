import { type Credentials, Secret } from '#contract';
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
]);

/** The text that is sealed. The only place where a credential becomes text; the result must go straight into the vault. */
export function writeCredentials(credentials: Credentials): string {
  switch (credentials.kind) {
    case 'oauth2':
      return JSON.stringify({
        kind: credentials.kind,
        accessToken: credentials.accessToken.expose(),
        refreshToken: credentials.refreshToken?.expose() ?? null,
      });
    case 'keyPair':
      return JSON.stringify({
        kind: credentials.kind,
        key: credentials.key.expose(),
        secret: credentials.secret.expose(),
      });
    case 'token':
      return JSON.stringify({
        kind: credentials.kind,
        accessToken: credentials.accessToken.expose(),
        webhookSecret: credentials.webhookSecret?.expose() ?? null,
      });
    case 'client':
      return JSON.stringify({
        kind: credentials.kind,
        clientId: credentials.clientId,
        clientSecret: credentials.clientSecret.expose(),
        accessToken: credentials.accessToken?.expose() ?? null,
      });
  }
}

export function readCredentials(text: Secret): Credentials {
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
  }
}

function secretOrNull(value: string | null): Secret | null {
  return value === null ? null : new Secret(value);
}
