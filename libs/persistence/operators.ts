import type { Database } from './database.js';

export const OPERATOR_ROLES = ['viewer', 'operator', 'admin'] as const;
/** Each may do what those before it may: see, stop and lift, manage operators. */
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/** What became of something that an operator wanted; the database is the one judge of it. */
export type OperatorOutcome =
  | 'done'
  /** Written down; a second person must want it too. */
  | 'asked'
  | 'notFound'
  | 'roleMissing'
  | 'stepUpRequired'
  | 'secondPersonRequired';

type Hash = Uint8Array<ArrayBuffer>;

export interface OperatorTokenRow {
  readonly id: string;
  readonly name: string;
  readonly role: OperatorRole;
}

/** Whose token has this hash, if it is in force. */
export async function findOperatorToken(database: Database, hash: Hash): Promise<OperatorTokenRow | undefined> {
  const rows = await database.shared.$queryRaw<OperatorTokenRow[]>`SELECT id, name, role FROM find_operator(${hash})`;
  return rows[0];
}

/** For how long a session holds, in seconds. */
export interface SessionLimits {
  readonly idleSeconds: number;
  readonly longestSeconds: number;
}

export interface OperatorSessionRow {
  readonly id: string;
  readonly operatorId: string;
  readonly name: string;
  /** As of now, not as of the sign-in. */
  readonly role: OperatorRole;
  readonly createdAt: Date;
  readonly endsAt: Date;
  readonly steppedUpAt: Date | null;
}

/** The session in force with this hash; being found, it is not idle. */
export async function findOperatorSession(
  database: Database,
  hash: Hash,
  now: Date,
  { idleSeconds }: Pick<SessionLimits, 'idleSeconds'>,
): Promise<OperatorSessionRow | undefined> {
  const rows = await database.shared.$queryRaw<OperatorSessionRow[]>`
    SELECT id, operator_id AS "operatorId", name, role, created_at AS "createdAt", ends_at AS "endsAt", stepped_up_at AS "steppedUpAt"
    FROM find_operator_session(${hash}, ${now}::timestamptz, ${idleSeconds}::int)`;
  return rows[0];
}

export interface NewOperatorSession {
  readonly id: string;
  readonly hash: Hash;
  readonly now: Date;
  readonly limits: SessionLimits;
  /** The session that the browser had until now; it ends. */
  readonly replaces: Hash | null;
  readonly agent: string;
}

/** Who signs in, as their provider says. */
export interface OperatorIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: OperatorRole;
  /** When they proved who they are; null where the provider does not say. */
  readonly authenticatedAt: Date | null;
}

/** @returns the operator's id; undefined for one who was disabled */
export async function signInOperator(
  database: Database,
  { issuer, subject, name, email, role, authenticatedAt }: OperatorIdentity,
  { id, hash, now, limits, replaces, agent }: NewOperatorSession,
): Promise<string | undefined> {
  const rows = await database.shared.$queryRaw<{ id: string | null }[]>`
    SELECT sign_in_operator(${issuer}, ${subject}, ${name}, ${email}, ${role}, ${id}::uuid, ${hash}, ${now}::timestamptz,
      ${limits.idleSeconds}::int, ${limits.longestSeconds}::int, ${authenticatedAt}::timestamptz, ${replaces}::bytea, ${agent}) AS id`;
  return rows[0]?.id ?? undefined;
}

export interface SignInLinkRow {
  readonly role: OperatorRole;
  readonly name: string;
}

/** The link with this hash, if it can still be used. Looking at it does not use it. */
export async function findSignInLink(database: Database, hash: Hash, now: Date): Promise<SignInLinkRow | undefined> {
  const rows = await database.shared.$queryRaw<SignInLinkRow[]>`
    SELECT role, name FROM find_sign_in_link(${hash}, ${now}::timestamptz)`;
  return rows[0];
}

/** Uses a link up. @returns the operator's id; undefined when the link is unknown, used or too old, or its operator was disabled */
export async function useSignInLink(
  database: Database,
  link: Hash,
  { id, hash, now, limits, replaces, agent }: NewOperatorSession,
): Promise<string | undefined> {
  const rows = await database.shared.$queryRaw<{ id: string | null }[]>`
    SELECT use_sign_in_link(${link}, ${id}::uuid, ${hash}, ${now}::timestamptz, ${limits.idleSeconds}::int,
      ${limits.longestSeconds}::int, ${replaces}::bytea, ${agent}) AS id`;
  return rows[0]?.id ?? undefined;
}

export interface ListedSession {
  readonly id: string;
  readonly operatorId: string;
  readonly name: string;
  readonly agent: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly endsAt: Date;
  readonly isOwn: boolean;
  /** The one that asks. */
  readonly isThis: boolean;
}

/** The sessions in force of whoever asks; for an administrator, everybody's. */
export async function listOperatorSessions(database: Database, credential: Hash): Promise<readonly ListedSession[]> {
  return await database.shared.$queryRaw<ListedSession[]>`
    SELECT id, operator_id AS "operatorId", name, agent, created_at AS "createdAt", last_seen_at AS "lastSeenAt", ends_at AS "endsAt",
      is_own AS "isOwn", is_this AS "isThis" FROM list_operator_sessions(${credential})`;
}

/** Ends one session, or with null the one that asks. */
export async function endOperatorSession(
  database: Database,
  credential: Hash,
  id: string | null,
): Promise<OperatorOutcome> {
  return outcomeOf(await database.shared.$queryRaw`SELECT end_operator_session(${credential}, ${id}::uuid) AS outcome`);
}

export interface OperatorRow {
  readonly id: string;
  readonly issuer: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: OperatorRole;
  readonly signedInAt: Date;
  readonly disabledAt: Date | null;
}

/** Everybody who ever signed in, for an administrator; nobody for anybody else. */
export async function listOperators(database: Database, credential: Hash): Promise<readonly OperatorRow[]> {
  return await database.shared.$queryRaw<OperatorRow[]>`
    SELECT id, issuer, name, email, role, signed_in_at AS "signedInAt", disabled_at AS "disabledAt" FROM list_operators(${credential})`;
}

export interface OperatorChange {
  readonly role: OperatorRole | null;
  /** Ends the operator's sessions, too. */
  readonly disabled: boolean | null;
}

/** In force on the operator's next request. */
export async function changeOperator(
  database: Database,
  credential: Hash,
  id: string,
  { role, disabled }: OperatorChange,
): Promise<OperatorOutcome> {
  return outcomeOf(
    await database.shared
      .$queryRaw`SELECT change_operator(${credential}, ${id}::uuid, ${role}, ${disabled}::boolean) AS outcome`,
  );
}

/** Of a function that answers with a word. */
export function outcomeOf(rows: unknown): OperatorOutcome {
  const [row] = rows as readonly { readonly outcome: OperatorOutcome }[];
  if (row === undefined) throw new Error('a function answered nothing');
  return row.outcome;
}
