export { createApp, createTenant, ownerOfKey } from './accounts.js';
export { addressList } from './keys/addresses.js';
export {
  createApiKey,
  type CreatedKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
  setSuspended,
} from './keys/key-accounts.js';
export { type Caller, requireScope, requireWholeApp } from './caller.js';
export { type Callers, createCallers } from './callers.js';
export { createLimits, type Limits } from './limits/limits.js';
export { createRefusalCounts, type RefusalCounts } from './limits/refusal-counts.js';
export { audienceOf, issuerOf } from './issuer.js';
export { credentialInAddress } from './refusal.js';
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
export { openSigningKeys, rotateSigningKeys, type SigningKeys } from './authorization-server/signing-keys.js';
export { createVerificationKeys } from './tokens/verification-keys.js';
export { createOperatorToken } from './operators/operator-token.js';
export { type Operator, requireDone, requireOperator, requireRole } from './operators/operator.js';
export {
  createSignInLink,
  linkInvalid,
  SESSION_LIMITS,
  type SigningBrowser,
  signInWithIdentity,
  signInWithLink,
} from './operators/sessions.js';
export { createOperatorsProvider, type OperatorsProvider } from './operators/provider.js';
