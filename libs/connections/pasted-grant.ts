import {
  type Answers,
  type AuthStrategy,
  type ClientCredentialsStrategy,
  type Connector,
  GatewayError,
  type PastedKeysStrategy,
  type PastedOAuth1Strategy,
  type PastedTokenStrategy,
  type Scope,
  type StoreAddress,
} from '#contract';
import type { ConnectionsContext } from './context.js';
import type { NewGrant } from './establish-store.js';
import type { CredentialUser } from './stops/stop-gate.js';
import { scheduleOf } from './lifecycle/refresh-schedule.js';
import { GrantRefused, mintToken } from './token-endpoint.js';

/** The ways of connecting in which the merchant, or whoever holds them, gives the credential itself. */
export type PastedStrategy =
  PastedKeysStrategy | PastedTokenStrategy | PastedOAuth1Strategy | ClientCredentialsStrategy;

export function isPasted(strategy: AuthStrategy): strategy is PastedStrategy {
  return ['pastedKeys', 'pastedToken', 'pastedOAuth1', 'clientCredentials'].includes(strategy.kind);
}

/** What was pasted, and where it leads. */
export interface Pasted {
  readonly connector: Connector;
  readonly strategy: PastedStrategy;
  readonly address: StoreAddress;
  readonly answers: Answers;
  readonly access: readonly Scope[];
}

/**
 * The grant that pasted keys are: it never expires and says nothing about what it may do. A pasted client is asked for
 * its first token.
 * @throws GatewayError `request_rejected` when the platform refuses the client
 */
export async function pastedGrant(
  context: Pick<ConnectionsContext, 'wayOut' | 'random'>,
  user: CredentialUser,
  { connector, strategy, address, answers, access }: Pasted,
): Promise<NewGrant> {
  const grant = { connector, strategyId: strategy.id, address, scopesWanted: access, client: null };
  if (strategy.kind !== 'clientCredentials') {
    const schedule = { accessSeconds: null, refreshSeconds: null, dueSeconds: null };
    return { ...grant, credentials: strategy.credentials(answers), schedule, scopesGranted: null };
  }
  const endpoint = {
    connector,
    strategy,
    address,
    transport: context.wayOut(user),
    deadlineMs: connector.deadlineMs,
  };
  const minted = await mintToken(endpoint, strategy.credentials(answers)).catch((error: unknown) => {
    if (!(error instanceof GrantRefused)) throw error;
    throw new GatewayError('request_rejected', `${connector.name} does not accept this client: ${error.message}`, {
      platform: { id: connector.id },
      cause: error,
    });
  });
  const schedule = scheduleOf(minted, context.random);
  return { ...grant, credentials: minted.credentials, schedule, scopesGranted: minted.scopes };
}
