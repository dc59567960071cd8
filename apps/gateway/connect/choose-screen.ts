import type { Connector } from '#contract';
import type { OpenSession } from '#connections';
import { draw, type Frame } from './frame.js';
import { html, type Html } from './html.js';

/** Below so many platforms there is nothing to search. */
const WORTH_SEARCHING = 3;

export interface Choice {
  /** `/connect/<token>` */
  readonly base: string;
  /** What was typed into the search field. */
  readonly search: string;
  readonly notice?: Html | undefined;
}

/** The platforms to choose from; without a script the search field asks the server. */
export function chooseScreen(frame: Frame, { app, connectors }: OpenSession, { base, search, notice }: Choice): string {
  const { words } = frame;
  const found = connectors.filter((connector) => isMeant(connector, search));
  const title = words.text('chooseTitle', { app: app.name });
  const field = html`<form method="get" action="${base}" role="search" class="search" data-filter="#platforms">
    <label for="search">${words.say('search')}</label>
    <div class="entry">
      <input id="search" name="search" type="search" maxlength="100" autocomplete="off" value="${search}" />
      <button type="submit" class="quiet">${words.say('searchButton')}</button>
    </div>
  </form>`;
  const nothing = html`<p role="status" id="none" ${found.length > 0 ? html`hidden` : ''}>
    ${words.say('searchNone')} <a href="${base}">${words.say('searchAll')}</a>
  </p>`;
  const body = html`<h1>${words.say('chooseTitle', { app: app.name })}</h1>
    ${notice}
    <p class="lead">${words.say('chooseLead')}</p>
    ${connectors.length < WORTH_SEARCHING ? '' : field} ${nothing}
    <ul class="choices" id="platforms">
      ${found.map(({ id, name }) => html`<li><a href="${base}/${id}" data-mark="${name.slice(0, 1)}">${name}</a></li>`)}
    </ul>`;
  return draw(frame, { title, name: 'choose', step: 1, app: app.name, body });
}

function isMeant({ name, id }: Connector, search: string): boolean {
  const wanted = plain(search);
  return plain(name).includes(wanted) || id.includes(wanted);
}

/** Letters and digits alone: nobody searches for accents or blanks. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
