import type { GatewayError } from '#contract';
import type { OpenSession } from '#connections';
import type { Frame } from './frame.js';
import { html, type Html } from './html.js';
import type { Words } from './languages/words.js';

/** An error as far as a screen tells of it; what an attempt came to is kept as its code and message alone. */
export type Failure = Pick<GatewayError, 'message'> & { readonly code: string };

/** What happened and what to do, in the merchant's language; what nobody translated stays English and says so. */
export function explain(words: Words, { code, message }: Failure, opened: OpenSession | undefined): Html {
  const names = { app: opened?.app.name, shop: opened?.store?.name };
  return words.error(code, names) ?? html`<span lang="en">${message}</span>`;
}

/** What whoever helps the merchant needs to know, as it was said. */
export function supportDetails({ words }: Frame, { code, message }: Failure, requestId: string): Html {
  return html`<details class="support">
    <summary>${words.say('details')}</summary>
    <p lang="en">${message} <code>${code}</code></p>
    <p>${words.say('detailsNumber', { number: requestId })}</p>
  </details>`;
}
