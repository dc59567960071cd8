import type { LauncherSettings } from '#config';
import type { Addresses, DemoResult } from './demo-result.js';
import { runsSandbox } from './programs.js';

export interface WelcomeFacts {
  readonly settings: LauncherSettings;
  readonly addresses: Addresses;
  readonly database: string;
  readonly logsDirectory: string;
  readonly demo: DemoResult | undefined;
  readonly signInLink: string | undefined;
}

/** @returns what is running where, and what to try first */
export function welcome({ settings, addresses, database, logsDirectory, demo, signInLink }: WelcomeFacts): string {
  const rows: (readonly [string, string])[] = [
    ['Gateway', `${addresses.gateway}  (API, connect screens, operator console)`],
    ...(settings.production ? [] : [['Sandbox', `${addresses.sandbox}  (${sandboxNote(settings)})`] as const]),
    ['Database', database],
    ['Queue', settings.usesRedis ? 'Redis (REDIS_URL)' : 'in the same Postgres'],
    ['Logs', logsDirectory],
  ];
  const where = rows.map(([name, value]) => `  ${name.padEnd(10)}${value}`);
  const tries = (demo?.tries ?? []).map(({ what, how }, index) => `  ${String(index + 1)}. ${what}\n     ${how}`);
  const signIn =
    signInLink === undefined
      ? []
      : ['\nSign in as an operator (this link works once, within 15 minutes):', `  ${signInLink}`];
  return [
    '\nShopspan is running.\n',
    ...where,
    ...signIn,
    ...(tries.length > 0 ? ['\nTry:', ...tries] : []),
    '\nCtrl-C stops everything.',
  ].join('\n');
}

function sandboxNote(settings: LauncherSettings): string {
  return runsSandbox(settings) ? 'simulated platforms and stores' : 'not run by this command: SHOPSPAN_SANDBOX_URL';
}
