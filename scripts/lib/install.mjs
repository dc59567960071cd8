import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { contentHash, readJsonIfThere } from './content-hash.mjs';
import { explainNpmFailure } from './npm-failure.mjs';
import { runStep } from './run-step.mjs';
import { SetupError } from './setup-error.mjs';
import { withSetupLock } from './setup-lock.mjs';

// How old a package must be is asked when it gets into the lock file; what is in there is installed.
const NPM_CI = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--min-release-age=0'];

/**
 * Runs `npm ci` unless node_modules was made from this very package-lock.json. The build needs the development packages,
 * so they are installed whatever NODE_ENV says.
 * @returns {Promise<boolean>} whether it had to install
 */
export async function ensureInstalled(root, { output } = {}) {
  if (isInstalled(root)) return false;
  return withSetupLock(root, async () => {
    if (isInstalled(root)) return false;
    const title = 'Installing packages (first start only)';
    const result = await runStep(title, [...npmCommand(), ...NPM_CI], { cwd: root, output });
    if (result.code !== 0) throw new SetupError(explainNpmFailure(result.output), result.output);
    writeStamp(root);
    return true;
  });
}

/** npm tells the programs it runs where it is; without npm around us, the one of the PATH. */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running !== undefined && /npm-cli\.c?js$/.test(running)) return [process.execPath, running];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

function isInstalled(root) {
  const stamp = readJsonIfThere(stampFile(root));
  if (stamp?.lock === lockHash(root) && stamp.platform === platform()) return true;
  if (!isFromLock(root)) return false;
  writeStamp(root);
  return true;
}

/** A plain `npm ci` leaves npm's own list of what it installed, written last; it counts as ours when it agrees. */
function isFromLock(root) {
  const wanted = readJsonIfThere(path.join(root, 'package-lock.json'))?.packages;
  const present = readJsonIfThere(path.join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (wanted === undefined || present === undefined) return false;
  const same = Object.entries(present).every(([name, entry]) => isSame(entry, wanted[name]) && fitsHere(entry));
  return (
    same && Object.entries(wanted).every(([name, entry]) => name === '' || name in present || entry.optional === true)
  );
}

function isSame(one, other) {
  return one.version === other?.version && one.integrity === other?.integrity && one.link === other?.link;
}

function fitsHere({ os = [], cpu = [] }) {
  const fits = (list, value) => list.every((entry) => entry.startsWith('!')) || list.includes(value);
  return fits(os, process.platform) && fits(cpu, process.arch);
}

function writeStamp(root) {
  try {
    writeFileSync(stampFile(root), JSON.stringify({ lock: lockHash(root), platform: platform() }));
  } catch (error) {
    // Installed by another user: then the comparison is made anew at every start.
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error;
  }
}

function stampFile(root) {
  return path.join(root, 'node_modules', '.shopspan-install.json');
}

function lockHash(root) {
  return contentHash(root, ['package-lock.json']);
}

function platform() {
  return `${process.platform}-${process.arch}`;
}
