import { expect, it } from 'vitest';
import { canRun } from './node-version.mjs';

it.each(['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.1.0', '26.0.0'])('runs on %s', (version) => {
  expect(canRun(version)).toBe(true);
});

it.each(['16.20.0', '18.20.4', '19.9.0', '20.18.3', '21.7.3', '22.11.0'])('does not run on %s', (version) => {
  expect(canRun(version)).toBe(false);
});
