import { html, type Html } from './html.js';
import type { Words } from './languages/words.js';

/** How an app wants its screens to look. */
export interface Brand {
  readonly name: string;
  /** Its colours; undefined where it has none, or where the link is not known whose style this would be. */
  readonly styleHref?: string | undefined;
  readonly logoHref?: string | undefined;
  /** Whom a merchant asks who does not get any further. */
  readonly support?: { readonly label: string; readonly href: string } | undefined;
}

/** The page that opened a session's screens as a popup; its origin alone gets to hear how the session ended. */
export interface Opener {
  readonly origin: string;
  readonly session: string;
}

/** How a session ended. */
export interface Told {
  readonly status: 'connected' | 'failed';
  readonly storeId?: string | undefined;
}

export function brandHeader(brand: Brand | undefined): Html | null {
  if (brand === undefined) return null;
  const logo = brand.logoHref === undefined ? '' : html`<img src="${brand.logoHref}" alt="" />`;
  return html`<div class="brand">${logo}<span>${brand.name}</span></div>`;
}

export function supportLine(words: Words, brand: Brand | undefined): Html | null {
  if (brand?.support === undefined) return null;
  const { href, label } = brand.support;
  return html`<p class="contact soft">${words.say('needHelp')} <a href="${href}">${label}</a></p>`;
}

export function noteScript(opener: Opener | undefined, told: Told | undefined): Html | null {
  if (opener === undefined || told === undefined) return null;
  return html`<script
    defer
    src="/connect/opener.js"
    data-origin="${opener.origin}"
    data-session="${opener.session}"
    data-status="${told.status}"
    data-store="${told.storeId}"
  ></script>`;
}
