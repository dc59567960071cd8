import { expect, it } from 'vitest';
import { isStopScope, typedName } from './stop-words.js';

it('wants the very name of the target typed, and EVERYTHING for all', () => {
  expect(typedName('platform', 'some-platform')).toBe('some-platform');
  expect(typedName('store', ' sto_1 ')).toBe('sto_1');
  expect(typedName('everything', null)).toBe('EVERYTHING');
  expect(typedName('everything', 'x')).toBe('EVERYTHING');
});

it('confirms nothing without a target', () => {
  expect([typedName('store', null), typedName('app', '  ')]).toEqual([undefined, undefined]);
});

it('knows its scopes', () => {
  expect([isStopScope('tenant'), isStopScope('world'), isStopScope('')]).toEqual([true, false, false]);
});
