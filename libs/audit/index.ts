export { type Acting, actingAs, currentActing } from './acting.js';
export { createCredentialUses, type CredentialUses, type UsedFor } from './credential-uses.js';
export { AuditBroken, type AuditReport, verifyAudit, type Witness } from './verify-chain.js';
