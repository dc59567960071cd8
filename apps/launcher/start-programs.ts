import type { LogFile } from './log-file.js';
import type { ProgramPlan } from './programs.js';
import { supervise, type SupervisedProgram, type Supervision } from './supervise.js';

export interface StartOptions {
  readonly plans: readonly ProgramPlan[];
  readonly openLog: (name: string) => LogFile;
  readonly say: (line: string) => void;
  readonly onRestart: () => void;
  /** Gives the start up. */
  readonly cancelled: AbortSignal;
  readonly supervision: Supervision | undefined;
}

/**
 * Starts all programs at the same time and waits until all are ready.
 * @throws LaunchError of the first that failed, when none of them runs any more
 */
export async function startPrograms(options: StartOptions): Promise<SupervisedProgram[]> {
  const giveUp = new AbortController();
  const cancelled = AbortSignal.any([options.cancelled, giveUp.signal]);
  const errors: unknown[] = [];
  const { openLog, say, onRestart, supervision } = options;
  const starts = options.plans.map(async (plan) => {
    const spec = { ...plan, log: openLog(plan.name), say, onRestart };
    try {
      return [await supervise(spec, cancelled, supervision)];
    } catch (error) {
      errors.push(error);
      giveUp.abort();
      return [];
    }
  });
  const programs = (await Promise.all(starts)).flat();
  if (errors.length === 0) return programs;
  await Promise.all(programs.map((program) => program.stop()));
  throw errors[0];
}
