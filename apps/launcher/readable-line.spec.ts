import { describe, expect, it } from 'vitest';
import { printable, readableLine } from './readable-line.js';

describe('readableLine', () => {
  it('shows warnings and worse with the reason', () => {
    expect(readableLine('{"level":40,"msg":"slow answer"}')).toBe('WARN  slow answer');
    expect(readableLine('{"level":50,"err":{"message":"refused"},"msg":"refresh failed"}')).toBe(
      'ERROR refresh failed: refused',
    );
    expect(readableLine('{"level":60,"err":{"message":"gone"},"msg":"gone"}')).toBe('FATAL gone');
  });

  it.each(['{"level":30,"msg":"request"}', 'plain text', '{"level":50', '{"level":50,"msg":7}', ''])(
    'keeps %j to the file',
    (line) => {
      expect(readableLine(line)).toBeUndefined();
    },
  );
});

it('takes from a text what would command the terminal, and its length', () => {
  expect(printable('a\u001b[31mb\r\nc\u202ed')).toBe('a [31mb c d');
  expect(printable('x'.repeat(1_000))).toHaveLength(400);
});
