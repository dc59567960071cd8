import { randomUUID } from 'node:crypto';
import { hashToken, randomToken } from '#kit';
import { type Database, insertOperatorToken, type OperatorRole } from '#persistence';

const PREFIX = 'sso_';
const TOKEN = /^sso_[A-Za-z0-9_-]{43}$/;

/** Makes a token for scripts, shown once. Needs the owner's role. @param by who makes it, for the audit log */
export async function createOperatorToken(
  owner: Database,
  by: string,
  { name, role }: { readonly name: string; readonly role: OperatorRole },
): Promise<{ readonly id: string; readonly text: string }> {
  const text = `${PREFIX}${randomToken()}`;
  const id = randomUUID();
  await insertOperatorToken(owner, by, { id, name, role, hash: hashToken(text) });
  return { id, text };
}

export function isOperatorToken(text: string): boolean {
  return TOKEN.test(text);
}
