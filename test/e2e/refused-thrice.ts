import { expect } from 'vitest';
import type { System } from '../system.js';
import type { ApiClient } from './api-client.js';

/**
 * A single refusal proves nothing: it is believed when the third comes, each a minute after the one before, which is what
 * this makes of it.
 * @returns what the reads were answered
 */
export async function refusedThrice(system: System, api: ApiClient, storeId: string): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const status of ['active', 'active', 'needsReauth']) {
    await system.sql("UPDATE stores SET refused_at = refused_at - interval '61 seconds'");
    const read = await api.get(`/v1/orders?store=${storeId}`);
    answers.push(read.text);
    expect(read.json).toMatchObject({ code: 'credential_revoked', actor: 'merchant' });
    expect((await api.store(storeId)).status).toBe(status);
  }
  return answers;
}
