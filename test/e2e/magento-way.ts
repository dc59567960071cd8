import { z } from 'zod';
import type { System, TestApp } from '../system.js';
import { apiClient, type Store } from './api-client.js';

export const OUTFITTERS = 'outfitters.sandbox.test';
export const KERAMIK = 'keramik.sandbox.test';
export const KISSA = 'kissa.sandbox.test';

/** What a merchant types: one shop lies in a folder, one has no rewrites. */
const ADDRESSES: Readonly<Record<string, string>> = {
  [OUTFITTERS]: `https://${OUTFITTERS}`,
  [KERAMIK]: `https://${KERAMIK}/laden`,
  [KISSA]: `https://${KISSA}/index.php`,
};

export function shopAddress(host: string): string {
  return ADDRESSES[host] ?? `https://${host}`;
}

const keys = z.object({
  consumer_key: z.string(),
  consumer_secret: z.string(),
  access_token: z.string(),
  access_token_secret: z.string(),
});

/** The four keys of an integration, as a merchant makes them in the shop's back office. */
export async function makeIntegration(
  { sandboxUrl }: System,
  host: string,
  resources: 'all' | readonly string[] = 'all',
) {
  const response = await fetch(`${sandboxUrl}/${host}/control/integrations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resources }),
  });
  const made = keys.parse(await response.json());
  return {
    storeUrl: shopAddress(host),
    consumerKey: made.consumer_key,
    consumerSecret: made.consumer_secret,
    accessToken: made.access_token,
    accessTokenSecret: made.access_token_secret,
  };
}

export interface MagentoWay {
  readonly host: string;
  readonly session?: Readonly<Record<string, unknown>>;
}

/** Imports a shop by its integration's keys. @throws Error when it did not come about */
export async function connectMagento(system: System, app: TestApp, { host, session = {} }: MagentoWay): Promise<Store> {
  const credentials = await makeIntegration(system, host);
  const answer = await apiClient(system, app).call('POST', '/v1/stores', {
    platform: 'magento',
    credentials,
    ...session,
  });
  const store = (await apiClient(system, app).stores()).find(({ domain }) => domain === host);
  if (store === undefined) throw new Error(`${host} is not connected: ${answer.text}`);
  return store;
}
