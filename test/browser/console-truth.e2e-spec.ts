import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { id } from '../../apps/console/testing/stores.js';
import { EMPTY, HUGE, makeWorld } from '../../apps/console/testing/world.js';
import { axeFindings } from './axe.js';
import { hasChromium, picture, type Tab } from './chromium.js';
import { type ConsoleWorld, SCREENS, useConsole } from './console-world.js';

/** Nobody would wait longer; no measure of speed. */
const GENEROUS_MS = 10_000;

interface Shown {
  readonly document: { readonly links: Iterable<{ readonly origin: string; readonly href: string }> };
  readonly location: { readonly origin: string };
  readonly pwned?: unknown;
}

/** Links that leave the gateway, or run something, and whether something ran. Text would be evaluated, which the policy stops. */
function foreign(): readonly string[] {
  const { document, location, pwned } = globalThis as unknown as Shown;
  const links = [...document.links].filter(({ origin }) => origin !== location.origin).map(({ href }) => href);
  return pwned === undefined ? links : [...links, 'something ran'];
}

describe.skipIf(!hasChromium)('what the console says', { timeout: 120_000 }, () => {
  let world: ConsoleWorld;
  let tab: Tab;
  let page: Page;
  useConsole((opened, own) => {
    world = opened;
    tab = own;
    page = own.page;
  });

  const go = (path: string) => world.go(page, path);
  const condition = (kind: string) => page.locator(`.live[data-condition="${kind}"]`).waitFor({ timeout: 30_000 });
  const green = () => page.locator('.content .tone-good').count();

  describe('while it knows nothing', () => {
    it('says that it does not know, and shows nothing green', async () => {
      world.server.become('held');
      await page.goto(`${world.url}/console`);
      await page.getByText('How it is now is not known').waitFor();
      await condition('unknown');
      await picture(page, 'console-attention-loading');
      expect(await green()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      world.server.become('well');
      await page.getByRole('heading', { name: /You must act/ }).waitFor();
    });

    it('says that nothing is connected, which is not well', async () => {
      world.server.world = makeWorld(EMPTY, Date.now());
      await go('/console');
      await page.getByText('No store is connected', { exact: true }).waitFor();
      expect(await green()).toBe(0);
    });

    it('says that nobody answers when nobody does from the start', async () => {
      await go('/console');
      world.server.become('databaseDown');
      await page.reload();
      await page.getByText('Nothing is known; the gateway cannot answer').waitFor();
      await picture(page, 'console-attention-database-down');
      expect(await green()).toBe(0);
    });
  });

  describe('when the gateway stops answering', () => {
    it.each([
      ['gone', 'the gateway does not answer', 'Whether its parts are up cannot be told'],
      ['databaseDown', 'the gateway cannot answer', 'The database does not answer.'],
      ['workersDown', 'the gateway cannot answer', 'Recurring work: refresh.tick has never run: start a worker.'],
      ['failing', 'the gateway cannot answer', 'It says of itself that it is ready.'],
    ] as const)('%s: keeps what was known, says since when, and which part is down', async (how, sentence, part) => {
      await go('/console');
      const known = await page.locator('.attention > li').count();
      expect(known).toBeGreaterThan(0);
      world.server.become(how);
      await condition('doubtful');
      const banner = page.locator('.banner');
      await banner.getByText(part).first().waitFor();
      const text = await banner.innerText();
      expect(text).toMatch(/^Showing what was known at \d{1,2}:\d\d:\d\d/);
      expect(text).toContain(sentence);
      expect(await page.locator('.attention > li').count()).toBe(known);
      expect(await page.getByText('How it is now is not known').count()).toBe(1);
      await picture(page, `console-attention-outage-${how}`);
      expect(await axeFindings(page)).toEqual([]);
      world.server.become('well');
      await condition('current');
      expect(await banner.count()).toBe(0);
    });
  });

  it('does not take an answer it cannot read for one', async () => {
    await go('/console');
    await page.route('**/ops/attention', (route) => route.fulfill({ json: { groups: 'all well' } }));
    await page.locator('.banner').getByText('this console cannot read').waitFor({ timeout: 20_000 });
    expect(await page.getByText('How it is now is not known').count()).toBe(1);
  });

  it('asks nothing while nobody looks', async () => {
    await go('/console');
    const asked: string[] = [];
    await page.evaluate(() => {
      const { document } = globalThis as unknown as { document: EventTarget };
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    page.on('request', (request) => asked.push(request.url()));
    // Another tab counts two rounds of five seconds.
    const other = await world.open();
    await other.page.goto(`${world.url}/console`);
    for (let round = 0; round < 2; round += 1) await other.page.waitForRequest('**/ops/attention');
    expect(asked.filter((url) => url.includes('/ops/'))).toEqual([]);
    await other.close();
  });

  it('leads whoever is not signed in to the door, and back to where they were', async () => {
    world.server.become('signedOut');
    await page.goto(`${world.url}/console/tokens`);
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    await picture(page, 'console-signed-out');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Signed in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tokens' }).waitFor();
  });

  it('notices within a round that the session ended', async () => {
    await go('/console/stores');
    world.server.become('signedOut');
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor({ timeout: 20_000 });
  });

  it('says which role is needed, of a screen and of each button', async () => {
    world.server.role = 'viewer';
    await go('/console/operators');
    await page.getByText('This takes the role admin.').waitFor();
    await picture(page, 'console-role-missing');
    await go(`/console/stores/${id('sto', 5)}`);
    const retry = page.getByRole('button', { name: 'Retry now' });
    expect(await retry.getAttribute('aria-disabled')).toBe('true');
    const described = await retry.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${described ?? ''}"]`).textContent()).toBe(
      'This takes the role operator; yours is viewer.',
    );
    await retry.click({ force: true });
    expect(world.server.acted).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
  });

  it('runs nothing that a name, address or message holds', async () => {
    world.server.hostile = true;
    for (const [name, path] of SCREENS) {
      await go(path);
      await picture(page, `console-${name}-hostile`);
      expect.soft(await page.evaluate(foreign), name).toEqual([]);
      expect
        .soft(await page.locator('.content script, .content iframe, .content img, [onerror], [onload]').count())
        .toBe(0);
    }
    expect(tab.complaints).toEqual([]);
    expect(world.server.hostilePlaces.size).toBeGreaterThan(60);
    console.log(`hostile text was shown in ${String(world.server.hostilePlaces.size)} places of answers`);
  });

  it('answers with ten thousand stores', async () => {
    world.server.world = makeWorld(HUGE, Date.now());
    const since = async (work: () => Promise<unknown>) => {
      const started = performance.now();
      await work();
      return Math.round(performance.now() - started);
    };
    const first = await since(() => go('/console'));
    const list = await since(() => go('/console/stores'));
    await page.getByText('1–50 of 10,000').waitFor();
    const filtered = await since(async () => {
      await page.getByRole('searchbox').fill('Lantern 77');
      await page.getByText(/^1–\d+ of \d{1,3} stores$/).waitFor();
    });
    console.log(
      `10,000 stores: first screen ${String(first)} ms, list ${String(list)} ms, narrowed ${String(filtered)} ms`,
    );
    expect(Math.max(first, list, filtered)).toBeLessThan(GENEROUS_MS);
  });
});
