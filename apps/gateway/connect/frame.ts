import type { FastifyRequest } from 'fastify';
import type { Language } from '#contract';
import type { Dress } from './dress.js';
import { brandHeader, noteScript, supportLine, type Told } from './dressing.js';
import { html, type Html, page } from './html.js';
import { LANGUAGE_NAMES, type Words } from './languages/words.js';

/** What surrounds a screen: the merchant's language, where the merchant is, and the app's own look. */
export interface Frame {
  readonly words: Words;
  /** Path and query of what is shown, for showing it again; without what we ourselves added. */
  readonly address: string;
  /** Seconds that the merchant has been waiting on this very page. */
  readonly waited: number;
  /** Once it is known whose session it is. */
  readonly dress?: Dress;
}

// Ours stand at the end, where a platform's own parameters, which may be signed, are not disturbed.
const OURS = /[?&](?:language=(?:en|de|fr|es|pt)|waited=\d{1,4}|again=1)$/;

/** An address without the parameters that our own screens added to it. */
export function withoutOurs(address: string): string {
  const shorter = address.replace(OURS, '');
  return shorter === address ? address : withoutOurs(shorter);
}

/** The same address with one of our parameters. */
export function withOurs(address: string, name: 'language' | 'waited' | 'again', value: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}${name}=${value}`;
}

/** What stands behind the question mark as the platform wrote it: a signature may cover all of it. */
export function platformQueryOf({ url }: FastifyRequest): URLSearchParams {
  return new URL(withoutOurs(url), 'http://localhost').searchParams;
}

export interface Screen {
  readonly title: string;
  /** Names the screen for scripts that wait for another one. */
  readonly name: 'choose' | 'form' | 'waiting' | 'steps' | 'ending' | 'done';
  /** 1 to 4: choose, name the shop, allow, done. */
  readonly step?: 1 | 2 | 3 | 4;
  readonly app?: string;
  readonly body: Html;
  /** Something did not work: whoever helps is named. */
  readonly isFailure?: boolean;
  /** What the page that opened this one as a popup is told. */
  readonly told?: Told | undefined;
  /** Where to go on without a script, and after how long. */
  readonly refresh?: { readonly seconds: number; readonly address: string };
  /** Seconds between two looks of a script, and after how many in all it gives up. */
  readonly poll?: { readonly seconds: number; readonly most?: number; readonly late?: string };
}

/** A whole page of the merchants' screens. */
export function draw({ words, address, dress }: Frame, screen: Screen): string {
  const { title, name, step, app, body, refresh, poll, isFailure, told } = screen;
  const brand = dress?.brand;
  const shown = html`${brandHeader(brand)}${body}${isFailure === true ? supportLine(words, brand) : ''}${noteScript(dress?.opener, told)}`;
  const polling =
    poll === undefined
      ? ''
      : html` data-poll="${poll.seconds}" data-most="${poll.most ?? ''}" data-late="${poll.late ?? ''}"`;
  return page(title, shown, {
    language: words.language,
    direction: words.direction,
    script: '/connect/screen.js',
    icon: brand?.logoHref,
    styles: brand?.styleHref === undefined ? [] : [brand.styleHref],
    attributes: html` data-screen="${name}"${polling} id="content"`,
    ...(refresh === undefined ? {} : { refresh }),
    before: html`<a class="skip" href="#content">${words.say('skip')}</a>
      <header class="top">
        ${step === undefined ? '' : progress(words, step)} ${languageSwitch(words, address)}
      </header>`,
    after: footer(words, app),
  });
}

const STEPS = ['stepChoose', 'stepShop', 'stepAllow', 'stepDone'] as const;

function progress(words: Words, current: number): Html {
  const steps = STEPS.map((key, index) => {
    const state = index + 1 === current ? html` aria-current="step"` : '';
    const isPast = index + 1 < current || current === STEPS.length;
    return html`<li${state}${isPast ? html` class="past"` : ''}><span>${words.say(key)}</span></li>`;
  });
  return html`<nav aria-label="${words.text('progress')}">
    <ol class="steps">
      ${steps}
    </ol>
  </nav>`;
}

function languageSwitch(words: Words, address: string): Html {
  const languages = Object.entries(LANGUAGE_NAMES) as readonly (readonly [Language, string])[];
  const links = languages.map(
    ([code, name]) =>
      html`<li>
        <a
          href="${withOurs(address, 'language', code)}"
          lang="${code}"
          hreflang="${code}"
          ${code === words.language ? html`aria-current="true"` : ''}
          >${name}</a
        >
      </li>`,
  );
  return html`<details class="languages">
    <summary><span class="hidden">${words.say('language')}: </span>${LANGUAGE_NAMES[words.language]}</summary>
    <ul>
      ${links}
    </ul>
  </details>`;
}

function footer(words: Words, app: string | undefined): Html {
  return html`<footer>
    <p class="secured">${words.say('secured')}</p>
    <details>
      <summary>${words.say('dataTitle')}</summary>
      <p>${words.say('dataKeys')}</p>
      ${app === undefined ? '' : html`<p>${words.say('dataRead', { app })}</p>`}
      <p>${words.say('dataEnd')}</p>
    </details>
  </footer>`;
}
