import type { Database } from './database.js';

/**
 * What the connected role may do that a serving process must not be able to: each in words that follow "the role".
 * Whoever owns a table, is a superuser or may bypass row-level security sees the rows of all tenants.
 */
export async function roleFaults(database: Database): Promise<readonly string[]> {
  const rows = await database.shared.$queryRaw<{ superuser: boolean; bypasses: boolean; owns: boolean }[]>`
    SELECT bool_or(r.rolsuper) AS superuser, bool_or(r.rolbypassrls) AS bypasses,
      EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND pg_has_role(session_user, c.relowner, 'MEMBER')) AS owns
    FROM pg_roles r WHERE pg_has_role(session_user, r.oid, 'MEMBER')`;
  const { superuser = true, bypasses = true, owns = true } = rows[0] ?? {};
  return [
    ...(superuser ? ['is a superuser'] : []),
    ...(bypasses ? ['may bypass row-level security'] : []),
    ...(owns ? ['owns tables'] : []),
  ];
}
