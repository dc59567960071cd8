import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import { type Scope, publicId } from '#contract';
import { equalInConstantTime } from '#kit';
import { findStore, listStores } from '#persistence';
import { artifactAdapter } from './artifacts.js';
import { storeOf } from './claims.js';
import { ownMetadataOf } from './clients.js';
import { audienceOf } from '../issuer.js';
import type { ProviderParts } from './provider.js';
import { type ConsentAnswer, type ConsentLook, type ConsentQuestion, NoSuchConsent } from './consent-question.js';
import { consumeTicket, readTicket, type Ticket } from './tickets.js';

const MOST_STORES = 20;

interface Asked {
  /** Where the browser goes on once there is an answer. */
  readonly returnTo: string;
  readonly clientId: string;
  readonly ticketText: string;
  readonly csrf: string;
  readonly subject: Subject | undefined;
}

/** Who is asked for what, all of it checked. */
interface Subject {
  readonly ticket: Ticket;
  readonly scopes: readonly Scope[];
  readonly storeId: string | null;
  readonly names: Pick<ConsentQuestion, 'clientName' | 'appName'>;
}

/** Looks at the question that this browser has open, and changes nothing. @throws NoSuchConsent */
export async function lookAtConsent(
  provider: Provider,
  parts: ProviderParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<ConsentLook> {
  const { csrf, subject } = await openQuestion(provider, parts, request, response);
  if (subject === undefined) return { kind: 'stale', csrf };
  const { ticket, names, scopes, storeId } = subject;
  const stores = await parts.store.database.withTenant(ticket.tenantId, async (tx) => {
    if (storeId === null)
      return await listStores(tx, { appId: ticket.appId, storeId: null }, undefined, MOST_STORES + 1);
    const only = await findStore(tx, storeId);
    return only === undefined ? [] : [only];
  });
  const shown = stores.slice(0, MOST_STORES);
  const more = stores.length > MOST_STORES;
  const question = { ...names, user: ticket.user, scopes, stores: shown, narrowed: storeId !== null, more, csrf };
  return { kind: 'question', question };
}

/**
 * Takes the answer, once.
 * @returns where the browser goes on
 * @throws NoSuchConsent also for an answer that does not prove where it comes from
 */
export async function answerConsent(
  provider: Provider,
  parts: ProviderParts,
  request: IncomingMessage,
  response: ServerResponse,
  { csrf, agreed }: ConsentAnswer,
): Promise<string> {
  const asked = await openQuestion(provider, parts, request, response);
  if (!equalInConstantTime(csrf, asked.csrf)) throw new NoSuchConsent();
  const { subject, clientId, ticketText, returnTo } = asked;
  // A ticket answers one question. Whoever sends the same answer again goes where the first one leads.
  if (subject !== undefined && !(await consumeTicket(parts.store, ticketText))) return returnTo;
  if (subject === undefined || !agreed) {
    const result = { error: 'access_denied', error_description: 'nobody agreed' };
    return await provider.interactionResult(request, response, result, { mergeWithLastSubmission: false });
  }
  const accountId = `${publicId('app', subject.ticket.appId)}:${subject.ticket.user.id}`;
  const grant = new provider.Grant({ accountId, clientId });
  grant.addResourceScope(audienceOf(parts.publicUrl), subject.scopes.join(' '));
  const grantId = await grant.save();
  if (subject.storeId !== null) await noteStore(parts, grantId, subject.storeId);
  const result = { login: { accountId, remember: false }, consent: { grantId } };
  return await provider.interactionResult(request, response, result, { mergeWithLastSubmission: false });
}

/** The store that a grant is narrowed to goes with the grant. */
async function noteStore({ store }: ProviderParts, grantId: string, storeId: string): Promise<void> {
  const days = 15;
  await artifactAdapter(store, 'GrantStore').upsert(grantId, { grantId, storeId }, days * 24 * 3600);
}

async function openQuestion(
  provider: Provider,
  parts: ProviderParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Asked> {
  const interaction = await provider.interactionDetails(request, response).catch((error: unknown) => {
    throw error instanceof errors.SessionNotFound ? new NoSuchConsent() : error;
  });
  const { uid, params, returnTo } = interaction;
  const clientId = String(params['client_id']);
  const ticketText = String(params['login_hint']);
  const csrf = createHmac('sha256', parts.cookieKeys[0] ?? '')
    .update(`consent\n${uid}`)
    .digest('base64url');
  return { clientId, ticketText, returnTo, csrf, subject: await subjectOf(provider, parts, params) };
}

/** Undefined when there is nobody to ask: no ticket, or one that is used, too old, or of another app. */
async function subjectOf(
  provider: Provider,
  parts: ProviderParts,
  params: Readonly<Record<string, unknown>>,
): Promise<Subject | undefined> {
  const client = await provider.Client.find(String(params['client_id']));
  const ticket = await readTicket(parts.store, params['login_hint']);
  if (client === undefined || ticket === undefined) return undefined;
  const own = ownMetadataOf(client);
  if (ticket.appId !== own.appId || ticket.tenantId !== own.tenantId) return undefined;
  const asked = new Set(String(params['scope']).split(' '));
  // Nobody passes on more than the maker of the ticket has.
  const scopes = ticket.scopes.filter((scope) => asked.has(scope));
  const store = await storeOf(parts.store.database, own, params['store_id']).catch(() => undefined);
  if (scopes.length === 0 || store === undefined) return undefined;
  if (store !== null && ticket.storeId !== null && store !== ticket.storeId) return undefined;
  const names = { clientName: client.clientName ?? client.clientId, appName: own.appName };
  return { ticket, scopes, storeId: store ?? ticket.storeId, names };
}
