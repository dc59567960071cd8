import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

// Of the signs that ids are written in everywhere, and long enough to be one: it is printed in logs and kept in the audit log.
const WELL_FORMED = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,63}$/;

/** The id that the caller gave a request, where it is well-formed; otherwise a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && WELL_FORMED.test(given) ? given : randomUUID();
}
