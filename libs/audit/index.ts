export { AuditBroken, type AuditReport, verifyAudit, type Witness } from './verify-chain.js';
