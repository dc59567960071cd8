import type { Told } from './dressing.js';
import { draw, type Frame } from './frame.js';
import { html, type Html } from './html.js';

/** Where the merchant can go from a screen. */
export interface Link {
  readonly label: string;
  readonly href: string;
}

export interface Ending {
  readonly title: string;
  readonly text: Html;
  readonly good: boolean;
  readonly app?: string | undefined;
  readonly links?: readonly Link[];
  readonly more?: Html;
  readonly told?: Told | undefined;
}

/** Where a way ends, or stops: what happened, and what can be done next. */
export function ending(frame: Frame, { title, text, good, app, links = [], more, told }: Ending): string {
  const body = html`<h1 class="${good ? 'good' : 'bad'}">${title}</h1>
    <p>${text}</p>
    ${more} ${linkList(links)}`;
  return draw(frame, {
    ...{ title, name: 'ending', body, isFailure: !good, told },
    ...(good ? { step: 4 } : {}),
    ...(app === undefined ? {} : { app }),
  });
}

/** The first of them as a button. */
export function linkList(links: readonly Link[]): Html {
  const items = links.map(
    ({ label, href }, index) => html`<p><a${index === 0 ? html` class="button"` : ''} href="${href}">${label}</a></p>`,
  );
  return html`${items}`;
}
