import { type Database, roleFaults } from '#persistence';

/**
 * Row-level security is half of what keeps tenants apart; a role that it does not bind would leave the other half alone.
 * @param setting where the role comes from
 * @throws RangeError when a serving process is given such a role
 */
export async function refuseMightyRole(database: Database, setting: string): Promise<void> {
  const faults = await roleFaults(database);
  if (faults.length === 0) return;
  throw new RangeError(
    `${setting}: its role ${faults.join(', ')}; give the role that \`npm run migrate\` makes for it, which row-level security binds.`,
  );
}
