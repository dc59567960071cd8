import { escapeHtml } from './escape-html.js';

const STYLE = `
body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f4f5f7;color:#1c1e21}
main{max-width:46rem;margin:2rem auto;background:#fff;border:1px solid #d8dbe0;border-radius:8px;padding:1.5rem 2rem}
table{border-collapse:collapse;width:100%}td{overflow-wrap:anywhere}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-top:1px solid #e4e6ea}
button{font:inherit;padding:.5rem 1.2rem;border-radius:6px;border:1px solid #1c1e21;background:#fff;cursor:pointer}
button.primary{background:#1c1e21;color:#fff}form{display:inline}small{color:#5b6068}`;

/**
 * A complete page around a body. It works without any script.
 * @param title plain text; escaped here
 * @param body HTML; whoever builds it escapes what it puts in
 */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

/** Headers every HTML answer carries. Form targets stay open, because a consent form ends in a redirect to another origin. */
export const HTML_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;
