import { describe, expect, it } from 'vitest';
import { lateTick } from './late-tick.js';

const tick = (everySeconds: number, ageSeconds: number) => [
  { name: 'forget.tick', everySeconds: 3600, ageSeconds: 9000 },
  { name: 'refresh.tick', everySeconds, ageSeconds },
];

describe('the watchdog of recurring work', () => {
  it('says that no worker has ever worked', () => {
    expect(lateTick([])).toBe('refresh.tick has never run: start a worker');
  });

  it.each([
    [1, 14, false],
    [1, 16, true],
    [60, 179, false],
    [60, 181, true],
  ])('every %i s and %i s ago', (everySeconds, ageSeconds, late) => {
    const words = lateTick(tick(everySeconds, ageSeconds));
    expect(words !== undefined).toBe(late);
    if (late)
      expect(words).toContain(`last ran ${String(ageSeconds)} s ago, and should every ${String(everySeconds)} s`);
  });
});
