import { KEY_PERMISSIONS, type KeyPermissions } from './api-keys.js';
import { isLoopbackHost } from './callback-post.js';
import { decodePhp, encodeRfc3986, type PhpArray, textOf } from '../php-query.js';

/** What an application asks the merchant for. */
export interface ConsentRequest {
  readonly appName: string;
  readonly scope: KeyPermissions;
  /** The application's own word for this attempt; echoed back, never looked at. */
  readonly userId: string;
  readonly returnUrl: string;
  readonly callbackUrl: string;
}

type ConsentReading =
  | { readonly request: ConsentRequest }
  /** Why not, in the words of a genuine shop without the full stop. */
  | { readonly reason: string };

const NAMES = ['app_name', 'user_id', 'return_url', 'callback_url', 'scope'] as const;

/**
 * Checks the five parameters in a genuine shop's order (fact sheet, section 2.1; recorded: consent-err-*.json).
 * @param allowLoopbackCallback lets `http://` pass where it stays on this machine
 */
export function readConsentRequest(query: PhpArray, allowLoopbackCallback: boolean): ConsentReading {
  for (const name of NAMES) {
    const value = query.get(name);
    if (value === undefined || value === '' || value === '0') return { reason: `Missing parameter ${name}` };
    if (typeof value !== 'string') return { reason: `Invalid parameter ${name}` };
  }
  const text = (name: (typeof NAMES)[number]): string => textOf(query, name) ?? '';
  const scope = KEY_PERMISSIONS.find((permissions) => permissions === text('scope'));
  if (scope === undefined) return { reason: `Invalid scope ${text('scope')}` };
  const returnUrl = formattedUrl(text('return_url'));
  const callbackUrl = formattedUrl(text('callback_url'));
  for (const url of [returnUrl, callbackUrl]) if (!isUrl(url)) return { reason: `The ${url} is not a valid URL` };
  if (!isAcceptableCallback(callbackUrl, allowLoopbackCallback)) {
    return { reason: 'The callback_url needs to be over SSL' };
  }
  const [appName, userId] = [text('app_name'), text('user_id')];
  return { request: { appName, scope, userId, returnUrl, callbackUrl } };
}

/** The same parameters again, in the order a genuine shop passes them from page to page (recorded: consent-1-…json). */
export function consentQuery({ appName, userId, returnUrl, callbackUrl, scope }: ConsentRequest): string {
  const pairs = [appName, userId, returnUrl, callbackUrl, scope].map((value, index) => {
    return `${NAMES[index] ?? ''}=${encodeRfc3986(value)}`;
  });
  return pairs.join('&');
}

/**
 * The address the merchant returns to. The answer is appended to an existing query and not escaped, as on a genuine
 * shop: an application that puts `&` into `user_id` gets it back broken.
 */
export function returnAddress({ returnUrl, userId }: ConsentRequest, success: 0 | 1): string {
  const [address = '', fragment] = returnUrl.split('#', 2);
  const [path = '', query = ''] = address.split('?', 2);
  const kept = query.split('&').filter((pair) => pair !== '' && !/^(success|user_id)(=|$)/.test(pair));
  const pairs = [...kept, `success=${success}`, `user_id=${userId}`];
  return `${path}?${pairs.join('&')}${fragment === undefined ? '' : `#${fragment}`}`;
}

/** Makes an address fit for a Location header as WordPress does: escapes what lies outside ASCII, drops the rest. */
export function redirectTarget(url: string): string {
  return url
    .replaceAll(' ', '%20')
    .replace(/[^\u0000-\u007f]+/g, encodeURIComponent)
    .replace(/[^a-z0-9\-~+_.?#=&;,/:%!*[\]()@]/gi, '');
}

/** A genuine shop decodes once more than it should and adds `https://` where no scheme is given. */
function formattedUrl(text: string): string {
  const url = decodePhp(text);
  return url.includes('://') ? url : `https://${url}`;
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[\u0021-\u007e]+$/i.test(text) && URL.canParse(text);
}

function isAcceptableCallback(url: string, allowLoopbackCallback: boolean): boolean {
  if (/^https:\/\//i.test(url)) return true;
  return allowLoopbackCallback && /^http:\/\//i.test(url) && isLoopbackHost(new URL(url).hostname);
}
