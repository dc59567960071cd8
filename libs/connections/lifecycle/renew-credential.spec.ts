import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Connector, type RefreshPolicy, Secret } from '#contract';
import { type Transport, TransportError } from '#kit';
import type { ClaimedCredential } from '#persistence';
import { connectorWith } from '../../../test/setup/oauth-platforms.js';
import { createAnswer } from '../../kit/transport/answer.js';
import type { LifecycleContext } from './context.js';
import { renewClaimed } from './renew-credential.js';

const { connector, strategy, address } = connectorWith('oauth2Code');

/** Renews with a claim that is lost while the platform takes its time; `answer` says when it has an answer after all. */
function renewWithLostClaim(previousToken: Extract<RefreshPolicy, { readonly kind: 'rotating' }>['previousToken']) {
  let answer: () => void = () => undefined;
  const events: string[] = [];
  const send = (_message: unknown, { signal }: { readonly signal?: AbortSignal }) =>
    new Promise((resolve, reject) => {
      events.push('asked');
      signal?.addEventListener('abort', () => reject(new TransportError('aborted', 'maybe', 'shop.example')));
      const pair = { access_token: 'a2', refresh_token: 'r2', expires_in: 3600, token_type: 'bearer' };
      const headers = new Map([['content-type', ['application/json']]]);
      answer = () => resolve(createAnswer(200, headers, new TextEncoder().encode(JSON.stringify(pair))));
    });
  const patient: Connector = { ...connector, auth: [{ ...strategy, refresh: { kind: 'rotating', previousToken } }] };
  const kept = JSON.stringify({ kind: 'oauth2', accessToken: 'a', refreshToken: 'r' });
  const context = {
    credentials: {
      extend: () => Promise.resolve(false),
      save: (_claimed: unknown, _grant: unknown, { late }: { readonly late: boolean }) => {
        events.push(`saved, late: ${String(late)}`);
        return Promise.resolve(true);
      },
      saveScopes: () => Promise.resolve(),
      postpone: () => Promise.resolve(void events.push('given up')),
    },
    vault: { open: () => Promise.resolve(new Secret(kept)), seal: () => Promise.resolve(new Uint8Array()) },
    connectorOf: () => patient,
    identityOf: () => Promise.resolve({ clientId: 'c', secrets: [new Secret('s')] }),
    wayOut: () => send as unknown as Transport,
    elapsed: () => 0,
    sleep: () => delay(0),
    random: () => 0.5,
    reportRefresh: () => undefined,
  } as unknown as LifecycleContext;
  const claimed = {
    ...{ tenantId: 't', storeId: 's', platform: patient.id, strategy: strategy.id, mode: 'live', claimer: 'p/1' },
    ...{ account: address.account, apiRoot: address.apiRoot.href, scopesGranted: [], client: null },
    ...{ version: 1, attempt: 1, refusals: 0, accessSeconds: 1000, sealed: new Uint8Array() },
  } as unknown as ClaimedCredential;
  return { done: renewClaimed(context, claimed, 0), events, answer: () => answer() };
}

describe('a call whose claim is lost under way', () => {
  it('is not waited for where another call is given another pair', async () => {
    const { done, events } = renewWithLostClaim({ graceSeconds: 120 });
    await done;
    expect(events).toEqual(['asked', 'given up']);
  });

  it('is waited for where its answer may be the only one', async () => {
    const { done, events, answer } = renewWithLostClaim('diesAtOnce');
    // The loss of the claim is known by then.
    for (let turns = 0; turns < 20; turns += 1) await delay(0);
    answer();
    expect(await done).toMatchObject({ outcome: 'renewed' });
    expect(events).toEqual(['asked', 'saved, late: true']);
  });
});
