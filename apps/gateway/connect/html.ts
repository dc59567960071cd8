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

export interface PageOptions {
  readonly language?: string;
  readonly direction?: 'ltr' | 'rtl';
  /** The address of the picture that a tab is known by; the gateway's own unless said. */
  readonly icon?: string | undefined;
  /** The address of a script; the page must do without as well. */
  readonly script?: string;
  /** Where a browser without a script goes on by itself, and after how long. */
  readonly refresh?: { readonly seconds: number; readonly address: string };
  /** The addresses of more style sheets. */
  readonly styles?: readonly string[];
  /** More attributes of the main part. */
  readonly attributes?: Html;
  /** Around the main part. */
  readonly before?: Html;
  readonly after?: Html;
}

/** A whole page. */
export function page(title: string, body: Html, options: PageOptions = {}): string {
  const {
    icon = '/connect/icon.svg',
    refresh,
    script,
    styles = [],
    language = 'en',
    direction = 'ltr',
    attributes,
    before,
    after,
  } = options;
  // A refresh that has begun cannot be taken back: where a script looks by itself, there is to be none.
  const goOn =
    refresh === undefined
      ? ''
      : html`<noscript><meta http-equiv="refresh" content="${refresh.seconds}; url=${refresh.address}" /></noscript>`;
  const document = html`<!doctype html>
    <html lang="${language}" dir="${direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${goOn}
        <title>${title}</title>
        <link rel="icon" href="${icon}" />
        <link rel="stylesheet" href="/connect/style.css" />
        ${styles.map((href) => html`<link rel="stylesheet" href="${href}" />`)}
        ${script === undefined ? '' : html`<script src="${script}" defer></script>`}
      </head>
      <body>
        ${before}
        <main${attributes}>${body}</main>
        ${after}
      </body>
    </html>`;
  return document.text;
}
