import { type Credentials, Secret } from '#contract';
import { z } from 'zod';

const stored = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('oauth2'), accessToken: z.string(), refreshToken: z.string().nullable() }),
  z.strictObject({ kind: z.literal('keyPair'), key: z.string(), secret: z.string() }),
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
  }
}

export function readCredentials(text: Secret): Credentials {
  const value = stored.parse(JSON.parse(text.expose()));
  if (value.kind === 'keyPair')
    return { kind: 'keyPair', key: new Secret(value.key), secret: new Secret(value.secret) };
  const refreshToken = value.refreshToken === null ? null : new Secret(value.refreshToken);
  return { kind: 'oauth2', accessToken: new Secret(value.accessToken), refreshToken };
}
