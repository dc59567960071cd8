import { type ConnectedStore, type ErrorCode, GatewayError, type HttpCall, type HttpReply } from '#contract';
import { TransportError } from '#kit';

/** How far an operation got with writing. */
export type WriteProgress =
  /** The platform was asked for nothing, or refused everything. */
  | 'nothingWritten'
  /** It took at least one call, and refused or never got the others. */
  | 'partlyWritten'
  /** Of at least one call nobody knows what became of it. */
  | 'unknown';

// After these the platform has, for all we can tell, not carried the request out.
const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'request_rejected',
  'conflict',
  'not_found',
  'platform_scope_missing',
  'platform_rate_limited',
  'platform_blocked',
  'credential_expired',
  'credential_revoked',
  'store_closed',
  'store_paused',
  'address_refused',
]);

/** Looks at what an operation sends, so that its failure can be judged by what may have been done. */
export function watchWrites(store: ConnectedStore): {
  readonly store: ConnectedStore;
  readonly progress: () => WriteProgress;
} {
  let [taken, unknown] = [false, false];
  const http = async <T>(call: HttpCall<T>): Promise<HttpReply<T>> => {
    if (call.effect === 'read') return await store.http(call);
    try {
      const reply = await store.http(call);
      taken = true;
      return reply;
    } catch (error) {
      if (!isRefusal(error)) unknown = true;
      throw error;
    }
  };
  return {
    store: { ...store, http },
    progress: () => (unknown ? 'unknown' : taken ? 'partlyWritten' : 'nothingWritten'),
  };
}

function isRefusal(error: unknown): boolean {
  if (!GatewayError.is(error)) return false;
  return REFUSALS.has(error.code) || (error.cause instanceof TransportError && error.cause.sent === 'no');
}
