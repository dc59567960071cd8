export { createApiKey, createApp, type CreatedKey, createTenant, revokeApiKey } from './accounts.js';
export { authenticate, type Caller, requireScope } from './caller.js';
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
export { secretHash } from './operators/secret-hash.js';
