/**
 * What an administrator does to all rows while everything runs: changing keys, destroying a tenant, verifying credentials
 * that came out of a backup. Each of these may be killed at any moment and started again: what is done is read from the
 * rows, and a row is changed only if it still is what was read.
 */
export { deleteTenant, type TenantDeletion } from './delete-tenant.js';
export { type MarkedStores, markRestoredStores } from './mark-restored-stores.js';
export type { Progress } from './progress.js';
export { DATA_KEY_GRACE_SECONDS, type DataKeyRotation, rotateDataKeys } from './rotate-data-keys.js';
export { rotateWrapping, type WrappingRotation } from './rotate-wrapping.js';
