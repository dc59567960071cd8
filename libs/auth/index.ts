export { createApiKey, createApp, type CreatedKey, createTenant, revokeApiKey } from './accounts.js';
export type { NewOauthClient } from './authorization-server/check-client.js';
export type { AuthorizationServer } from './authorization-server/authorization-server.js';
export {
  changeClientScopes,
  createOauthClient,
  type CreatedOauthClient,
  endOauthClient,
  rotateClientSecret,
} from './authorization-server/client-accounts.js';
export { type ConsentQuestion, NoSuchConsent } from './authorization-server/consent-question.js';
export { createAuthorizationServer } from './authorization-server/open.js';
export { rotateSigningKeys } from './authorization-server/signing-keys.js';
export { authenticate, type Caller, requireScope } from './caller.js';
export { createOperatorToken, operatorHash, requireOperator } from './operator-token.js';
