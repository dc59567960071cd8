import { type FormField, translated, type Translations } from '#contract';
import { html, type Html } from './html.js';
import type { Words } from './languages/words.js';

/** One question of a form as it is shown. */
export interface ShownField {
  readonly id: string;
  readonly name: string;
  readonly field: FormField;
  readonly value: string | undefined;
  /** What the server found wrong. */
  readonly complaint: Html | undefined;
  /** Whether it is the first that is wrong: there the merchant goes on. */
  readonly isFirst: boolean;
}

const LONGEST_HINT = 40;

/** A text of a connector in the merchant's language; what nobody translated stays English and says so. */
export function connectorText(words: Words, translations: Translations, text: string): Html {
  const own = translated(translations, text, words.language);
  return own === undefined ? html`<span lang="en">${text}</span>` : html`${own}`;
}

/** A question with its help and example, and what is wrong with the answer. */
export function fieldMarkup(words: Words, translations: Translations, shown: ShownField): Html {
  const { id, field, complaint } = shown;
  const secret = field.kind === 'secret';
  return html`<div class="field">
    <label for="${id}" id="${id}-label"
      >${connectorText(words, translations, field.label)}${field.optional === true ? html` <span class="soft">${words.say('optional')}</span>` : ''}</label
    >
    <div class="entry">${inputMarkup(words, shown)}</div>
    ${complaint === undefined ? '' : html`<p class="error" id="${id}-error">${complaint}</p>`}
    <p class="help" id="${id}-help">
      ${connectorText(words, translations, field.help)}
      ${secret ? '' : html`<span class="example">${words.say('example', { example: field.example })}</span>`}
    </p>
  </div>`;
}

function inputMarkup(words: Words, { id, name, field, value, complaint, isFirst }: ShownField): Html {
  const secret = field.kind === 'secret';
  const hint = field.example.length > LONGEST_HINT ? `${field.example.slice(0, 12)}…` : field.example;
  const described = complaint === undefined ? `${id}-help` : `${id}-error ${id}-help`;
  return html`<input
    id="${id}"
    name="${name}"
    type="${secret ? 'password' : 'text'}"
    ${field.optional === true ? '' : html`required`}
    ${patternOf(field)}
    maxlength="500"
    autocomplete="off"
    autocapitalize="none"
    spellcheck="false"
    ${field.kind === 'text' ? '' : html`dir="ltr"`}
    value="${secret ? '' : value}"
    aria-describedby="${described}"
    aria-invalid="${complaint === undefined ? 'false' : 'true'}"
    ${isFirst ? html`autofocus` : ''}
    data-missing="${words.text('missing')}"
    data-mismatch="${words.text('mismatch', { example: hint })}"
    ${secret ? html`data-show="${words.text('show')}" data-hide="${words.text('hide')}"` : ''}
  />`;
}

/** The browser's own check where it can do it, which never minds case as ours may; else what a script checks. */
function patternOf({ pattern }: FormField): Html | string {
  if (pattern === undefined) return '';
  const source = pattern.source.replace(/^\^/, '').replace(/\$$/, '');
  // Browsers ask for the whole answer; the blanks around it are cut off before it is read.
  const whole = `\\s*(?:${source})\\s*`;
  if (pattern.flags === '' && isPatternOfBrowsers(whole)) return html`pattern="${whole}"`;
  return html`data-pattern="${pattern.source}" data-flags="${pattern.flags}"`;
}

/** Browsers read the attribute with the flag `v`, which some expressions are not written for. */
function isPatternOfBrowsers(source: string): boolean {
  try {
    return new RegExp(source, 'v').source !== '';
  } catch {
    return false;
  }
}
