import { GatewayError } from '#contract';
import { doubled } from '#kit';

const RETRY_SECONDS = 60;
const LONGEST_RETRY_SECONDS = 3600;

/** What is kept of a failure for whoever looks why something is late. */
export interface KeptFailure {
  readonly code: string;
  readonly message: string;
}

/** A failure as it is kept; of one that is not ours nothing is told. */
export function failureOf(error: unknown): KeptFailure {
  return GatewayError.is(error) ? error : { code: 'internal', message: 'Something failed on our side.' };
}

/** Seconds until the next try, doubled with each to an hour. */
export function backoffSeconds(attempt: number): number {
  return doubled(RETRY_SECONDS, attempt, LONGEST_RETRY_SECONDS);
}

/** Seconds around a usual time, so that what began together does not go on together. */
export function spreadSeconds(usual: number, random: () => number): number {
  return usual * (0.75 + random() / 2);
}
