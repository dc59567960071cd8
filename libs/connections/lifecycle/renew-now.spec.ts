import { describe, expect, it } from 'vitest';
import type { CredentialOwner, WatchedCredential } from '#persistence';
import type { LifecycleContext } from './context.js';
import { createRenewNow } from './renew-now.js';

describe('callers who need a fresh credential', () => {
  const asked: CredentialOwner[] = [];
  const renewed: WatchedCredential = { version: 2, state: 'active', refusals: 0, backingOff: false };
  const credentials: Partial<LifecycleContext['credentials']> = {
    claim: (owner) => {
      asked.push(owner);
      return Promise.resolve(undefined);
    },
    find: () => Promise.resolve(renewed),
  };
  const context = { credentials, elapsed: () => 0, processName: 'p' } as unknown as LifecycleContext;
  const { signal } = new AbortController();

  it('case 12: wait for one renewal each of their tenant and store, equal ids or not', async () => {
    const renewNow = createRenewNow(context);
    const callers = ['ada', 'bob', 'ada'].map((tenantId) => renewNow(tenantId, 'store', 1, signal));
    await Promise.all(callers);
    expect(asked).toEqual([
      { tenantId: 'ada', storeId: 'store' },
      { tenantId: 'bob', storeId: 'store' },
    ]);
  });
});
