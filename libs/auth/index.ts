export { createApiKey, createApp, type CreatedKey, createTenant, revokeApiKey } from './accounts.js';
export { authenticate, type Caller, requireScope, requireWholeApp } from './caller.js';
export { createOperatorToken, operatorHash, requireOperator } from './operator-token.js';
