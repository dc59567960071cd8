import { GatewayError } from '#contract';
import type { AppRow, ConnectSessionRow } from '#persistence';

type Registered = Pick<AppRow, 'mode' | 'returnOrigins'>;

/**
 * An open redirect would lend our name to whoever builds a link: only addresses the app registered are returned to.
 * @param path the field of the request that named it
 * @throws GatewayError `request_invalid` naming that field
 */
export function checkReturnUrl(app: Registered, text: string, path = 'returnUrl'): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && isPlain(text) && isOfApp(app, url)) return url;
  const message = 'The return address must belong to an origin that the app registered.';
  throw refused(path, message);
}

/**
 * Whoever opens the link is told what came of it, so that it must be one who is returned to, too.
 * @throws GatewayError `request_invalid`
 */
export function checkOpenerOrigin(app: Registered, text: string): void {
  const { origin } = checkReturnUrl(app, text, 'openerOrigin');
  if (origin !== text) throw refused('openerOrigin', `An origin is written without a path: ${origin}.`);
}

/**
 * The one origin that is told what came of a link, and may ask. It is looked up in what is registered now: an origin that
 * the app gave up meanwhile is told nothing.
 */
export function openerOriginOf(
  { openerOrigin, returnUrl }: Pick<ConnectSessionRow, 'openerOrigin' | 'returnUrl'>,
  app: Registered,
): string | undefined {
  const named = openerOrigin ?? returnUrl;
  if (named === null) return undefined;
  const url = new URL(named);
  return isOfApp(app, url) ? url.origin : undefined;
}

/** As everybody reads it: other parsers take `\` for `/`, and take what stands before `@` for the host. */
function isPlain(text: string): boolean {
  return /^https?:\/\/[^/?#@\\]+(?:[/?#]|$)/i.test(text) && !/[\\\s]/.test(text);
}

function isOfApp({ returnOrigins, mode }: Registered, url: URL): boolean {
  return returnOrigins.includes(url.origin) || (mode === 'test' && isLoopback(url));
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return /^https?:$/.test(protocol) && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

function refused(path: string, message: string): GatewayError<'request_invalid'> {
  return new GatewayError('request_invalid', message, { fields: [{ path, message }] });
}
