import type { ConnectedStore } from '#contract';
import { z } from 'zod';
import { mutate } from './mutate.js';

export const APP_UNINSTALL = `mutation Uninstall {
  appUninstall { app { id } userErrors { field message } }
}
`;

/**
 * An offline token is not revoked by itself: what ends it is that the app removes itself from the shop, and its webhooks
 * with it (docs: https://shopify.dev/docs/api/admin-graphql/latest/mutations/appUninstall).
 */
export async function uninstall(store: ConnectedStore): Promise<void> {
  await mutate(store, {
    operation: 'revocation',
    document: APP_UNINSTALL,
    root: 'appUninstall',
    variables: {},
    answer: z.object({ app: z.object({ id: z.string() }).nullable() }),
  });
}
