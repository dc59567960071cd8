import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.js';

function logged(...args: readonly unknown[]): string {
  let text = '';
  const logger = createLogger('test', 'debug', { write: (line) => void (text += line) });
  // A caller may pass anything at run time.
  Reflect.apply(logger.warn, logger, args);
  return text;
}

const INJECTED = [
  ...[
    'x\r\n{"level":60,"msg":"forged"}',
    'x\n\n',
    'x","msg":"forged","y":"',
    '\u0000\u001b[2J\u001b]0;owned\u0007',
    '\\"},{"',
  ],
  ...['a\u2028b\u2029c', '\u009b2J', '\u007f\u0085', '\u202egnp.exe', '\u2066x\u2069', '\ufeff\u200b', '\ud800'],
];

describe('case 150: what somebody else wrote', () => {
  it.each(INJECTED)('stays one line, in its own field, and commands nothing: %j', (text) => {
    const places: readonly (readonly unknown[])[] = [
      ...[[text], [{ a: text }, text], [{ err: new Error(text) }], ['%s', text], [{ [text]: 1 }]],
      ...[[{ req: { method: text, url: text, id: text } }], [{ list: [{ deep: text }] }]],
    ];
    for (const args of places) {
      const line = logged(...args);
      expect(line).toMatch(/^\{[^\n\r]*\}\n$/);
      expect(line).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066-\u2069\ufeff]/);
      const parsed = JSON.parse(line) as Record<string, unknown>;
      expect([parsed['level'], parsed['name'], parsed['forged']]).toEqual([40, 'test', undefined]);
    }
  });

  it('takes no field of the line over: its level, its time, its name', () => {
    const parsed = JSON.parse(logged({ a: { level: 60, name: 'forged', time: 'never' } }, 'm')) as Record<
      string,
      unknown
    >;
    expect(parsed).toMatchObject({ level: 40, name: 'test', msg: 'm' });
  });

  it('fills no disk: a line is capped as a whole, whatever nests and however long names are', () => {
    const wide = (depth: number): unknown =>
      depth === 0
        ? 'x'.repeat(100_000)
        : Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`${at}${'k'.repeat(5_000)}`, wide(depth - 1)]));
    const small = (depth: number): unknown => (depth === 0 ? 1 : Array.from({ length: 60 }, () => small(depth - 1)));
    expect(logged({ wide: wide(2) }).length).toBeLessThan(200_000);
    expect(logged({ small: small(3) }).length).toBeLessThan(200_000);
  });
});
