/** A request to a simulated shop, taken apart. */
export interface HostRequest {
  /** Lower case. */
  readonly host: string;
  /** What the platform sees: path and query behind the host segment, always with a leading slash. */
  readonly url: string;
  /** The same without the query. */
  readonly path: string;
}

/**
 * Takes `/<host>/<rest>` apart. Only a first segment with a dot is a host, so the sandbox's own pages keep their names.
 * @returns undefined when the first segment is no host
 */
export function hostRequest(url: string): HostRequest | undefined {
  const match = /^\/([^/?#]*\.[^/?#]*)(.*)$/s.exec(url);
  if (match === null) return undefined;
  const [, host = '', rest = ''] = match;
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  return { host: host.toLowerCase(), url: target, path: target.split('?', 1)[0] ?? '/' };
}
