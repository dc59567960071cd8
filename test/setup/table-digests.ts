interface Sql {
  readonly sql: (text: string, values?: readonly unknown[]) => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

async function tables({ sql }: Sql, condition: string): Promise<readonly string[]> {
  const rows = await sql(
    `SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND ${condition} ORDER BY 1`,
  );
  return rows.map(({ relname }) => String(relname));
}

/** Lets every role see every row, as if no policy had been written. For a database of your own. */
export async function disableRowLevelSecurity(session: Sql): Promise<void> {
  for (const table of await tables(session, 'relrowsecurity')) {
    await session.sql(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
  }
}

const OWNED = `EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')`;

/** One text for all that a tenant has in whatever table; another one when a single value of it is another. */
export async function digestOfTenant(session: Sql, tenantId: string): Promise<string> {
  const parts = (await tables(session, OWNED)).map(
    (table) =>
      `SELECT '${table}' AS name, md5(string_agg(t::text, '|' ORDER BY t::text)) AS rows FROM ${table} t WHERE tenant_id = $1`,
  );
  const own = `SELECT 'tenants', md5(string_agg(t::text, '|')) FROM tenants t WHERE id = $1`;
  return JSON.stringify(await session.sql([...parts, own].join(' UNION ALL '), [tenantId]));
}

// When a credential was last used is written now and then, by itself.
const ROW = `to_jsonb(t) - 'last_used_at'`;

/** One text for all that an app has in whatever table, its stores' rows included. */
export async function digestOfApp(session: Sql, appId: string): Promise<string> {
  const has = (column: string) =>
    `EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = '${column}')`;
  const direct = await tables(session, has('app_id'));
  const byStore = await tables(session, `${has('store_id')} AND NOT ${has('app_id')}`);
  const rows = (table: string, condition: string) =>
    `SELECT '${table}' AS name, md5(string_agg((${ROW})::text, '|' ORDER BY (${ROW})::text)) AS rows FROM ${table} t WHERE ${condition}`;
  const parts = [
    ...direct.map((table) => rows(table, 'app_id = $1')),
    ...byStore.map((table) => rows(table, 'store_id IN (SELECT id FROM stores WHERE app_id = $1)')),
    rows('apps', 'id = $1'),
  ];
  return JSON.stringify(await session.sql(parts.join(' UNION ALL '), [appId]));
}
