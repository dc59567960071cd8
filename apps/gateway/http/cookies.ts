import { createHash } from 'node:crypto';

/** The value of one cookie. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const pair = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

/** What forms of a kind must show to have come from a page of ours in the browser that holds this secret. */
export function formToken(kind: string, secret: string): string {
  return createHash('sha256').update(`${kind}\n${secret}`).digest('base64url');
}
