import { beforeEach, expect, it } from 'vitest';
import { rememberPlace, takePlace } from './return-path.js';

let held: string | null = null;
const store = {
  getItem: () => held,
  setItem: (_key: string, value: string) => void (held = value),
  removeItem: () => void (held = null),
};
beforeEach(() => void (held = null));

it('comes back once to where somebody was', () => {
  rememberPlace(store, '/stops?scope=everything', 1_000);
  expect(takePlace(store, 2_000)).toBe('/stops?scope=everything');
  expect(takePlace(store, 2_000)).toBeNull();
});

it('forgets after ten minutes', () => {
  rememberPlace(store, '/stops', 0);
  expect(takePlace(store, 600_001)).toBeNull();
});

it.each(['https://evil.example', '//evil.example', 'javascript:alert(1)'])('does not lead to %s', (place) => {
  rememberPlace(store, place, 0);
  expect(takePlace(store, 1)).toBeNull();
});

it.each(['', 'no json', 'null', '{}', '{"place":1,"at":0}', '{"place":"/x","at":"now"}'])('bears %j', (text) => {
  held = text;
  expect(takePlace(store, 1)).toBeNull();
});
