import type { AuthStrategy, Connector, RefreshPolicy } from '#contract';
import { Secret } from '#contract';
import { exampleConnector } from '../example-connector.js';

/** Platforms that do not exist, one for each thing a platform may do with refresh tokens. */
export const KINDS = ['strict', 'lenient', 'gracious', 'reusable', 'minting', 'lasting'] as const;
export type Kind = (typeof KINDS)[number];

/** How long a used token of the gracious platform may be sent again. */
export const GRACE_OF_PLATFORM_SECONDS = 900;

const POLICIES: Readonly<Record<Exclude<Kind, 'minting'>, RefreshPolicy>> = {
  strict: { kind: 'rotating', previousToken: 'diesAtOnce' },
  lenient: { kind: 'rotating', previousToken: 'untilNewIsUsed' },
  gracious: { kind: 'rotating', previousToken: { graceSeconds: GRACE_OF_PLATFORM_SECONDS } },
  reusable: { kind: 'reusable' },
  lasting: { kind: 'none' },
};

const shared = {
  id: 'way',
  title: 'A way',
  form: {},
  locate: () => {
    throw new Error('nobody types an address here');
  },
  revocation: { kind: 'impossible' as const, why: 'nobody disconnects here' },
  sign: <T>(request: T): T => request,
  clientAuthentication: 'client_secret_post' as const,
  tokenParameters: {},
  terminalRefusals: [{ status: 401, error: 'invalid_request' }],
  defaultLifetimeSeconds: 3600,
  tokenEndpoint: ({ apiRoot }: { readonly apiRoot: URL }) => new URL('oauth/token', apiRoot),
  repairTokenReply: (body: Readonly<Record<string, unknown>>) => ({ token_type: 'bearer', ...body }),
};

function strategyOfKind(kind: Kind): AuthStrategy {
  if (kind === 'minting') {
    const credentials = () => ({
      kind: 'client' as const,
      clientId: '',
      clientSecret: new Secret(''),
      accessToken: null,
    });
    return { ...shared, kind: 'clientCredentials', refresh: { kind: 'mint' }, credentials };
  }
  return {
    ...shared,
    kind: 'oauth2Code',
    pkce: 'unsupported',
    scopes: { always: [], byAccess: {} },
    scopeSeparator: ' ',
    refresh: POLICIES[kind],
    authorizationEndpoint: ({ apiRoot }) => new URL('oauth/authorize', apiRoot),
    verifyCallback: () => undefined,
  };
}

const connectors = new Map<string, Connector>(
  KINDS.map((kind) => [kind, { ...exampleConnector, id: kind, name: kind, auth: [strategyOfKind(kind)] }]),
);

export function simulatedConnector(platform: string): Connector {
  const connector = connectors.get(platform);
  if (connector === undefined) throw new RangeError(`no platform ${platform} is simulated`);
  return connector;
}
