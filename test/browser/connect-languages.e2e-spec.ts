import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { TRANSLATED_LANGUAGES } from '#contract';
import { connectors } from '#connectors';
import { english } from '../../apps/gateway/connect/languages/en.js';
import { wordsOf } from '../../apps/gateway/connect/languages/words.js';
import { apiClient } from '../e2e/api-client.js';
import type { System } from '../system.js';
import { hasChromium, openTab, picture } from './chromium.js';
import { startWithBrowser } from './connect-tab.js';
import { everyScreen } from './every-screen.js';

describe.skipIf(!hasChromium)('the connect screens, in the language of the merchant', { timeout: 240_000 }, () => {
  let system: System;
  let browser: Browser;
  beforeAll(async () => {
    const started = await startWithBrowser();
    ({ system, browser } = started);
    return started.stop;
  });

  it.each(TRANSLATED_LANGUAGES)('hold nothing English in %s that does not say that it is', async (language) => {
    const app = await system.addApp(system.tenants[0].id, { name: 'Ñandú', mode: 'test' });
    const tab = await openTab(browser, { locale: `${language}-CH` });
    const left: Record<string, readonly string[]> = {};
    await everyScreen({
      ...{ system, app, page: tab.page },
      look: async (name) => {
        expect(await tab.page.evaluate('document.documentElement.lang'), name).toBe(language);
        await picture(tab.page, `language-${language}-${name}`);
        left[name] = await englishOn(tab.page, language);
      },
    });
    await tab.close();
    expect(left).toEqual(Object.fromEntries(Object.keys(left).map((name) => [name, []])));
  });

  it('change without a script, stay changed, and keep what the address said', async () => {
    const { app } = system.tenants[0];
    const { url } = await apiClient(system, app).createSession({});
    const tab = await openTab(browser, { javaScriptEnabled: false, locale: 'fr' });
    await tab.page.goto(`${url}?search=sho`);
    await tab.page.getByRole('heading', { name: `Connectez votre boutique à ${app.name}` }).waitFor();
    await tab.page.getByText('Langue : Français').or(tab.page.locator('.languages summary')).first().click();
    await tab.page.getByRole('link', { name: 'Deutsch' }).click();
    await tab.page.getByRole('heading', { name: `Verbinden Sie Ihren Shop mit ${app.name}` }).waitFor();
    expect(new URL(tab.page.url()).search).toBe('?search=sho&language=de');
    expect(await tab.page.getByRole('searchbox').inputValue()).toBe('sho');
    await tab.page.goto(url);
    await tab.page.getByRole('heading', { name: `Verbinden Sie Ihren Shop mit ${app.name}` }).waitFor();
    expect(tab.complaints).toEqual([]);
    await tab.close();
  });
});

/** Pieces of English texts, long enough to be nothing else, that are shown although the language has others. */
async function englishOn(page: Page, language: (typeof TRANSLATED_LANGUAGES)[number]): Promise<readonly string[]> {
  const shown = String(
    await page.evaluate(`(() => {
      const copy = document.body.cloneNode(true);
      copy.querySelectorAll('[lang], bdi, input').forEach((one) => one.remove());
      return document.title + ' ' + copy.textContent.replace(/\\s+/g, ' ');
    })()`),
  );
  const words = wordsOf(language);
  expect(shown).toContain(words.text('secured'));
  const ours = Object.values(english).flatMap((section) => Object.values(section));
  const theirs = connectors.flatMap(({ translations }) => Object.keys(translations));
  const pieces = [...ours, ...theirs].flatMap((text) => text.split(/\{\w+\}/)).map((piece) => piece.trim());
  return [...new Set(pieces)].filter((piece) => piece.length > 11 && piece.includes(' ') && shown.includes(piece));
}
