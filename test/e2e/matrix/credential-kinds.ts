import { publicId, type Scope, SCOPES } from '#contract';
import type { System, TestApp } from '../../system.js';
import { apiClient } from '../api-client.js';

/** The apps of the matrix: whoever calls as one of them asks for what the others own. */
export interface Parties {
  readonly system: System;
  /** Of the first tenant, in test mode. */
  readonly app: TestApp;
  /** A store of it, by its public id. */
  readonly storeId: () => string;
  readonly apps: readonly TestApp[];
}

/** What somebody may come with. */
export interface CredentialKind {
  readonly name: string;
  /** Whose it is; undefined for what is no credential of a caller. */
  readonly app: (parties: Parties) => TestApp | undefined;
  readonly scopes: readonly Scope[];
  readonly headers: (parties: Parties) => Promise<Readonly<Record<string, string>>>;
  /** It is good for one store of the app: the app's other ones are other people's too. */
  readonly isNarrowed?: boolean;
}

const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
const isRead = (scope: Scope) => scope.startsWith('read:');

const key = (name: string, scopes: readonly Scope[]): CredentialKind => ({
  name,
  scopes,
  app: ({ app }) => app,
  headers: async ({ system, app }) => bearer(await system.addKey(app, { scopes })),
});

const ofApp = (name: string, at: number): CredentialKind => ({
  name,
  scopes: SCOPES,
  app: ({ apps }) => apps[at],
  headers: ({ apps }) => Promise.resolve(bearer(apps[at]?.apiKey ?? '')),
});

const nobody = (name: string, headers: CredentialKind['headers']): CredentialKind => ({
  ...{ name, headers, scopes: [], app: () => undefined },
});

/** An access token, as a back end gets one for its client. */
async function tokenOf(
  { system, app }: Parties,
  scopes: readonly Scope[],
  more: Readonly<Record<string, string>> = {},
) {
  const { clientId, secret } = await system.addClient(app);
  const fields = { grant_type: 'client_credentials', scope: scopes.join(' '), client_id: clientId, ...more };
  const body = new URLSearchParams({ ...fields, client_secret: secret ?? '' });
  const answer = await fetch(`${system.url}/oauth/token`, { method: 'POST', body });
  const { access_token: token } = (await answer.json()) as { readonly access_token?: string };
  if (token === undefined) throw new Error(`no access token: ${String(answer.status)}`);
  return bearer(token);
}

const token = (name: string, scopes: readonly Scope[]): CredentialKind => ({
  ...{ name, scopes, app: ({ app }) => app, headers: (parties) => tokenOf(parties, scopes) },
});

/** Each is one line; a new kind of credential joins the matrix by one more. */
export const CREDENTIAL_KINDS: readonly CredentialKind[] = [
  key('API key with all scopes', SCOPES),
  ofApp('API key of another app of the tenant', 1),
  ofApp('API key of the other mode', 2),
  key('API key that only reads', SCOPES.filter(isRead)),
  key('API key for events alone', ['read:events']),
  key('API key without a scope', []),
  token('access token', SCOPES),
  token('access token that only reads', SCOPES.filter(isRead)),
  {
    ...{ ...token('access token narrowed to a store', SCOPES), isNarrowed: true },
    headers: (parties) => tokenOf(parties, SCOPES, { store_id: parties.storeId() }),
  },
  nobody('no credential', () => Promise.resolve({})),
  nobody('an operator’s token', ({ system }) => Promise.resolve(bearer(system.operatorToken))),
  nobody('an operator’s token as a cookie', ({ system }) =>
    Promise.resolve({ cookie: `shopspan_operator=${system.operatorToken}` }),
  ),
  nobody('a merchant’s connect link', async ({ system, app }) => {
    const { url } = await apiClient(system, app).createSession();
    const token = url.split('/').at(-1) ?? '';
    return { ...bearer(token), cookie: `shopspan_link=${token}; shopspan_browser=${token}` };
  }),
  nobody('the name of the tenant', ({ app }) => Promise.resolve(bearer(publicId('tenant', app.tenantId)))),
];
