import type { Database } from './database.js';

/** The origins of all apps that run in browsers. Looks across tenants, through a named function. */
export async function listBrowserOrigins(database: Database): Promise<readonly string[]> {
  const rows = await database.shared.$queryRaw<{ origin: string }[]>`SELECT origin FROM list_browser_origins()`;
  return rows.map(({ origin }) => origin);
}
