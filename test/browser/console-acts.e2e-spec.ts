import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { id } from '../../apps/console/testing/stores.js';
import { axeFindings } from './axe.js';
import { hasChromium, picture } from './chromium.js';
import { type ConsoleWorld, isSettled, useConsole } from './console-world.js';

describe.skipIf(!hasChromium)('what an operator does in the console', { timeout: 120_000 }, () => {
  let world: ConsoleWorld;
  let page: Page;
  useConsole(
    (opened, own) => {
      world = opened;
      page = own.page;
    },
    ({ complaints }) => expect(complaints).toEqual([]),
  );

  const store = `/console/stores/${id('sto', 5)}`;
  const go = (path: string) => world.go(page, path);
  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click();
  const told = (text: string | RegExp) => page.locator('.notices').getByText(text).first().waitFor();
  const paths = () => world.server.acted.map(({ method, path }) => `${method} ${path}`);

  it('makes a link once, shows it once and forgets it', async () => {
    await go(store);
    // Both within one moment, before anything could be drawn in between.
    const make = page.getByRole('button', { name: /^Make reconnect link/ });
    await make.evaluate((button: { click(): void }) => {
      button.click();
      button.click();
    });
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Link').waitFor();
    expect(await dialog.getByLabel('Link').inputValue()).toBe('https://gateway.example/connect/4f1c2b6a9d');
    await picture(page, 'console-reconnect-link');
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain('4f1c2b6a9d');
    expect(paths()).toEqual([`POST /ops/stores/${id('sto', 5)}/reconnect-link`]);
  });

  it('asks before it pauses, and says how that went', async () => {
    await go(store);
    await press('Pause');
    await picture(page, 'console-confirm');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(paths()).toEqual([]);
    await press('Pause');
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await told(/all calls are held/);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await press('Ask the shop now');
    await page.getByText('Service Unavailable').first().waitFor();
    await picture(page, 'console-probe');
    expect(paths()).toEqual([`POST /ops/stores/${id('sto', 5)}/pause`, `POST /ops/stores/${id('sto', 5)}/probe`]);
  });

  it('takes nothing for done before the gateway says so', async () => {
    await go(store);
    world.server.become('failing');
    await press('Retry now');
    await told('Something failed on our side.');
    await told('internal · req_fixture');
    await picture(page, 'console-act-failed');
  });

  it('replays what failed, and says how much that was', async () => {
    await go('/console');
    await press(/^Replay/);
    await told('37 deliveries are being worked through again.');
    expect(paths()).toEqual([`POST /ops/deliveries/${id('dlv', 1)}/replay`]);
  });

  it('raises a limit from the first screen', async () => {
    await go('/console');
    await press(/^Raise the limit/);
    const field = page.getByRole('textbox', { name: 'Requests a minute' });
    await field.fill('0');
    expect(await page.getByRole('button', { name: 'Change limit' }).isDisabled()).toBe(true);
    await field.fill('2400');
    await picture(page, 'console-limit');
    await press('Change limit');
    await told(/2,400 requests a minute are allowed/);
    expect(world.server.acted).toEqual([
      { method: 'PUT', path: `/ops/apps/${id('app', 2)}/limit`, body: { perMinute: 2_400 } },
    ]);
  });

  it('stops everything only when EVERYTHING is typed, after a fresh sign-in that leads back', async () => {
    world.server.stale = true;
    await go('/console/stops');
    await page.getByLabel('What').selectOption('everything');
    await page.getByLabel('Why').fill('A key has leaked.');
    const stop = async () => {
      await press('Stop …');
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: 'Stop it' });
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByLabel('Type EVERYTHING to confirm').fill('everything');
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByLabel('Type EVERYTHING to confirm').fill('EVERYTHING');
      await picture(page, 'console-stop-everything');
      await confirm.click();
    };
    await stop();
    await told(/sign-in of the last five minutes/);
    await picture(page, 'console-step-up');
    expect(paths()).toEqual([]);
    await page.locator('.banner').getByRole('link', { name: 'Sign in again' }).click();
    await page.getByRole('link', { name: 'Signed in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Stops' }).waitFor();
    expect(await page.getByLabel('Why').inputValue()).toBe('A key has leaked.');
    await stop();
    await told('Stopped: everything.');
    expect(world.server.acted[0]?.body).toEqual({ scope: 'everything', reason: 'A key has leaked.' });
  });

  it('lifts a stop, and says that a second person must where one is not enough', async () => {
    await go('/console/stops');
    await press('Confirm lifting …: everything');
    await page.getByLabel('Type EVERYTHING to confirm').fill('EVERYTHING');
    await press('Lift it');
    await told(/another administrator must confirm/);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await press(`Lift …: store ${id('sto', 7)}`);
    await page.getByLabel(`Type ${id('sto', 7)} to confirm`).fill(id('sto', 7));
    await press('Lift it');
    await told(/calls go on/);
    await page.getByRole('button', { name: `Lift …: store ${id('sto', 7)}` }).waitFor({ state: 'detached' });
  });

  it('goes from page to page of a list and back, and keeps the filters in the address', async () => {
    await go('/console/stores');
    await press('Next page');
    await page.getByText('51–60 of 60 stores').waitFor();
    await press('Previous page');
    await page.getByText('1–50 of 60 stores').waitFor();
    await page.getByLabel('State').selectOption('healthy');
    await page.waitForURL('**/stores?state=healthy');
    await page.getByText(/^1–\d+ of \d+ stores$/).waitFor();
    await page.reload();
    expect(await page.getByLabel('State').inputValue()).toBe('healthy');
  });

  it('needs nothing but the keyboard', async () => {
    await go('/console');
    const { keyboard } = page;
    const focused = () =>
      page.evaluate<string>(
        "document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''",
      );
    await keyboard.press('Tab');
    expect(await focused()).toBe('Skip to content');
    await picture(page, 'console-keyboard-skip');
    await keyboard.press('Enter');
    for (let presses = 0; presses < 60 && !/^Resume: /.test(await focused()); presses += 1) await keyboard.press('Tab');
    await picture(page, 'console-keyboard-row');
    await keyboard.press('Enter');
    await told(/calls go on/);
    expect(paths()[0]).toMatch(/^POST \/ops\/stores\/sto_\w+\/resume$/);
  });

  it('moves the focus to the heading of where one goes', async () => {
    await go('/console');
    await page.getByRole('link', { name: 'Platforms' }).click();
    await page.getByRole('heading', { level: 1, name: 'Platforms' }).waitFor();
    await expect.poll(() => page.evaluate<string>('document.activeElement?.textContent ?? ""')).toBe('Platforms');
    expect(await page.title()).toBe('Platforms · Shopspan console');
  });

  it('shows charts as tables too, and remembers colours and times', async () => {
    await go('/console/tokens');
    await press('Connections that end, next 90 days: show as a table');
    await page.getByRole('columnheader', { name: 'The merchant' }).waitFor();
    await press('Display: colours and times');
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    // It stays open: whoever looks for the colours that suit them tries more than one.
    await page.getByRole('menuitemradio', { name: 'Exact, in UTC' }).click();
    await picture(page, 'console-tokens-table');
    await page.reload();
    await isSettled(page);
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    expect(await page.locator('time').first().textContent()).toMatch(/ UTC$|^\d/);
    expect(await axeFindings(page)).toEqual([]);
  });
});
