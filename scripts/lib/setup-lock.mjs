import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readIfThere } from './content-hash.mjs';

const POLL_MS = 200;

/**
 * One setup at a time in this folder: `npm start` and `npm test` at once would pull node_modules away from under each other.
 * The lock of a process that is gone does not count.
 */
export async function withSetupLock(root, work) {
  const file = path.join(root, 'dist', '.setup.lock');
  mkdirSync(path.dirname(file), { recursive: true });
  for (let waiting = false; !take(file); waiting = true) {
    if (!waiting) console.error('Another command is installing or building Shopspan in this folder; waiting for it.');
    await delay(POLL_MS);
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isHeld(Number(readIfThere(file, 'utf8')))) rmSync(file, { force: true });
    return false;
  }
}

function isHeld(pid) {
  if (pid === process.pid) return false;
  // Written in the moment between creating the file and filling it.
  if (pid === 0) return true;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
