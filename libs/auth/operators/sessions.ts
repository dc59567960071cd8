import { randomUUID } from 'node:crypto';
import { GatewayError } from '#contract';
import { hashToken, randomToken } from '#kit';
import {
  type Database,
  insertSignInLink,
  type NewOperatorSession,
  type OperatorIdentity,
  type OperatorRole,
  type SessionLimits,
  signInOperator,
  useSignInLink,
} from '#persistence';

/** ASVS 7.3: half an hour without a request, twelve hours in all. */
export const SESSION_LIMITS: SessionLimits = { idleSeconds: 30 * 60, longestSeconds: 12 * 3600 };

const SESSION = /^sos_[A-Za-z0-9_-]{43}$/;
const LINK = /^[A-Za-z0-9_-]{43}$/;
const LINK_MS = 15 * 60_000;
const LONGEST_AGENT = 200;

export function isSessionText(text: string): boolean {
  return SESSION.test(text);
}

/** The browser that signs in. */
export interface SigningBrowser {
  /** The session it had until now, in its own words: it ends, and its id is never used again. */
  readonly previous: string | undefined;
  readonly agent: string | undefined;
  readonly now: Date;
}

function newSession({ previous, agent, now }: SigningBrowser): NewOperatorSession & { readonly text: string } {
  const text = `sos_${randomToken()}`;
  return {
    ...{ text, id: randomUUID(), hash: hashToken(text), now, limits: SESSION_LIMITS },
    replaces: previous === undefined ? null : hashToken(previous),
    agent: (agent ?? '').slice(0, LONGEST_AGENT),
  };
}

/**
 * Begins a session for somebody whom their provider has named.
 * @returns what the cookie holds, this once
 * @throws GatewayError `sign_in_refused` for an operator who was disabled
 */
export async function signInWithIdentity(
  database: Database,
  identity: OperatorIdentity,
  browser: SigningBrowser,
): Promise<string> {
  const session = newSession(browser);
  const operator = await signInOperator(database, identity, session);
  if (operator === undefined) {
    throw new GatewayError(
      'sign_in_refused',
      'This operator was disabled; an administrator of this gateway can undo it.',
    );
  }
  return session.text;
}

/**
 * Uses a one-time link up.
 * @returns what the cookie holds, this once
 * @throws GatewayError `sign_in_link_invalid`
 */
export async function signInWithLink(database: Database, link: string, browser: SigningBrowser): Promise<string> {
  const session = newSession(browser);
  const operator = LINK.test(link) ? await useSignInLink(database, hashToken(link), session) : undefined;
  if (operator === undefined) throw linkInvalid();
  return session.text;
}

export function linkInvalid(): GatewayError<'sign_in_link_invalid'> {
  return new GatewayError('sign_in_link_invalid', 'This sign-in link is unknown, was used already, or is too old.');
}

/** Makes a one-time link. Needs the owner's role. @param by who makes it, for the audit log */
export async function createSignInLink(
  owner: Database,
  by: string,
  { name, role, now }: { readonly name: string; readonly role: OperatorRole; readonly now: Date },
): Promise<{ readonly text: string; readonly expiresAt: Date }> {
  const text = randomToken();
  const expiresAt = new Date(now.getTime() + LINK_MS);
  await insertSignInLink(owner, by, { hash: hashToken(text), name, role, expiresAt });
  return { text, expiresAt };
}
