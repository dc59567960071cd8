import { randomBytes, randomUUID } from 'node:crypto';
import { GatewayError } from '#contract';
import { type Database, findOperator, insertOperatorToken } from '#persistence';
import { hashKey } from './keys/api-key.js';

const PREFIX = 'sso_';
const TOKEN = /^sso_[A-Za-z0-9_-]{43}$/;

/** Makes a token for an operator, shown once. Needs the owner's role. */
export async function createOperatorToken(owner: Database, name: string): Promise<string> {
  const text = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  await insertOperatorToken(owner, randomUUID(), name, hashKey(text));
  return text;
}

/** What is kept of a token, and found by. */
export function operatorHash(text: string): Uint8Array<ArrayBuffer> {
  return hashKey(text);
}

/** @throws GatewayError `unauthorized` */
export async function requireOperator(
  database: Database,
  text: string,
): Promise<{ readonly id: string; readonly name: string }> {
  const operator = TOKEN.test(text) ? await findOperator(database, hashKey(text)) : undefined;
  if (operator === undefined) throw new GatewayError('unauthorized', 'This is not a valid operator token.');
  return operator;
}
