/** A request as it leaves: signed, complete, with the address it is meant for. */
export interface OutgoingMessage {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/*
 * Names the transport sets itself (host also decides which certificate is accepted), names that concern one connection
 * only (RFC 9110 section 7.6.1), and names that tell one party about another: cookies, proxies, forwarding.
 */
const OWN_HEADERS =
  /^(?:host|content-length|transfer-encoding|accept-encoding|connection|keep-alive|proxy-.*|te|trailer|upgrade|expect|cookie2?|forwarded|x-forwarded-.*|x-real-ip|via|cdn-loop)$/;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// RFC 9110 section 5.5: visible characters, space and tab. Line ends and NUL would let a value become a header.
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
// RFC 9110 section 9.3.8: a trace shows the request's own headers, credentials included; CONNECT is for proxies.
const METHOD = /^(?!TRACE$|CONNECT$|TRACK$)[A-Z]{1,20}$/;

/**
 * The headers to send, by lower-case name, without those the transport sets itself; `undefined` when the message is not
 * valid HTTP: a method, name or value that could be read as something else.
 */
export function headersToSend(message: OutgoingMessage, userAgent: string): Record<string, string> | undefined {
  if (!METHOD.test(message.method)) return undefined;
  const headers = new Map([
    ['user-agent', userAgent],
    ['accept', '*/*'],
  ]);
  const seen = new Set<string>();
  for (const [given, value] of Object.entries(message.headers)) {
    const name = given.toLowerCase();
    // Two spellings of one name: which one a server believes is anybody's guess.
    if (!TOKEN.test(name) || !HEADER_VALUE.test(value) || seen.has(name)) return undefined;
    seen.add(name);
    if (!OWN_HEADERS.test(name)) headers.set(name, value);
  }
  return Object.fromEntries(headers);
}
