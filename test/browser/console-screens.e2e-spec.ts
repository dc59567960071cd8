import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY, HUGE, makeWorld } from '../../apps/console/testing/world.js';
import { axeFindings } from './axe.js';
import { hasChromium, picture } from './chromium.js';
import { type ConsoleWorld, type Screen, SCREENS, startConsole } from './console-world.js';

describe.skipIf(!hasChromium)('the screens of the console', { timeout: 120_000 }, () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await startConsole();
    return () => world.stop();
  });
  beforeEach(() => world.reset());

  /** Opens a screen, looks at it, and closes it again; whatever its policy stopped fails the test. */
  async function look(screen: Screen, state: string, colorScheme: 'light' | 'dark' = 'light') {
    const [name, path, heading] = screen;
    const tab = await world.open({ colorScheme });
    const { page, complaints } = tab;
    try {
      await world.go(page, path);
      await picture(page, `console-${name}-${state}-${colorScheme}`);
      const headings = await page.locator('h1').allTextContents();
      const findings = await axeFindings(page);
      const overflows = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
      return { headings, heading, title: await page.title(), findings, complaints, overflows };
    } finally {
      await tab.close();
    }
  }

  describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
    it.each(SCREENS)('%s shows a normal day', async (...screen) => {
      const seen = await look(screen, 'normal', scheme);
      expect(seen.findings).toEqual([]);
      expect(seen.complaints).toEqual([]);
      expect(seen.headings).toHaveLength(1);
      expect(seen.headings[0]).toMatch(seen.heading);
      expect(seen.title).toBe(`${seen.headings[0] ?? ''} · Shopspan console`);
      expect(seen.overflows).toBe(false);
    });
  });

  it.each(SCREENS)('%s shows that there is nothing', async (...screen) => {
    world.server.world = makeWorld(EMPTY, Date.now());
    const seen = await look(screen, 'empty', 'dark');
    expect(seen.findings).toEqual([]);
    expect(seen.complaints).toEqual([]);
    expect(seen.headings).toHaveLength(1);
  });

  it.each(SCREENS)('%s shows that the gateway fails', async (...screen) => {
    world.server.become('failing');
    const seen = await look(screen, 'failing');
    expect(seen.findings).toEqual([]);
    expect(seen.complaints).toEqual([]);
  });

  it.each(SCREENS)('%s shows ten thousand stores', async (...screen) => {
    world.server.world = makeWorld(HUGE, Date.now());
    const seen = await look(screen, 'huge', 'light');
    expect(seen.findings).toEqual([]);
    expect(seen.complaints).toEqual([]);
    expect(seen.overflows).toBe(false);
  });

  it.each([360, 768, 2560])('fits into %d pixels', async (width) => {
    for (const [name, path] of SCREENS) {
      const tab = await world.open({ viewport: { width, height: 800 } });
      const { page } = tab;
      await world.go(page, path);
      await picture(page, `console-${name}-${String(width)}`);
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect.soft(wide, `${name} at ${String(width)}`).toBeLessThanOrEqual(width);
      await tab.close();
    }
  });
});
