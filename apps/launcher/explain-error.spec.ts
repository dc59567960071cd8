import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { explainError } from './explain-error.js';
import { LaunchError } from './launch-error.js';

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

it('gives a sentence where there is one', () => {
  expect(explainError(new LaunchError('The port is taken.'))).toBe('The port is taken.');
  const missing = errorOf(() => readFileSync('/nowhere/at/all'));
  expect(explainError(missing)).toBe(
    "A file cannot be used: ENOENT: no such file or directory, open '/nowhere/at/all'.",
  );
});

it('gives the stack of what nobody foresaw', () => {
  expect(explainError(new TypeError('x is not a function'))).toMatch(/^TypeError: x is not a function\n\s+at /);
  expect(explainError('thrown text')).toBe('thrown text');
});
