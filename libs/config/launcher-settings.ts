import { readSettings } from './read-settings.js';
import type { Environment } from './settings.js';

/** What `npm start` has to know; the programs it runs read their own settings. */
export interface LauncherSettings {
  /** Neither sandbox nor demo data are for production. */
  readonly production: boolean;
  /** As given, to be resolved against the repository's folder. */
  readonly stateDirectory: string;
  /** The administrator's URL of an existing Postgres; without it an embedded one is run. */
  readonly databaseUrl: string | undefined;
  /** Where a sandbox runs already; without it one is run, except in production. */
  readonly sandboxUrl: string | undefined;
  readonly host: string;
  readonly gatewayPort: number;
  readonly sandboxPort: number;
  readonly usesRedis: boolean;
  /** What the programs inherit: everything but the administrator's database URL, which none of them may have. */
  readonly environment: Readonly<Record<string, string>>;
}

/** @throws SettingsError naming every setting that is wrong */
export function launcherSettings(environment: Environment = process.env): LauncherSettings {
  const settings = readSettings(environment);
  const { DATABASE_URL: _admin, ...inherited } = environment;
  return {
    production: settings.NODE_ENV === 'production',
    stateDirectory: settings.SHOPSPAN_STATE_DIR,
    databaseUrl: settings.DATABASE_URL,
    sandboxUrl: settings.SHOPSPAN_SANDBOX_URL,
    host: settings.SHOPSPAN_HOST,
    gatewayPort: settings.SHOPSPAN_PORT,
    sandboxPort: settings.SANDBOX_PORT,
    usesRedis: settings.REDIS_URL !== undefined,
    environment: Object.fromEntries(
      Object.entries(inherited).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  };
}
