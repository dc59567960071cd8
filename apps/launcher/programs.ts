import path from 'node:path';
import type { LauncherSettings } from '#config';
import type { DatabaseUrls } from '#persistence';
import type { Addresses } from './demo-result.js';

export type ProgramName = 'sandbox' | 'gateway' | 'worker';

/** In the order in which they are stopped: who calls others goes first. */
export const STOP_ORDER: readonly ProgramName[] = ['worker', 'gateway', 'sandbox'];

export interface ProgramPlan {
  readonly name: ProgramName;
  readonly entry: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Whether a sandbox of our own belongs to this start. */
export function runsSandbox({ production, sandboxUrl }: LauncherSettings): boolean {
  return !production && sandboxUrl === undefined;
}

/**
 * Which programs run, and what each is told: no more of the database than it needs.
 * @param programsDirectory holds `<name>/main.js` of each
 */
export function planPrograms(
  settings: LauncherSettings,
  programsDirectory: string,
  stateDirectory: string,
  urls: DatabaseUrls,
  addresses: Addresses,
): ProgramPlan[] {
  const common = {
    ...settings.environment,
    SHOPSPAN_STATE_DIR: stateDirectory,
    SHOPSPAN_PORT: String(settings.gatewayPort),
    SANDBOX_PORT: String(settings.sandboxPort),
    ...(settings.production ? {} : { SHOPSPAN_SANDBOX_URL: addresses.sandbox }),
  };
  const gateway = { DATABASE_APP_URL: urls.app, DATABASE_QUEUE_URL: urls.queue };
  const own: Readonly<Record<ProgramName, Record<string, string>>> = {
    sandbox: {},
    gateway,
    worker: { ...gateway, DATABASE_WORKER_URL: urls.worker },
  };
  const names: readonly ProgramName[] = runsSandbox(settings)
    ? ['sandbox', 'gateway', 'worker']
    : ['gateway', 'worker'];
  return names.map((name) => ({
    name,
    entry: path.join(programsDirectory, name, 'main.js'),
    environment: { ...common, ...own[name] },
  }));
}
