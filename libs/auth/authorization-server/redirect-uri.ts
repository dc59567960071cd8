import { isIP } from 'node:net';

/**
 * Says what is wrong with a redirect URI, or undefined for one that may be registered: an absolute https address without a
 * fragment, or http to the loopback address for an app that is being developed (RFC 9700, section 2.1; RFC 6749, section 3.1.2).
 */
export function redirectUriProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.href !== text) return 'must be an absolute address, spelt as a browser would send it';
  if (text.includes('#')) return 'must have no fragment';
  if (url.username !== '' || url.password !== '') return 'must have no user name';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return undefined;
  return 'must be https (http only for 127.0.0.1 or [::1])';
}

function isLoopback(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return (isIP(bare) === 4 && bare.startsWith('127.')) || bare === '::1';
}
