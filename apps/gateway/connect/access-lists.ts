import type { Scope } from '#contract';
import { html, type Html } from './html.js';
import type { Words } from './languages/words.js';

/** What the app may read and what it may change, in words for a merchant, and what nobody asks for. */
export function accessLists(words: Words, access: readonly Scope[]): Html {
  const told = (kind: (scope: Scope) => boolean) =>
    access.filter(kind).flatMap((scope) => {
      const text = words.access(scope);
      return text === undefined ? [] : [text];
    });
  const read = [words.text('readShop'), ...told((scope) => scope.startsWith('read:'))];
  // A raw call may be a write.
  const changed = told((scope) => scope.startsWith('write:') || scope === 'passthrough');
  return html`<section class="access">
    <div>
      <h2>${words.say('readTitle')}</h2>
      ${listOf(read)}
    </div>
    ${
      changed.length === 0
        ? ''
        : html`<div>
            <h2>${words.say('writeTitle')}</h2>
            ${listOf(changed)}
          </div>`
    }
    <p class="soft">${words.say('notAsked')}</p>
  </section>`;
}

function listOf(lines: readonly string[]): Html {
  return html`<ul>
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}
