import { z } from 'zod';
import { isScope, type Scope } from '#contract';
import { randomToken } from '#kit';
import { errors } from 'oidc-provider';
import { artifactAdapter, type ArtifactStore } from './artifacts.js';

const TICKET = /^stk_[A-Za-z0-9_-]{43}$/;
const TICKET_SECONDS = 600;

const ticketBody = z.object({
  tenantId: z.string(),
  appId: z.string(),
  user: z.object({ id: z.string(), name: z.string() }),
  scopes: z.array(z.string()),
  storeId: z.string().nullable(),
});

/** Somebody whom an app's own back end has signed in, and what may be passed on to a client in that person's name. */
export interface Ticket {
  readonly tenantId: string;
  readonly appId: string;
  /** As the app knows the person. */
  readonly user: { readonly id: string; readonly name: string };
  readonly scopes: readonly Scope[];
  /** The one store that may be touched; null for all stores of the app. */
  readonly storeId: string | null;
}

export interface MadeTicket {
  /** Goes into the authorization request as its `login_hint`; used once. */
  readonly text: string;
  readonly expiresAt: Date;
}

/** There are no end users here: the app says who it has signed in, and its word is good for ten minutes and one consent. */
export async function makeTicket(store: ArtifactStore, ticket: Ticket): Promise<MadeTicket> {
  const text = `stk_${randomToken()}`;
  await artifactAdapter(store, 'Ticket').upsert(text, { ...ticket }, TICKET_SECONDS);
  return { text, expiresAt: new Date(Date.now() + TICKET_SECONDS * 1000) };
}

/** The ticket while it is good; undefined for anything else. Looking does not use it. */
export async function readTicket(store: ArtifactStore, text: unknown): Promise<Ticket | undefined> {
  if (typeof text !== 'string' || !TICKET.test(text)) return undefined;
  const found = await artifactAdapter(store, 'Ticket').find(text);
  if (!found || found.consumed !== undefined) return undefined;
  const body = ticketBody.parse(found);
  return { ...body, scopes: body.scopes.filter(isScope) };
}

/** Uses it up. False when somebody has used it before. */
export async function consumeTicket(store: ArtifactStore, text: string): Promise<boolean> {
  try {
    await artifactAdapter(store, 'Ticket').consume(text);
    return true;
  } catch (error) {
    if (error instanceof errors.OIDCProviderError) return false;
    throw error;
  }
}
