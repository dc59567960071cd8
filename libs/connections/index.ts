export { acceptsOurCallback, beginAttempt, type Beginning, isCalledBack } from './begin-attempt.js';
export type { Begun } from './begun.js';
export { activationState, type ActivationStep, activationWindow, receiveActivation } from './activation.js';
export { ConnectFailed, type Returned } from './attempts.js';
export { completeKeyExchange, completeOAuth, receiveKeys } from './callbacks.js';
export { clientAt } from './client-at.js';
export { completeInstall, parkedShop, provenCall } from './installed-app.js';
export { proveAttempt } from './prove-attempt.js';
export type { ConnectionsContext, DeliveryReport, RefreshReport } from './context.js';
export { importStore, type ImportRequest } from './import-store.js';
export { type OpenedStore, openStore, userOfStore } from './open-store.js';
export {
  getPlatformClient,
  identityOf,
  listClients,
  type PlatformClientView,
  putPlatformClient,
  removePlatformClient,
} from './platform-clients.js';
export { openerOriginOf } from './return-address.js';
export { isHandle } from './handle.js';
export { linkState, type LinkState, linkStatus } from './link-state.js';
export type { LifecycleContext } from './lifecycle/context.js';
export { lifecycleOf } from './lifecycle/lifecycle-of.js';
export { createRefreshPool, type RefreshPool } from './lifecycle/refresh-pool.js';
export { createRenewNow, type RenewNow } from './lifecycle/renew-now.js';
export {
  createSession,
  isLinkOf,
  type NewSession,
  openSession,
  type OpenSession,
  returnAddress,
  sessionOfLink,
  type SessionRequest,
} from './sessions.js';
export { GRANT_WORDS, keepForRevocation, REVOCATION_LEASE_SECONDS, revokeGrant } from './revoke-grant.js';
export { openCredentials } from './sealing.js';
export { webhookSecrets } from './webhook-secrets.js';
export { startAtPlatform } from './start-at-platform.js';
export {
  createStopGate,
  type CredentialUser,
  type StopGate,
  type StoppedThing,
  stopSentence,
} from './stops/stop-gate.js';
export { presentStop, readStopTarget } from './stops/stop-target.js';
export { gatedTransport } from './stops/way-out.js';
export { createStandInSwitch, type StandInSwitch } from './stand-in.js';
