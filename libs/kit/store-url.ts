import { GatewayError } from '#contract';

// The work on a hostile address grows with the square of its length.
const LONGEST_ADDRESS = 2000;

/**
 * Reads the address of a shop as a merchant types or pastes it. Keeps sub-folders and ports, adds `https://` where no
 * scheme is given, drops query and fragment. Whether the address may be called at all is the egress rule's business.
 * @throws GatewayError `request_invalid`
 */
export function readStoreUrl(text: string, field: string): URL {
  if (text.length > LONGEST_ADDRESS) throw invalidField(field, 'This is too long for the address of a shop.');
  const trimmed = text.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || !isPlain(trimmed, url)) {
    throw invalidField(field, 'Enter the address of the shop, such as https://shop.example.com');
  }
  const path = url.pathname.replace(/\/+$/, '');
  return new URL(`${url.protocol}//${url.host}${path}/`);
}

// A backslash, white space or user name in an address is read differently by different programs: nobody types it.
function isPlain(text: string, url: URL): boolean {
  return !/[\s\\@]/.test(text) && url.username === '' && url.hostname.length > 0 && !url.hostname.endsWith('.');
}

/** The error for one field of a form. */
export function invalidField(field: string, message: string): GatewayError<'request_invalid'> {
  return new GatewayError('request_invalid', message, { fields: [{ path: field, message }] });
}
