import type { Database } from './database.js';
import type { OperatorChange, OperatorRole, OperatorRow, SignInLinkRow } from './operators.js';

// What an administrator does from the shell, with the owner's role. It is believed who does it; that it was done is written
// down by the same statement.

type Hash = Uint8Array<ArrayBuffer>;

export async function insertOperatorToken(
  owner: Database,
  by: string,
  token: { readonly id: string; readonly name: string; readonly role: OperatorRole; readonly hash: Hash },
): Promise<void> {
  await owner.shared.$queryRaw`
    SELECT write_operator_token(${by}, ${token.id}::uuid, ${token.name}, ${token.role}, ${token.hash})::text`;
}

/** Whether there was such a token in force. */
export async function revokeOperatorToken(owner: Database, by: string, id: string): Promise<boolean> {
  return isDone(await owner.shared.$queryRaw`SELECT revoke_operator_token(${by}, ${id}::uuid) AS done`);
}

export async function insertSignInLink(
  owner: Database,
  by: string,
  link: SignInLinkRow & { readonly hash: Hash; readonly expiresAt: Date },
): Promise<void> {
  await owner.shared.$queryRaw`
    SELECT write_sign_in_link(${by}, ${link.hash}, ${link.role}, ${link.name}, ${link.expiresAt}::timestamptz)::text`;
}

/** Whether there is such an operator. */
export async function changeOperatorAsOwner(
  owner: Database,
  by: string,
  id: string,
  { role, disabled }: OperatorChange,
): Promise<boolean> {
  return isDone(
    await owner.shared
      .$queryRaw`SELECT apply_operator_change(${by}, ${id}::uuid, ${role}, ${disabled}::boolean) AS done`,
  );
}

/** Whether there was such a session in force. */
export async function endSessionAsOwner(owner: Database, by: string, id: string): Promise<boolean> {
  return isDone(await owner.shared.$queryRaw`SELECT end_session_as_owner(${by}, ${id}::uuid) AS done`);
}

export async function listOperatorsAsOwner(owner: Database): Promise<readonly OperatorRow[]> {
  return await owner.shared.$queryRaw<OperatorRow[]>`
    SELECT id, issuer, name, email, role, signed_in_at AS "signedInAt", disabled_at AS "disabledAt" FROM operators ORDER BY name, id`;
}

export interface SessionAsOwner {
  readonly id: string;
  readonly operatorId: string;
  readonly name: string;
  readonly agent: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly endsAt: Date;
}

/** Those in force. */
export async function listSessionsAsOwner(owner: Database): Promise<readonly SessionAsOwner[]> {
  return await owner.shared.$queryRaw<SessionAsOwner[]>`
    SELECT s.id, s.operator_id AS "operatorId", o.name, s.agent, s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt",
      least(s.ends_at, s.idle_ends_at) AS "endsAt"
    FROM operator_sessions s JOIN operators o ON o.id = s.operator_id
    WHERE s.ended_at IS NULL AND s.ends_at > now() AND s.idle_ends_at > now() AND o.disabled_at IS NULL ORDER BY s.last_seen_at DESC`;
}

export interface TokenAsOwner {
  readonly id: string;
  readonly name: string;
  readonly role: OperatorRole;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** Those in force. */
export async function listTokensAsOwner(owner: Database): Promise<readonly TokenAsOwner[]> {
  return await owner.shared.$queryRaw<TokenAsOwner[]>`
    SELECT id, name, role, created_at AS "createdAt", last_used_at AS "lastUsedAt" FROM operator_tokens
    WHERE revoked_at IS NULL ORDER BY created_at`;
}

function isDone(rows: unknown): boolean {
  return (rows as readonly { readonly done: boolean }[])[0]?.done === true;
}
