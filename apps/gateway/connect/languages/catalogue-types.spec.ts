import { expect, it } from 'vitest';
import { typeErrors } from '../../../../test/setup/type-errors.js';
import { german } from './de.js';
import type { Catalogue } from './en.js';
import { wordsOf } from './words.js';

// Each line below an expectation must not compile: `npm run types` says so, and this.
it('words that are missing or that nobody knows do not compile', () => {
  expect(typeErrors(import.meta.url)).toEqual([]);
}, 120_000);

const { skip: _skip, ...lacking } = german.screens;
// @ts-expect-error a word is missing
export const missing: Catalogue = { ...german, screens: lacking };

export const surplus: Catalogue = {
  ...german,
  // @ts-expect-error there is no such word
  access: { ...german.access, 'read:minds': 'Gedanken' },
};

// @ts-expect-error the name of the app is missing
wordsOf('de').say('backTo');

// @ts-expect-error there is no such name
wordsOf('de').say('backTo', { app: 'Acme', shop: 'Thé' });
