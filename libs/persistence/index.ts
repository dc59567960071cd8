export * from './accounts.js';
export * from './connect.js';
export * from './credentials.js';
export { type Database, type DatabaseOptions, openDatabase, type TenantTransaction } from './database.js';
export * from './platform-clients.js';
export * from './stores.js';
export * from './vault-keys.js';
