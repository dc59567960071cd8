import { GatewayError } from '#contract';
import { hashToken } from '#kit';
import {
  type Database,
  findOperatorSession,
  findOperatorToken,
  OPERATOR_ROLES,
  type OperatorOutcome,
  type OperatorRole,
} from '#persistence';
import { isOperatorToken } from './operator-token.js';
import { isSessionText, SESSION_LIMITS } from './sessions.js';

/** Who operates, as of this request. */
export interface Operator {
  readonly kind: 'token' | 'session';
  /** Of the token, or of the person. */
  readonly id: string;
  readonly name: string;
  readonly role: OperatorRole;
  /** Names the credential to what acts in the operator's name. */
  readonly hash: Uint8Array<ArrayBuffer>;
  /** When they last proved who they are; never for a token. */
  readonly steppedUpAt: Date | null;
}

/** What a request came with. */
export interface PresentedCredential {
  readonly bearer: string | undefined;
  readonly session: string | undefined;
}

/**
 * Finds the operator. Nothing is kept in memory: a role that was changed, a session that was ended, an operator who was
 * disabled hold from the next request on.
 * @throws GatewayError `unauthorized`
 */
export async function requireOperator(
  database: Database,
  { bearer, session }: PresentedCredential,
  now: Date,
): Promise<Operator> {
  // A header is a decision of whoever sends it; a cookie is sent by itself.
  const operator =
    bearer === undefined ? await ofSession(database, session ?? '', now) : await ofToken(database, bearer);
  if (operator === undefined)
    throw new GatewayError('unauthorized', 'Sign in at /ops/sign-in, or send an operator token.');
  return operator;
}

async function ofToken(database: Database, text: string): Promise<Operator | undefined> {
  if (!isOperatorToken(text)) return undefined;
  const hash = hashToken(text);
  const token = await findOperatorToken(database, hash);
  return token === undefined ? undefined : { kind: 'token', ...token, hash, steppedUpAt: null };
}

async function ofSession(database: Database, text: string, now: Date): Promise<Operator | undefined> {
  if (!isSessionText(text)) return undefined;
  const hash = hashToken(text);
  const session = await findOperatorSession(database, hash, now, SESSION_LIMITS);
  if (session === undefined) return undefined;
  const { operatorId: id, name, role, steppedUpAt } = session;
  return { kind: 'session', id, name, role, hash, steppedUpAt };
}

/** @throws GatewayError `role_missing` */
export function requireRole({ role }: Operator, needed: OperatorRole): void {
  if (OPERATOR_ROLES.indexOf(role) < OPERATOR_ROLES.indexOf(needed)) throw roleMissing(needed);
}

function roleMissing(needed: OperatorRole): GatewayError<'role_missing'> {
  return new GatewayError('role_missing', `This takes the role ${needed}.`);
}

/**
 * What the database made of an operator's wish, for whoever wished it.
 * @param what is not there, such as `stop in force`
 * @throws GatewayError when it was not done
 */
export function requireDone(outcome: OperatorOutcome, what: string): void {
  switch (outcome) {
    case 'done':
    case 'asked':
      return;
    case 'notFound':
      throw new GatewayError('not_found', `There is no such ${what}.`);
    case 'roleMissing':
      throw new GatewayError('role_missing', 'Your role is not enough for this.');
    case 'stepUpRequired':
      throw new GatewayError(
        'step_up_required',
        'This takes a sign-in of the last five minutes: sign in again at /ops/sign-in?again=1. A token cannot do it.',
      );
    case 'secondPersonRequired':
      throw new GatewayError(
        'second_person_required',
        'You asked for this already; another administrator must confirm it.',
      );
  }
}
