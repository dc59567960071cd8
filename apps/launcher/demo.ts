import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createApiKey, createApp, createOperatorToken, createSignInLink, createTenant, ownerOfKey } from '#auth';
import { defaultPlatformClient, type Settings } from '#config';
import { connectors } from '#connectors';
import { putPlatformClient } from '#connections';
import { publicId, Secret } from '#contract';
import { type Database, openDatabase } from '#persistence';
import { checkKeys, dataKeyStore, loadKeys, publicUrlOf, signInLinksOf } from '#runtime';
import { createVault, type Vault } from '#vault';
import type { MakeSignInLink, PrepareDemo } from './demo-result.js';
import { writePrivateFile } from './private-file.js';

const CLIENT_ID = 'shopspan-demo';
const APP_NAME = 'Demo App';

interface Account {
  readonly tenantId: string;
  readonly appId: string;
  readonly apiKey: string;
}

/**
 * Makes what a newcomer needs to try everything: a tenant, an app in test mode with a key, a client at every platform of
 * the sandbox, and an operator's token; writes them to `demo.env`. Called again, it keeps the account it made.
 */
export function demoIn(stateDirectory: string, settings: Settings): PrepareDemo {
  return async (urls, addresses) => {
    const database = openDatabase({ url: urls.owner, poolSize: 2, applicationName: 'shopspan-demo' });
    try {
      const keys = await loadKeys({ ...settings, SHOPSPAN_STATE_DIR: stateDirectory });
      const vault = createVault({ keyEncryption: await checkKeys(database, keys), dataKeys: dataKeyStore(database) });
      const envFile = path.join(stateDirectory, 'demo.env');
      const account = (await knownAccount(database, envFile)) ?? (await newAccount(database, vault));
      await registerClients(stateDirectory, database, vault, settings, account);
      const { text: operator } = await createOperatorToken(database, 'npm start', { name: 'demo', role: 'operator' });
      await writePrivateFile(
        envFile,
        environmentFile({
          SHOPSPAN_URL: addresses.gateway,
          SHOPSPAN_API_KEY: account.apiKey,
          SHOPSPAN_TENANT: publicId('tenant', account.tenantId),
          SHOPSPAN_APP: publicId('app', account.appId),
          SANDBOX_URL: addresses.sandbox,
          SHOPSPAN_OPERATOR_TOKEN: operator,
        }),
      );
      return { tries: tries(path.relative(process.cwd(), envFile)) };
    } finally {
      await database.close();
    }
  };
}

/** A link that signs an administrator in once, where such links are allowed. */
export function signInLinkFor(settings: Settings): MakeSignInLink {
  return async (urls) => {
    const prefix = signInLinksOf(settings);
    if (prefix === undefined) return undefined;
    const database = openDatabase({ url: urls.owner, poolSize: 1, applicationName: 'shopspan-link' });
    try {
      const link = { name: 'Administrator', role: 'admin', now: new Date() } as const;
      return `${prefix}${(await createSignInLink(database, 'npm start', link)).text}`;
    } finally {
      await database.close();
    }
  };
}

async function newAccount(database: Database, vault: Vault): Promise<Account> {
  const tenantId = await createTenant(database, 'Demo');
  await vault.createTenantKey(tenantId);
  const appId = await createApp(database, tenantId, { name: APP_NAME, mode: 'test', returnOrigins: [] });
  const { text: apiKey } = await createApiKey(database, tenantId, appId);
  return { tenantId, appId, apiKey };
}

/** The account of an earlier start, if its key still works in this database. */
async function knownAccount(database: Database, envFile: string): Promise<Account | undefined> {
  const text = await readFile(envFile, 'utf8').catch(() => '');
  const apiKey = /SHOPSPAN_API_KEY='?([^'\n]+)/.exec(text)?.[1];
  if (apiKey === undefined) return undefined;
  const owner = await ownerOfKey(database, apiKey);
  return owner === undefined ? undefined : { ...owner, apiKey };
}

/** The app's client at every platform that wants one, told to the gateway and, through a file, to the sandbox. */
async function registerClients(
  stateDirectory: string,
  database: Database,
  vault: Vault,
  settings: Settings,
  account: Account,
): Promise<void> {
  const context = {
    database,
    vault,
    publicUrl: publicUrlOf(settings),
    now: () => new Date(),
    defaultClient: (platform: string) => defaultPlatformClient(platform),
  };
  const registered: Record<string, object[]> = {};
  for (const { id, client } of connectors) {
    if (client === 'none') continue;
    const secret = randomBytes(24).toString('base64url');
    const credentials = { clientId: CLIENT_ID, clientSecret: new Secret(secret) };
    const view = await putPlatformClient(context, account, id, credentials);
    const { callbackUrl, installUrl, webhookUrl, uninstallUrl } = view;
    const told = webhookUrl ?? uninstallUrl;
    const addresses = { ...(installUrl ? { appUrl: installUrl } : {}), ...(told ? { webhookUrl: told } : {}) };
    registered[id] = [{ clientId: CLIENT_ID, secret, redirectUris: [callbackUrl], name: APP_NAME, ...addresses }];
  }
  await writePrivateFile(path.join(stateDirectory, 'sandbox-clients.json'), JSON.stringify(registered));
}

function environmentFile(values: Readonly<Record<string, string>>): string {
  const lines = Object.entries(values).map(([name, value]) => `export ${name}='${value}'`);
  return `# Made by npm start for trying things out. Load it with:  . ./demo.env\n${lines.join('\n')}\n`;
}

function tries(envFile: string) {
  const bearer = '-H "Authorization: Bearer $SHOPSPAN_API_KEY"';
  return [
    {
      what: 'Connect a shop: load the demo key, make a link, and open the "url" it answers in a browser',
      how: `. ${envFile}; curl -s -X POST $SHOPSPAN_URL/v1/connect-sessions ${bearer} -H 'content-type: application/json' -d '{}'`,
    },
    {
      what: 'List its orders: take the "id" of a store, then read page after page with ?cursor=<nextCursor>',
      how: `curl -s $SHOPSPAN_URL/v1/stores ${bearer}; curl -s "$SHOPSPAN_URL/v1/orders?store=<id>&limit=5" ${bearer}`,
    },
    {
      what: "Watch its token being refreshed every half minute: in the operators' console at /console (sign in with the link above), or in the sandbox's ledger",
      how: 'curl -s -H "Authorization: Bearer $SHOPSPAN_OPERATOR_TOKEN" $SHOPSPAN_URL/ops/stores; curl -s $SANDBOX_URL/ledger',
    },
  ];
}
