import type { SentRequest } from './schema.woocommerce.js';

/** Where a description is known to be wrong about the genuine platform. */
export interface Exception {
  /** The problem that is none, as it is worded with the operation's name. */
  readonly problem: RegExp;
  /** How it is known. */
  readonly reason: string;
  /** A request that the platform takes and the description refuses, for exactly this. */
  readonly example: SentRequest;
}

/** @returns the problems that no exception explains */
export function unexcused(problems: readonly string[], exceptions: readonly Exception[]): readonly string[] {
  return problems.filter((problem) => !exceptions.some((one) => one.problem.test(problem)));
}
