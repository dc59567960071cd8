import { link, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { LaunchError } from './launch-error.js';
import { readJsonIfThere, writePrivateFile } from './private-file.js';

const Holder = z.object({ pid: z.number().int().positive(), startedAt: z.string() });
type Holder = z.output<typeof Holder>;

/**
 * Makes this process the only one that uses the state folder.
 * @returns gives the folder free again
 * @throws LaunchError when another one uses it
 */
export async function lockState(stateDirectory: string): Promise<() => Promise<void>> {
  const file = path.join(stateDirectory, 'launcher.lock');
  const draft = `${file}.${String(process.pid)}`;
  await writePrivateFile(draft, JSON.stringify({ pid: process.pid, startedAt: await startOf(process.pid) }));
  try {
    while (!(await claim(draft, file))) {
      const holder = Holder.safeParse(await readJsonIfThere(file)).data;
      if (holder !== undefined && (await isAlive(holder))) throw inUse(stateDirectory, holder);
      await rm(file, { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
  return () => rm(file, { force: true });
}

function inUse(stateDirectory: string, { pid }: Holder): LaunchError {
  return new LaunchError(
    `Shopspan is running already in this folder (process ${String(pid)}, state in ${stateDirectory}). ` +
      'Stop it first, or give this one another folder and other ports: SHOPSPAN_STATE_DIR, SHOPSPAN_PORT, SANDBOX_PORT.',
  );
}

/** A link appears complete and at once, and never replaces what is there. */
async function claim(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function isAlive({ pid, startedAt }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return (await startOf(pid)) === startedAt;
}

/**
 * When a process started, in clock ticks since the machine's own start: a process number is soon given to somebody else.
 * Field 22 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; empty where there is no such file.
 */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  const afterName = stat.slice(stat.lastIndexOf(')') + 2);
  return afterName.split(' ')[19] ?? '';
}
