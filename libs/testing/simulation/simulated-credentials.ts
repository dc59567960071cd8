import type { CredentialRepository } from '#persistence';
import type { SimulatedRows } from './simulated-rows.js';

/**
 * Carries out one statement on behalf of a process: when, and whether it fails before or after it took effect. `name` is
 * that of the port's function.
 */
export type Statement = <T>(name: keyof CredentialRepository, run: () => T) => Promise<T>;

/** The repository as one process sees it: rows in memory, reached by statements that take time and may fail. */
export function createSimulatedCredentials(rows: SimulatedRows, statement: Statement): CredentialRepository {
  return {
    claimDue: (ask) => statement('claimDue', () => rows.claimDue(ask)),
    claim: (owner, ask) => statement('claim', () => rows.claim(owner, ask)),
    extend: (claimed, leaseSeconds) => statement('extend', () => rows.extend(claimed, leaseSeconds)),
    find: (owner) => statement('find', () => rows.watch(owner)),
    save: (claimed, grant, { late }) => statement('save', () => rows.save(claimed, grant, late)),
    saveScopes: (owner, scopes) =>
      statement('saveScopes', () => {
        const row = rows.find(owner);
        if (row !== undefined) row.store.scopesGranted = scopes;
      }),
    postpone: (claimed, failure, wait) => statement('postpone', () => rows.postpone(claimed, failure, wait)),
    release: (claimed, waitSeconds) => statement('release', () => rows.release(claimed, waitSeconds)),
    refuse: (claimed, failure, graceSeconds) => statement('refuse', () => rows.refuse(claimed, failure, graceSeconds)),
  };
}
