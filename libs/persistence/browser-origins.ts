import type { Database } from './database.js';

/** An origin of an app that runs in browsers. */
export interface AppOrigin {
  readonly appId: string;
  readonly origin: string;
}

/** The origins of all apps that run in browsers. Looks across tenants, through a named function. */
export async function listAppOrigins(database: Database): Promise<readonly AppOrigin[]> {
  return await database.shared.$queryRaw<AppOrigin[]>`SELECT app_id AS "appId", origin FROM list_app_origins()`;
}
