import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '#contract';
import { randomToken } from '#kit';
import { formToken, readCookie } from '../http/cookies.js';

const LIFETIME_SECONDS = 3600;
const LANGUAGE_SECONDS = 365 * 24 * 3600;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

type Names = [browser: string, link: string, popup: string, language: string];

/** Binds a merchant's way to the browser that began it. */
export interface BrowserCookies {
  /** The browser's random value, given to it when it has none. */
  ensure(request: FastifyRequest, reply: FastifyReply): string;
  /** The browser's random value, or an empty text. */
  read(request: FastifyRequest): string;
  /** Remembers the connect link, so that a failed way back can offer to start again. */
  rememberLink(reply: FastifyReply, token: string): void;
  readLink(request: FastifyRequest): string | undefined;
  /** Remembers that a link was opened as a popup, or that it was opened anew and is none. */
  notePopup(request: FastifyRequest, reply: FastifyReply, token: string): void;
  /** The link that was opened as a popup. */
  readPopup(request: FastifyRequest): string | undefined;
  /** Remembers the language that the merchant chose. */
  rememberLanguage(reply: FastifyReply, language: Language): void;
  readLanguage(request: FastifyRequest): string | undefined;
}

export function browserCookies(https: boolean): BrowserCookies {
  // `__Host-` is only accepted with Secure, and that only over https.
  const prefix = https ? '__Host-' : '';
  const named = ['browser', 'link', 'popup', 'language'].map((name) => `${prefix}shopspan_${name}`);
  const [browser, link, popup, spoken] = named as Names;
  const set = (reply: FastifyReply, name: string, value: string, seconds = LIFETIME_SECONDS) => {
    // Lax: the way back from the platform is a top-level navigation from another site.
    const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${https ? '; Secure' : ''}`;
    const known = reply.getHeader('set-cookie');
    void reply.header('set-cookie', [...(Array.isArray(known) ? known : []), `${name}=${value}; ${attributes}`]);
  };
  const read = (request: FastifyRequest, name: string) => {
    const value = readCookie(request.headers.cookie, name);
    return value !== undefined && TOKEN.test(value) ? value : undefined;
  };
  return {
    ensure(request, reply) {
      const value = read(request, browser) ?? randomToken();
      set(reply, browser, value);
      return value;
    },
    read: (request) => read(request, browser) ?? '',
    rememberLink: (reply, token) => set(reply, link, token),
    readLink: (request) => read(request, link),
    notePopup(request, reply, token) {
      if (new URL(request.url, 'http://localhost').searchParams.get('display') === 'popup') set(reply, popup, token);
      // From one of our own screens the merchant comes back to it within the popup.
      else if (request.headers['sec-fetch-site'] !== 'same-origin' && read(request, popup) === token) {
        set(reply, popup, '');
      }
    },
    readPopup: (request) => read(request, popup),
    rememberLanguage: (reply, language) => set(reply, spoken, language, LANGUAGE_SECONDS),
    readLanguage: (request) => readCookie(request.headers.cookie, spoken),
  };
}

/** What a form must show to have come from a page of ours in this browser. */
export function csrfOf(browser: string): string {
  return formToken('form', browser);
}
