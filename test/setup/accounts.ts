import {
  createApiKey,
  createApp,
  createOauthClient,
  type CreatedOauthClient,
  createOperatorToken,
  createSignInLink,
  createTenant,
  type NewOauthClient,
} from '#auth';
import type { Settings } from '#config';
import { type Scope, SCOPES } from '#contract';
import type { Database, Mode, OperatorRole } from '#persistence';
import { checkKeys, dataKeyStore, loadKeys } from '#runtime';
import { createVault } from '#vault';

/** The origin that every test app registered for the way back; nothing listens there. */
export const RETURN_ORIGIN = 'https://app.example';

/** An app with a key that may do everything. */
export interface TestApp {
  readonly tenantId: string;
  readonly appId: string;
  readonly name: string;
  readonly apiKey: string;
}

export interface TestTenant {
  readonly id: string;
  readonly name: string;
  /** In test mode: the only one that may meet the sandbox. */
  readonly app: TestApp;
}

/** Who owns and uses what in a system. */
export interface Accounts {
  readonly tenants: readonly [TestTenant, TestTenant];
  /** Of the first tenant, in live mode. */
  readonly live: TestApp;
  /** Of a script with the role `operator`, named `e2e`. */
  readonly operatorToken: string;
  addApp(tenantId: string, app: { readonly name: string; readonly mode: Mode }): Promise<TestApp>;
  addKey(
    app: TestApp,
    options: {
      readonly scopes?: readonly Scope[];
      readonly expiresAt?: Date;
      readonly allowedAddresses?: readonly string[];
    },
  ): Promise<string>;
  /** Makes a link that signs an operator in once. @returns its last part */
  addSignInLink(person: { readonly name: string; readonly role: OperatorRole }): Promise<string>;
  /** A client of the authorization server; confidential, with a secret and all scopes, unless told otherwise. */
  addClient(app: TestApp, client?: Partial<NewOauthClient>): Promise<CreatedOauthClient>;
}

const PLAIN_CLIENT = { kind: 'confidential', scopes: SCOPES, redirectUris: [], jwks: null, storeId: null } as const;

/** Two tenants, their apps and keys, as the owner makes them. */
export async function createAccounts(owner: Database, settings: Settings): Promise<Accounts> {
  const keyEncryption = await checkKeys(owner, await loadKeys(settings));
  const vault = createVault({ keyEncryption, dataKeys: dataKeyStore(owner) });
  const addApp: Accounts['addApp'] = async (tenantId, app) => {
    const appId = await createApp(owner, tenantId, { ...app, returnOrigins: [RETURN_ORIGIN] });
    const { text: apiKey } = await createApiKey(owner, tenantId, appId);
    return { tenantId, appId, name: app.name, apiKey };
  };
  const addTenant = async (name: string): Promise<TestTenant> => {
    const id = await createTenant(owner, name);
    await vault.createTenantKey(id);
    return { id, name, app: await addApp(id, { name: `${name} Shipping`, mode: 'test' }) };
  };
  const tenants = [await addTenant('Acme'), await addTenant('Borealis')] as const;
  return {
    tenants,
    live: await addApp(tenants[0].id, { name: 'Acme Live', mode: 'live' }),
    operatorToken: (await createOperatorToken(owner, 'e2e', { name: 'e2e', role: 'operator' })).text,
    addApp,
    addSignInLink: async (person) => (await createSignInLink(owner, 'e2e', { ...person, now: new Date() })).text,
    async addKey({ tenantId, appId }, options) {
      return (await createApiKey(owner, tenantId, appId, options)).text;
    },
    addClient: ({ tenantId, appId, name }, client = {}) =>
      createOauthClient(owner, tenantId, appId, { ...PLAIN_CLIENT, name: `${name} client`, ...client }),
  };
}
