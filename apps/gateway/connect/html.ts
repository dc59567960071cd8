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

interface PageOptions {
  /** Loads it again by itself, without a script. */
  readonly refreshSeconds?: number;
  /** For tables. */
  readonly wide?: true;
}

/** A whole page. */
export function page(title: string, body: Html, { refreshSeconds, wide }: PageOptions = {}): string {
  const refresh = refreshSeconds === undefined ? '' : html`<meta http-equiv="refresh" content="${refreshSeconds}" />`;
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${refresh}
        <title>${title}</title>
        <link rel="stylesheet" href="/connect/style.css" />
      </head>
      <body>
        <main${wide === true ? WIDE : ''}>${body}</main>
      </body>
    </html>`;
  return document.text;
}
