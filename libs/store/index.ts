export { callStore, isTroubled, requireStore } from './call-store.js';
export type { Reader, StoreContext } from './context.js';
export { openCursor, queryDigest, sealCursor } from './cursor.js';
export { disconnectStore } from './disconnect-store.js';
export { executeWrite, planRequest, type WriteOutcome, type WriteRequest } from './execute-write.js';
export { getRecord, type GetRequest, storeOfRecord } from './get-record.js';
export { passThrough, type RawReply, type RawRequest } from './pass-through.js';
export { listRecords, type ListRequest, type RecordList } from './list-records.js';
export { type PresentedRecord, presentRecord, readReferences } from './present-record.js';
