import path from 'node:path';
import type { DatabaseUrls } from '#persistence';
import type { Addresses } from './demo-result.js';
import { writePrivateFile } from './private-file.js';
import type { SupervisedProgram } from './supervise.js';

/** What runs right now; for other commands of the same user, and only while it runs. */
export interface Runtime {
  readonly addresses: Addresses;
  /** With passwords, hence mode 0600. */
  readonly databaseUrls: DatabaseUrls;
  readonly programs: readonly SupervisedProgram[];
}

export function runtimeFile(stateDirectory: string): string {
  return path.join(stateDirectory, 'runtime.json');
}

export async function writeRuntime(
  stateDirectory: string,
  { addresses, databaseUrls, programs }: Runtime,
): Promise<void> {
  const pids = Object.fromEntries(programs.map(({ name, pid }) => [name, pid]));
  const runtime = { launcher: process.pid, programs: pids, addresses, databaseUrls };
  await writePrivateFile(runtimeFile(stateDirectory), `${JSON.stringify(runtime, undefined, 2)}\n`);
}
