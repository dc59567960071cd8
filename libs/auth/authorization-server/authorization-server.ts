import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { cutOffAccess, type Database } from '#persistence';
import type { KeyEncryption, Sealer } from '#vault';
import { createProvider, type ProviderParts } from './provider.js';
import { openSigningKeys, type SigningKeys } from './signing-keys.js';

export interface AuthorizationServerOptions {
  readonly database: Database;
  readonly keyEncryption: KeyEncryption;
  readonly sealer: Sealer;
  readonly cookieKeys: readonly string[];
  readonly publicUrl: string;
  /** A failure of ours; what a caller does wrong is answered, not reported. */
  readonly report: (error: unknown) => void;
}

/** The authorization server, as it is mounted in the gateway. */
export interface AuthorizationServer {
  readonly signingKeys: SigningKeys;
  /** Answers a request whose `url` is without the mount's own path. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): void;
}

/** Opens the signing keys and follows them: whenever another key signs, there is another provider that signs with it. */
export async function createAuthorizationServer(options: AuthorizationServerOptions): Promise<AuthorizationServer> {
  const { database, report } = options;
  const signingKeys = await openSigningKeys(options);
  const cutOffGrant = async (grantId: string) => void (await cutOffAccess(database.shared, 'grant', grantId));
  const parts: ProviderParts = { ...options, store: { database, sealer: options.sealer, cutOffGrant } };
  const providerNow = following(signingKeys, parts, report);
  return {
    signingKeys,
    handle: async (request, response) => {
      await providerNow().callback()(request, response);
    },
    close: () => signingKeys.close(),
  };
}

function following(signingKeys: SigningKeys, parts: ProviderParts, report: (error: unknown) => void): () => Provider {
  let made: { readonly kid: string; readonly provider: Provider } | undefined;
  return () => {
    const key = signingKeys.current();
    if (made?.kid !== key.kid) {
      const provider = createProvider(parts, key);
      provider.on('server_error', (_context, error) => report(error));
      made = { kid: key.kid, provider };
    }
    return made.provider;
  };
}
