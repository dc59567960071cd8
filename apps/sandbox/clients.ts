import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { SandboxClient } from './platform.js';

const MOST_CLIENTS = 1_000;

export const clientsSchema = z.array(
  z.object({
    clientId: z.string(),
    secret: z.string(),
    redirectUris: z.array(z.string()),
    name: z.string().exactOptional(),
    appUrl: z.string().exactOptional(),
    webhookUrl: z.string().exactOptional(),
    ownShops: z.array(z.string()).exactOptional(),
  }),
);

/** The apps this platform knows. */
export interface Clients {
  /** Creates or replaces one. @throws {RangeError} when there are far too many */
  readonly register: (client: SandboxClient) => void;
  find(clientId: string): SandboxClient | undefined;
  /** All registered ones. */
  all(): readonly SandboxClient[];
  /** Whether the secret is the client's. */
  authenticates(clientId: string, secret: string): boolean;
  snapshot(): z.infer<typeof clientsSchema>;
  restore(clients: z.infer<typeof clientsSchema>): void;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** @param changed called after every registration */
export function createClients(changed: () => void): Clients {
  const clients = new Map<string, SandboxClient>();
  return {
    register(client) {
      if (!clients.has(client.clientId) && clients.size >= MOST_CLIENTS) throw new RangeError('Too many clients.');
      clients.set(client.clientId, client);
      changed();
    },
    find: (clientId) => clients.get(clientId),
    all: () => [...clients.values()],
    authenticates(clientId, secret) {
      const client = clients.get(clientId);
      return client !== undefined && timingSafeEqual(digest(client.secret), digest(secret));
    },
    snapshot: () =>
      [...clients.values()].map(({ ownShops, ...client }) => ({
        ...client,
        redirectUris: [...client.redirectUris],
        ...(ownShops && { ownShops: [...ownShops] }),
      })),
    restore(saved) {
      clients.clear();
      for (const client of saved) clients.set(client.clientId, client);
    },
  };
}
