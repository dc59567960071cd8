import type { Language } from '#contract';
import { html, Html } from '../html.js';
import { german } from './de.js';
import { type Catalogue, english } from './en.js';
import { spanish } from './es.js';
import { french } from './fr.js';
import { portuguese } from './pt.js';

const CATALOGUES: Readonly<Record<Language, Catalogue>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  pt: portuguese,
};

/** Every language there is, by its code, called as it calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  pt: 'Português',
};

type Screens = (typeof english)['screens'];
type Places<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never;
type Filling<K extends keyof Screens> = [Places<Screens[K]>] extends [never]
  ? []
  : [values: Readonly<Record<Places<Screens[K]>, string>>];

/** The words of the screens in one language, and how it writes dates and amounts. */
export interface Words {
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  /** For titles and attributes. */
  text<K extends keyof Screens>(key: K, ...filling: Filling<K>): string;
  /** For the page: each name that is filled in keeps its own direction of writing. */
  say<K extends keyof Screens>(key: K, ...filling: Filling<K>): Html;
  /** What a scope of our API allows, in plain words; undefined for scopes that are not about the shop. */
  access(scope: string): string | undefined;
  /** What to do about an error; undefined when nobody translated it or a name it needs is unknown. */
  error(code: string, names: Readonly<Record<string, string | undefined>>): Html | undefined;
  /** @param zone an IANA name; an unknown one counts as UTC */
  date(at: Date, zone: string | null, withTime?: boolean): string;
  /** @param amount an exact decimal */
  money(amount: string, currency: string): string;
}

const PLACE = /\{(\w+)\}/;

/** A text with its places filled in as markup; undefined when a value is missing. */
function filled(text: string, values: Readonly<Record<string, string | undefined>>): Html | undefined {
  // Every second part is the name of a place.
  const parts = text.split(PLACE).map((part, index) => {
    if (index % 2 === 0) return html`${part}`;
    const value = values[part];
    return value === undefined ? undefined : html`<bdi>${value}</bdi>`;
  });
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length ? html`${known}` : undefined;
}

/** The words of one language. */
export function wordsOf(language: Language): Words {
  const { screens, access, errors }: Catalogue = CATALOGUES[language];
  const known = (table: Readonly<Record<string, string>>, key: string) =>
    Object.hasOwn(table, key) ? table[key] : undefined;
  return {
    language,
    direction: 'ltr',
    text: (key, ...[values]) =>
      screens[key].replace(
        new RegExp(PLACE, 'g'),
        (whole, name: string) => (values ? known(values, name) : null) ?? whole,
      ),
    say: (key, ...[values]) => filled(screens[key], values ?? {}) ?? new Html(''),
    access: (scope) => known(access, scope),
    error(code, names) {
      const text = known(errors, code);
      return text === undefined ? undefined : filled(text, names);
    },
    date: (at, zone, withTime = false) =>
      new Intl.DateTimeFormat(language, {
        dateStyle: 'long',
        timeZone: knownZone(zone),
        ...(withTime ? { timeStyle: 'short' } : {}),
      }).format(at),
    // The contract's amounts are exact decimals, which is what the formatter calls a numeric literal.
    money: (amount, currency) =>
      new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount as `${number}`),
  };
}

function knownZone(zone: string | null): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone ?? 'UTC' }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
