/** A complete answer, whatever its status. */
export interface Answer {
  readonly status: number;
  /** All values of every header by its lower-case name, in the order received. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Decompressed; `content-encoding` and `content-length` are gone from the headers when it was compressed. */
  readonly body: Uint8Array;
  /** A header's value, several joined by `, ` as RFC 9110 section 5.3 has it. The name's case does not matter. */
  header(name: string): string | undefined;
  /** The body as UTF-8, without byte order mark, broken sequences replaced. */
  text(): string;
}

export function createAnswer(status: number, headers: Answer['headers'], body: Uint8Array): Answer {
  return {
    status,
    headers,
    body,
    header: (name) => headers.get(name.toLowerCase())?.join(', '),
    text: () => new TextDecoder().decode(body),
  };
}

/**
 * Groups Node's flat list of names and values. Unlike `message.headers` it keeps repeated ones (several `link`, several
 * `retry-after`). Cookies are left out: no one here sends them back, and each is a credential waiting to be logged.
 */
export function readHeaders(raw: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? '';
    if (name === 'set-cookie' || name === 'set-cookie2') continue;
    const values = headers.get(name) ?? [];
    // Node reads header bytes as Latin-1.
    values.push(raw[index + 1] ?? '');
    headers.set(name, values);
  }
  return headers;
}
