import {
  type AuthStrategy,
  type Connector,
  GatewayError,
  type StoreActivationStrategy,
  type StoreAddress,
  strategyOf,
} from '#contract';
import { connectorOf } from '#connectors';
import { type ConnectAttemptRow, moveConnectAttempt } from '#persistence';
import { attemptOf, requireBrowser, type Returned, stateInvalid } from './attempts.js';
import { checkAddress } from './check-address.js';
import type { ConnectionsContext } from './context.js';
import { addressOf, provenOutcome } from './prove-attempt.js';
import { randomToken } from '#kit';
import { rememberAttempt } from './remember-attempt.js';
import { sealReceivedKeys } from './sealing.js';
import { accessOf, loadSession, type OpenSession } from './sessions.js';

export interface ActivationBegin {
  readonly opened: OpenSession;
  readonly connector: Connector;
  readonly strategy: StoreActivationStrategy;
  readonly address: StoreAddress;
  readonly browser: string;
}

/** Makes the addresses that the merchant enters in the shop, good for as long as the link is. @returns where they are shown */
export async function beginActivation(
  context: ConnectionsContext,
  { opened: { session }, connector, strategy, address, browser }: ActivationBegin,
): Promise<URL> {
  // The window that the shop opens must not know where keys are posted.
  const [page, callback] = [randomToken(), randomToken()];
  await context.database.withTenant(session.tenantId, (tx) =>
    rememberAttempt(tx, {
      session,
      platform: connector.id,
      strategyId: strategy.id,
      address,
      browser,
      // What is done in another window, by hand, takes its time.
      expiresAt: session.expiresAt,
      state: page,
      scopes: accessOf(session),
      clientHandle: null,
      callbackSecret: callback,
    }),
  );
  return new URL(`${context.publicUrl}/connect/steps/${page}/${callback}`);
}

/** Where a merchant stands who activates in the shop. */
export type ActivationState =
  | {
      readonly kind: 'steps';
      readonly opened: OpenSession;
      readonly connector: Connector;
      readonly steps: readonly ActivationStep[];
    }
  | Returned;

/** One thing to do, in the connector's own words; `copy` is what to enter, where they hold a place for something. */
export interface ActivationStep {
  readonly text: string;
  readonly copy?: string;
}

/**
 * The steps to take in the shop, or what came of them.
 * @throws GatewayError `connect_state_invalid`, also in another browser than the one that began
 */
export async function activationState(
  context: ConnectionsContext,
  page: string,
  callback: string,
  browser: string,
): Promise<ActivationState> {
  const attempt = await attemptOf(context, page);
  requireBrowser(attempt, browser);
  if ((await attemptOf(context, callback)).id !== attempt.id) throw stateInvalid();
  const opened = await loadSession(context, attempt.tenantId, attempt.sessionId);
  // The queue may have lost the job; whoever looks here does its work then.
  if (attempt.status !== 'waiting') return await provenOutcome(context, attempt, opened);
  if (attempt.expiresAt <= context.now()) throw stateInvalid();
  const { steps } = activationOf(attempt);
  const connector = connectorOf(attempt.platform);
  return {
    kind: 'steps',
    opened,
    connector,
    steps: steps.map((step) => filledIn(context, step, opened, { page, callback })),
  };
}

function filledIn(
  { publicUrl }: ConnectionsContext,
  text: string,
  { app }: OpenSession,
  { page, callback }: { readonly page: string; readonly callback: string },
): ActivationStep {
  const copies: Readonly<Record<string, string>> = {
    '{callback}': `${publicUrl}/connect/activation/${callback}`,
    '{identity}': `${publicUrl}/connect/window/${page}`,
    '{app}': app.name,
  };
  const found = Object.keys(copies).find((name) => text.includes(name));
  const copy = found === undefined ? undefined : copies[found];
  return copy === undefined ? { text } : { text, copy };
}

/**
 * Takes the keys a shop posts when its merchant activates us. The post is unsigned: it must come to the secret address of
 * one attempt, from a shop that says it is at the address the merchant gave, once and in time. They are sealed and answered
 * for; trading and proving comes after, because the shop waits for this answer.
 * @returns the attempt that can now be proven
 * @throws GatewayError `connect_callback_invalid` or `connect_state_invalid`
 */
export async function receiveActivation(
  context: ConnectionsContext,
  callback: string,
  body: unknown,
): Promise<{ readonly tenantId: string; readonly attemptId: string }> {
  const attempt = await attemptOf(context, callback);
  const { tenantId, id } = attempt;
  const { keys, address } = activationOf(attempt).receive(body, addressOf(attempt));
  const fresh = attempt.status === 'waiting' && attempt.expiresAt > context.now();
  if (!fresh) throw stateInvalid();
  requireSameShop(attempt, address);
  checkAddress(
    context,
    await loadSession(context, tenantId, attempt.sessionId),
    connectorOf(attempt.platform),
    address,
  );
  const sealed = await sealReceivedKeys(context.vault, tenantId, id, keys);
  const { account, apiRoot } = address;
  const change = { status: 'received' as const, sealed, scopes: [], account, apiRoot: apiRoot.href };
  const taken = await context.database.withTenant(tenantId, (tx) => moveConnectAttempt(tx, id, ['waiting'], change));
  if (!taken) throw stateInvalid();
  return { tenantId, attemptId: id };
}

/** Nobody makes us call another host than the one the merchant named. */
function requireSameShop(attempt: ConnectAttemptRow, { apiRoot }: StoreAddress): void {
  const typed = new URL(attempt.apiRoot);
  if (typed.origin === apiRoot.origin) return;
  throw new GatewayError(
    'connect_callback_invalid',
    `The shop says that it is at ${apiRoot.origin}, and the address given was ${typed.origin}. Start again with that address.`,
  );
}

/** What the shop's waiting window is told. */
export interface ActivationWindow {
  readonly returned: Returned;
  /** Where the window goes on; undefined when the shop did not say, or named another host than its own. */
  readonly onward: URL | undefined;
}

/** The window that the shop opened at our address: waits with it, and gives it back. @throws GatewayError `connect_state_invalid` */
export async function activationWindow(
  context: ConnectionsContext,
  page: string,
  query: URLSearchParams,
): Promise<ActivationWindow> {
  const attempt = await attemptOf(context, page);
  const strategy = activationOf(attempt);
  const opened = await loadSession(context, attempt.tenantId, attempt.sessionId);
  const returned: Returned =
    attempt.status === 'waiting' ? { kind: 'pending', opened } : await provenOutcome(context, attempt, opened);
  const wanted = returned.kind === 'pending' ? undefined : strategy.windowReturn(query);
  const isOwn = wanted !== undefined && isOfShop(context, opened, attempt, wanted);
  return { returned, onward: isOwn ? wanted : undefined };
}

/** At the shop's own host, or where a browser sees a shop of the sandbox: nobody is led anywhere else from here. */
function isOfShop(
  { standIn }: ConnectionsContext,
  { app }: OpenSession,
  { apiRoot }: ConnectAttemptRow,
  url: URL,
): boolean {
  const root = new URL('/', apiRoot);
  return url.hostname === root.hostname || url.href.startsWith(standIn.actualUrl(root, app.mode).href);
}

function activationOf(attempt: ConnectAttemptRow): StoreActivationStrategy {
  const strategy: AuthStrategy = strategyOf(connectorOf(attempt.platform), attempt.strategy);
  if (strategy.kind !== 'storeActivation') throw stateInvalid();
  return strategy;
}
