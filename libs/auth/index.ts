export { type ConsentQuestion, NoSuchConsent } from './authorization-server/consent.js';
export { createApiKey, createApp, type CreatedKey, createTenant, revokeApiKey } from './accounts.js';
export { type AuthorizationServer, createAuthorizationServer } from './authorization-server/authorization-server.js';
export {
  createOauthClient,
  type CreatedOauthClient,
  type NewOauthClient,
} from './authorization-server/client-accounts.js';
export { authenticate, type Caller, requireScope } from './caller.js';
export { createOperatorToken, operatorHash, requireOperator } from './operator-token.js';
