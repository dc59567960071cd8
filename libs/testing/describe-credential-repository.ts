import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { credentialActs } from './credential-acts.js';
import type { CredentialWorld } from './credential-world.js';
import { describeCredentialClaims } from './describe-credential-claims.js';
import { describeCredentialRenewals } from './describe-credential-renewals.js';

/**
 * The suite that every repository of credentials passes: the one in the database and the one of the simulation. What the
 * simulation shows then holds for the database too.
 */
export function describeCredentialRepository(name: string, start: () => Promise<CredentialWorld>): void {
  describe(`${name} keeps the promises of a repository of credentials`, () => {
    let world: CredentialWorld;
    beforeAll(async () => {
      world = await start();
    });
    beforeEach(() => world.empty());
    afterAll(() => world.close());
    const acts = credentialActs(() => world);
    describeCredentialClaims(acts);
    describeCredentialRenewals(acts);
  });
}
