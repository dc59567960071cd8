/** Markup that is safe to send as it is. */
export class Html {
  constructor(readonly text: string) {}
}

type Content = string | number | null | undefined | Html | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function textOf(content: Content): string {
  if (content === null || content === undefined) return '';
  if (content instanceof Html) return content.text;
  if (typeof content === 'object') return content.map(({ text }) => text).join('');
  return String(content).replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? '');
}

/** Markup in which everything inserted is escaped, unless it is markup made the same way. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(parts.map((part, index) => part + textOf(contents[index])).join(''));
}

const WIDE = html` class="wide"`;

/** How an app wants its screens to look. */
export interface Brand {
  readonly name: string;
  /** Its colours; undefined where it has none, or where the link is not known whose style this would be. */
  readonly styleHref?: string | undefined;
  readonly logoHref?: string | undefined;
  /** Whom a merchant asks who does not get any further. */
  readonly support?: { readonly label: string; readonly href: string } | undefined;
}

/** What the page that opened this one as a popup is told; `openerOrigin` alone gets to hear it. */
export interface OpenerNote {
  readonly openerOrigin: string;
  readonly session: string;
  readonly status: 'connected' | 'failed';
  readonly storeId?: string | undefined;
}

export interface PageOptions {
  /** Loads it again by itself, without a script. */
  readonly refreshSeconds?: number;
  /** For tables. */
  readonly wide?: true;
  readonly brand?: Brand | undefined;
  /** Something did not work: whoever helps is named. */
  readonly isFailure?: boolean;
  readonly note?: OpenerNote | undefined;
}

const NEED_HELP = 'Need help?';

function brandHeader({ name, logoHref }: Brand): Html {
  const logo = logoHref === undefined ? '' : html`<img src="${logoHref}" alt="" />`;
  return html`<header class="brand">${logo}<span>${name}</span></header>`;
}

function brandFooter({ support }: Brand): Html | null {
  if (support === undefined) return null;
  return html`<footer class="soft">${NEED_HELP} <a href="${support.href}">${support.label}</a></footer>`;
}

function noteScript({ openerOrigin, session, status, storeId }: OpenerNote): Html {
  return html`<script
    defer
    src="/connect/opener.js"
    data-origin="${openerOrigin}"
    data-session="${session}"
    data-status="${status}"
    data-store="${storeId}"
  ></script>`;
}

/** A whole page. */
export function page(title: string, body: Html, options: PageOptions = {}): string {
  const { refreshSeconds, wide, brand, isFailure, note } = options;
  const refresh = refreshSeconds === undefined ? '' : html`<meta http-equiv="refresh" content="${refreshSeconds}" />`;
  const style = brand?.styleHref === undefined ? '' : html`<link rel="stylesheet" href="${brand.styleHref}" />`;
  const footer = brand === undefined || isFailure !== true ? '' : brandFooter(brand);
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${refresh}
        <title>${title}</title>
        <link rel="stylesheet" href="/connect/style.css" />
        ${style} ${note === undefined ? '' : noteScript(note)}
      </head>
      <body>
        <main${wide === true ? WIDE : ''}>${brand === undefined ? '' : brandHeader(brand)}${body}${footer}</main>
      </body>
    </html>`;
  return document.text;
}
