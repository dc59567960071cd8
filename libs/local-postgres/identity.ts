import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** As whom the Postgres programs run: what to put before the command, or which user to become. */
export interface Identity {
  readonly prefix: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** Small on purpose: the server needs nothing of our environment, and none of our secrets. Messages must be English to be understood. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const;

const NOBODY = 65534;
const UNPRIVILEGED = ['unshare', '--user', `--map-user=${String(NOBODY)}`, `--map-group=${String(NOBODY)}`] as const;

/**
 * Postgres refuses to run as root. For root this is, in order: the owner of an existing data folder; root seen through a
 * user namespace in which it is nobody (files stay root's, so it works below 0700 folders); nobody itself.
 */
export function chooseIdentity(dataDir: string): Identity {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const owner = statSync(dataDir, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { prefix: [], uid: owner.uid, gid: owner.gid };
  return userNamespacesWork() ? { prefix: UNPRIVILEGED } : { prefix: [], uid: NOBODY, gid: NOBODY };
}

/** Containers often forbid user namespaces, and older or smaller systems have no such `unshare`. */
function userNamespacesWork(): boolean {
  const [command, ...options] = UNPRIVILEGED;
  return spawnSync(command, [...options, 'true'], { env: SERVER_ENVIRONMENT, timeout: 5_000 }).status === 0;
}
