import { GatewayError } from '#contract';
import { halfDone } from '../record-calls.js';

/** A further step of a write, whose failure says what was done before. */
export async function after<T>(done: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw halfDone(done, error);
  }
}

const REFUSALS = [
  ...(['request_rejected', 'conflict', 'not_found', 'store_closed', 'platform_rate_limited'] as const),
  ...(['platform_scope_missing', 'credential_expired', 'credential_revoked'] as const),
];

/** Whether nothing was done, for certain. */
export function isRefusal(error: unknown): error is GatewayError {
  return GatewayError.is(error, ...REFUSALS);
}

/**
 * Takes back what a write has made before it was refused, and fails as it did. Where nobody knows whether the last call
 * arrived, nothing is taken back: it would be missing in what that call has made.
 */
export async function takeBack(made: string, failed: unknown, clean: () => Promise<unknown>): Promise<never> {
  if (!isRefusal(failed)) throw halfDone(`${made} may be there`, failed);
  const said = failed.message.replace(/\.$/, '');
  try {
    await clean();
  } catch (error) {
    throw halfDone(`${said}. ${made} could not be taken back`, error);
  }
  throw new GatewayError(failed.code, `${said}. Nothing of it is left.`, failed.context);
}
