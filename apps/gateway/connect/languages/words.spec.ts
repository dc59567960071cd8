import { describe, expect, it } from 'vitest';
import { ERRORS, isScope, TRANSLATED_LANGUAGES } from '#contract';
import { chooseLanguage } from './choose-language.js';
import { german } from './de.js';
import { english } from './en.js';
import { spanish } from './es.js';
import { french } from './fr.js';
import { portuguese } from './pt.js';
import { type Catalogue } from './en.js';
import { wordsOf } from './words.js';

const CATALOGUES: Readonly<Record<(typeof TRANSLATED_LANGUAGES)[number], Catalogue>> = {
  ...{ de: german, fr: french, es: spanish, pt: portuguese },
};

describe.each(TRANSLATED_LANGUAGES)('the words in %s', (language) => {
  const { [language]: catalogue } = CATALOGUES;
  const pairs = (['screens', 'access', 'errors'] as const).flatMap((section) => {
    const own: Readonly<Record<string, string>> = catalogue[section];
    return Object.entries(english[section]).map(([key, text]) => [`${section}.${key}`, text, own[key] ?? ''] as const);
  });

  it('fill in the same names as the English ones', () => {
    const names = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    for (const [key, text, own] of pairs) expect(names(own), key).toEqual(names(text));
  });

  it('are words, and other ones than the English', () => {
    for (const [key, , own] of pairs) expect(own.trim(), key).toMatch(/^\P{C}+$/u);
    const same = pairs.filter(([, text, own]) => text === own && text.length > 8).map(([key]) => key);
    expect(same).toEqual([]);
  });
});

describe('the catalogues', () => {
  it('translate every code of which a merchant can do something about, and no code that there is not', () => {
    const ofMerchants = Object.entries(ERRORS).filter(
      ([code, { actor }]) => actor === 'merchant' || /^connect_/.test(code),
    );
    expect(ofMerchants.map(([code]) => code).filter((code) => !Object.hasOwn(english.errors, code))).toEqual([]);
    expect(Object.keys(english.errors).filter((code) => !Object.hasOwn(ERRORS, code))).toEqual([]);
    expect(Object.keys(english.access).filter((scope) => !isScope(scope))).toEqual([]);
  });
});

describe('what is filled in', () => {
  it('is text, whatever it holds, and keeps its own direction', () => {
    const { text } = wordsOf('de').say('backTo', { app: '<b>"A" & {shop}</b>' });
    expect(text).toBe('Zurück zu <bdi>&lt;b&gt;&quot;A&quot; &amp; {shop}&lt;/b&gt;</bdi>');
    expect(wordsOf('de').text('backTo', { app: '{app}' })).toBe('Zurück zu {app}');
  });

  it('must be there: an error that names an unknown app is left to its own message', () => {
    const error = (code: string, names: Readonly<Record<string, string | undefined>>) =>
      wordsOf('fr').error(code, names);
    expect(error('connect_other_shop', { shop: 'Thé', app: undefined })).toBeUndefined();
    expect(error('connect_other_shop', { shop: 'Thé', app: 'Acme' })?.text).toContain('reconnecter <bdi>Thé</bdi>');
    expect(error('no_such_code', {})).toBeUndefined();
    expect(error('toString', {})).toBeUndefined();
  });

  it.each([
    ['en', '$1,234.50', 'November 30, 2026'],
    ['de', '1.234,50\u00a0$', '30. November 2026'],
    ['fr', '1\u202f234,50\u00a0$US', '30 novembre 2026'],
    ['es', '1234,50\u00a0US$', '30 de noviembre de 2026'],
    ['pt', 'US$\u00a01.234,50', '30 de novembro de 2026'],
  ] as const)('is written as one writes in %s', (language, amount, date) => {
    const words = wordsOf(language);
    expect(words.money('1234.50', 'USD')).toBe(amount);
    expect(words.date(new Date('2026-11-29T23:30:00Z'), 'Europe/Berlin')).toBe(date);
    expect(words.date(new Date('2026-11-30T12:00:00Z'), 'Nowhere/Land')).toBe(date);
  });
});

describe('the language', () => {
  it.each([
    [[], undefined, 'en'],
    [[], 'de-AT,de;q=0.9,en;q=0.5', 'de'],
    [[], 'en;q=0.2, pt-BR;q=0.8, xx', 'pt'],
    [[], 'fr;q=0, es', 'es'],
    [[], '*', 'en'],
    [[], 'ja,zh', 'en'],
    [[undefined, 'es'], 'de', 'es'],
    [['fr', 'es'], 'de', 'fr'],
    [['<script>', 'constructor'], 'de', 'de'],
    [[], `${','.repeat(5000)}de`, 'en'],
  ] as const)('chosen from %j and %j is %s', (chosen, accepted, language) => {
    expect(chooseLanguage(chosen, accepted)).toBe(language);
  });
});
