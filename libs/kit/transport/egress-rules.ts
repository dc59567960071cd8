import { isIP } from 'node:net';
import { isGloballyReachable } from './special-purpose-addresses.js';

/** Why an address may not be called. `message` is for the person who entered it. */
export interface Refusal {
  readonly reason: 'malformed' | 'scheme' | 'port' | 'credentials' | 'host' | 'address';
  readonly message: string;
}

/** A refusal, or how far the host is trusted: `listed` by the operator (any address), or `public` addresses only. */
export type Verdict =
  { readonly refusal: Refusal } | { readonly refusal?: undefined; readonly host: 'listed' | 'public' };

export interface EgressRuleOptions {
  /** Exact `host:port` entries, e.g. `localhost:8080` or `[::1]:8443`. Each opens http and https on that port only. */
  readonly allow: readonly string[];
  /** Host names never called, whatever else holds, such as the gateway's own public name (a loop). */
  readonly refuse?: readonly string[];
}

/** Judges an address by its spelling alone. No look-up, no network, never throws. */
export type EgressRules = (url: URL | string) => Verdict;

const LABEL = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const TOP_LABEL = '[a-z](?:[a-z0-9-]{0,61}[a-z0-9])';
const PUBLIC_NAME = new RegExp(`^(?=.{4,253}$)(?:${LABEL}\\.)+${TOP_LABEL}$`);
const LISTED_NAME = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`);
// Names of RFC 6761, RFC 8375, RFC 9476 and of cloud-internal zones: resolved by the machine or the network next to it.
const LOCAL_NAME = /(?:^|\.)(?:localhost|local|internal|localdomain|home\.arpa|onion|alt)$/;

const MESSAGES = {
  malformed: 'This is not a plain web address.',
  scheme: 'Only https addresses can be called.',
  port: 'Only the standard https port can be called.',
  credentials: 'An address with a user name or password cannot be called.',
  host: 'This host name cannot be called.',
  address: 'This host is not on the public internet.',
} as const satisfies Record<Refusal['reason'], string>;

/**
 * Builds the rules: https on port 443 at a public host, and exactly the operator's entries besides.
 *
 * @throws RangeError when an entry is not an exact `host:port`
 */
export function createEgressRules({ allow, refuse = [] }: EgressRuleOptions): EgressRules {
  const listed = new Set(allow.map(readEntry));
  const refused = new Set(refuse.map((host) => host.toLowerCase()));
  return (input) => {
    const url = typeof input === 'string' ? parsePlain(input) : input;
    if (url === undefined) return refusal('malformed');
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return refusal('scheme');
    if (url.username !== '' || url.password !== '') return refusal('credentials');
    if (refused.has(url.hostname)) return refusal('host');
    if (listed.has(`${url.hostname}:${portOf(url)}`)) return { host: 'listed' };
    return judgePublic(url);
  };
}

/** The port a URL is dialled at, with the default of its scheme. */
export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

/** The host of a URL as a dialler takes it: IPv6 without brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

function judgePublic(url: URL): Verdict {
  if (url.protocol !== 'https:') return refusal('scheme');
  if (portOf(url) !== 443) return refusal('port');
  const host = hostOf(url);
  if (isIP(host) !== 0) return isGloballyReachable(host) ? { host: 'public' } : refusal('address');
  return PUBLIC_NAME.test(host) && !LOCAL_NAME.test(host) ? { host: 'public' } : refusal('host');
}

function refusal(reason: Refusal['reason']): Verdict {
  return { refusal: { reason, message: MESSAGES[reason] } };
}

/*
 * Programs disagree about addresses a parser had to repair: white space, backslashes, missing slashes, percent signs and
 * other alphabets in the host, IPv4 as a number. What was written must already be what is called. The one repair allowed
 * is an internationalised name, recognisable by its `xn--` label.
 */
function parsePlain(text: string): URL | undefined {
  // Control characters are what this looks for: the parser drops tab and newline silently.
  if (/[\s\p{Cc}\\]/u.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const written = /^[a-z]+:\/\/(?:[^/?#]*@)?([^/?#@]+)/i.exec(text)?.[1]?.toLowerCase();
  if (written === undefined || written.includes('%')) return undefined;
  const isVerbatim = written === url.host || written === `${url.hostname}:${portOf(url)}`;
  return isVerbatim || /(?:^|\.)xn--/.test(url.hostname) ? url : undefined;
}

function readEntry(entry: string): string {
  const [, host = '', port = ''] = /^(\[[0-9a-f:.]+\]|[^:[\]]+):(\d{1,5})$/.exec(entry.trim().toLowerCase()) ?? [];
  const canonical = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : undefined;
  const isPlain = canonical === host && (isIP(host.replace(/^\[|\]$/g, '')) !== 0 || LISTED_NAME.test(host));
  if (!isPlain || Number(port) < 1 || Number(port) > 65_535) {
    throw new RangeError(`Not an exact host:port: ${JSON.stringify(entry)}`);
  }
  return `${host}:${Number(port)}`;
}
