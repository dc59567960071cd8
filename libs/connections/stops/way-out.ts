import { type Transport, TransportError } from '#kit';
import type { CredentialUser, StopGate } from './stop-gate.js';

/**
 * The way out for one user of credentials. It is asked twice whether the credential may be used: when the call is made,
 * and at the moment before its first byte leaves. What has left before a stop is heard to the end: the answer may hold
 * the only pair there is, or say what became of a write.
 */
export function gatedTransport(
  transport: Transport,
  {
    gate,
    elapsed,
    beginUse = () => () => undefined,
  }: {
    readonly gate: StopGate;
    readonly elapsed: () => number;
    /** Is told of each call; what it answers is called when the credential leaves. */
    readonly beginUse?: () => () => void;
  },
  user: CredentialUser,
): Transport {
  const send: Omit<Transport, 'close'> & ((...call: Parameters<Transport>) => ReturnType<Transport>) = async (
    message,
    limits,
  ) => {
    const askedAt = elapsed();
    const noteLeft = beginUse();
    const mayLeave = (): boolean => {
      const may = gate.mayUse(user);
      if (may) noteLeft();
      return may;
    };
    await gate.enter(user, limits.signal);
    const deadlineMs = limits.deadlineMs - (elapsed() - askedAt);
    try {
      return await transport(message, { ...limits, deadlineMs, mayLeave });
    } catch (error) {
      // Where a stop has withheld it, that is what must be said.
      if (error instanceof TransportError && error.sent === 'no') await gate.enter(user, limits.signal);
      throw error;
    }
  };
  return Object.assign(send, { close: () => transport.close() });
}
