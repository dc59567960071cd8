export { LocalPostgresError, type LocalPostgresErrorCode } from './local-postgres-error.js';
export { freePort } from './free-port.js';
export { startLocalPostgres, type LocalPostgres, type LocalPostgresOptions } from './start-local-postgres.js';
