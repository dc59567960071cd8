import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { showProgress } from './progress.mjs';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function outputOf(isTTY, seconds) {
  let text = '';
  const progress = showProgress('Installing', { isTTY, write: (chunk) => (text += chunk) });
  vi.advanceTimersByTime(seconds * 1_000);
  progress.done();
  vi.advanceTimersByTime(60_000);
  return text;
}

it('writes a line now and then without a terminal', () => {
  expect(outputOf(false, 25).split('\n')).toEqual([
    'Installing ...',
    'Installing ... 10 s',
    'Installing ... 20 s',
    'Installing: done in 25 s',
    '',
  ]);
});

it('counts in one line on a terminal', () => {
  const text = outputOf(true, 3);
  expect(text.split('\n')).toHaveLength(2);
  expect(text).toMatch(/^Installing \.\.\.\r.*1 s\r.*2 s\r.*3 s\r.*Installing: done in 3 s\n$/s);
});
