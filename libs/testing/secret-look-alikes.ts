const SHAPES: readonly { readonly what: string; readonly shape: RegExp }[] = [
  { what: 'a prefixed token', shape: /\b[a-z]{2,10}_[A-Za-z0-9]{24,}\b/g },
  { what: 'a JWT', shape: /\beyJ[\w-]{8,}\.[\w-]{8,}/g },
  { what: 'an Authorization value', shape: /\b(?:Basic|Bearer|OAuth)\s+(?!REDACTED\b)[\w.~+/="-]{12,}/g },
  { what: 'a private key', shape: /-----BEGIN [A-Z ]*PRIVATE KEY-----/g },
  { what: 'a credential in an address', shape: /\/\/[^\s/:@"]+:[^\s/@"]+@/g },
  {
    what: 'a secret parameter',
    shape:
      /\b(?:\w*secret|\w*token|password|api_?key|consumer_key|oauth_signature|(?<!\/coupons\?[^\s"]*)code)=(?!REDACTED\b)[^\s&"]{8,}/gi,
  },
  {
    what: 'a secret header',
    shape: /"(?:authorization|cookie|set-cookie|x-[a-z-]*token|x-api-key)"\s*:\s*"(?!(?:\w+ )?REDACTED")[^"]+"/gi,
  },
];

/** What looks like a credential in a text, each with its kind and only its first characters. */
export function secretLookAlikes(text: string): readonly string[] {
  return SHAPES.flatMap(({ what, shape }) =>
    (text.match(shape) ?? []).map((found) => `${what}: ${found.slice(0, 12)}…`),
  );
}
