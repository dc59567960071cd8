export * from './access-channel.js';
export * from './access-cutoffs.js';
export * from './accounts.js';
export * from './activity.js';
export * from './alerts.js';
export * from './audit.js';
export * from './brands.js';
export * from './browser-origins.js';
export * from './connect.js';
export type {
  ClaimedCredential,
  CredentialOwner,
  CredentialRepository,
  RenewalFailure,
  StoredGrant,
  WatchedCredential,
} from './credential-repository.js';
export * from './credentials.js';
export * from './erasure.js';
export * from './events.js';
export * from './health.js';
export * from './key-rotation.js';
export * from './oauth-artifacts.js';
export * from './oauth-clients.js';
export * from './operator-acts.js';
export * from './operator-board.js';
export * from './operator-store-detail.js';
export * from './operator-stores.js';
export * from './operator-tokens.js';
export * from './operators.js';
export * from './operators-as-owner.js';
export * from './overview.js';
export * from './paces.js';
export * from './platform-clients.js';
export * from './polls.js';
export * from './role-faults.js';
export * from './sealed-values.js';
export { createSqlCredentials } from './sql-credentials.js';
export * from './restored-stores.js';
export * from './revocations.js';
export * from './signing-keys.js';
export * from './stops.js';
export * from './stores.js';
export * from './tenant-deletion.js';
export * from './ticks.js';
export * from './vault-keys.js';
export * from './webhooks.js';
export * from './writes.js';
export { MigrationError } from './migration-error.js';
export { ProvisionError } from './admin-session.js';
export { checkDrift } from './check-drift.js';
export { migrate } from './migrate.js';
export { type Database, type DatabaseOptions, openDatabase, type TenantTransaction } from './database.js';
export { type DatabaseUrls, provisionDatabase, randomPasswords, type RolePasswords } from './provision.js';
