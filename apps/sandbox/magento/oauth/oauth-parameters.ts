const IS_PROTOCOL = /oauth_[a-z_-]+/;

interface OAuthSource {
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
  /** What follows the question mark, as it was sent. */
  readonly query: string;
}

/**
 * What the shop reads for a signature: the header, then fields of a form body, then the query. A part of the query with
 * not exactly one `=` is ignored, a plus stays a plus (`rawurldecode`), names that look like the protocol's do not count
 * outside the header (fact sheet, section 2.2).
 * @returns undefined when the header is none of OAuth's
 */
export function oauthParameters(source: OAuthSource): ReadonlyMap<string, string> | undefined {
  const start = source.authorization?.toLowerCase().indexOf('oauth ') ?? -1;
  if (source.authorization === undefined || start === -1) return undefined;
  const parameters = new Map(headerPairs(source.authorization.slice(start + 6)));
  const isForm = source.contentType?.startsWith('application/x-www-form-urlencoded') === true;
  for (const [name, value] of isForm ? new URLSearchParams(source.body) : []) {
    if (!IS_PROTOCOL.test(name)) parameters.set(name, value);
  }
  for (const [name, value] of queryPairs(source.query)) parameters.set(name, value);
  return parameters;
}

function headerPairs(header: string): [string, string][] {
  return header
    .split(',')
    .map((part): [string, string] => {
      const equals = part.indexOf('=');
      const value = part.slice(equals + 1).trim();
      return [equals === -1 ? '' : part.slice(0, equals).trim(), value.replace(/^"+|"+$/g, '')];
    })
    .filter(([name]) => IS_PROTOCOL.test(name))
    .map(([name, value]) => [rawUrlDecode(name), rawUrlDecode(value)]);
}

function queryPairs(query: string): [string, string][] {
  return query
    .split('&')
    .map((part) => part.split('='))
    .filter((parts) => parts.length === 2 && !IS_PROTOCOL.test(parts[0] ?? ''))
    .map(([name = '', value = '']) => [rawUrlDecode(name), rawUrlDecode(value)]);
}

/** PHP's `rawurldecode`: malformed escapes stay as they are. */
export function rawUrlDecode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}
