import type { Page } from 'playwright-core';
import { apiClient } from '../e2e/api-client.js';
import { BOOKS, shopAddress, TEA } from '../e2e/woocommerce-way.js';
import { connectors } from '#connectors';
import type { System, TestApp } from '../system.js';

/** Looks at a screen that is shown; `name` tells which. */
export type Look = (name: string) => Promise<void>;

interface Walk {
  readonly system: System;
  readonly app: TestApp;
  readonly page: Page;
  readonly look: Look;
}

/** Brings every screen that a merchant can meet into a tab, one after the other, in whatever language it speaks. */
export async function everyScreen(walk: Walk): Promise<void> {
  await forms(walk);
  await wrongAnswers(walk);
  await onTheWay(walk);
  await endings(walk);
}

const ALL_ACCESS = ['read:orders', 'write:orders', 'read:customers.pii', 'write:inventory', 'passthrough'];

async function linkFor({ system, app }: Walk, session: object): Promise<string> {
  return (await apiClient(system, app).createSession({ ...session })).url;
}

async function forms(walk: Walk): Promise<void> {
  const { page, look } = walk;
  const link = await linkFor(walk, { access: ALL_ACCESS });
  await page.goto(link);
  await look('choose');
  await page.goto(`${link}?search=nobody`);
  await look('choose-none');
  for (const { id } of connectors) {
    await page.goto(`${link}/${id}`);
    await page.evaluate(
      "document.querySelectorAll('details').forEach((one) => { one.open = one.className !== 'languages'; })",
    );
    await look(`form-${id}`);
  }
}

/** Sends a form past what a script would say of it. */
async function send(page: Page, index: number, answers: Readonly<Record<string, string>>): Promise<void> {
  const forms = page.locator('form.ask');
  const form = forms.nth(index);
  await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
  for (const [name, value] of Object.entries(answers)) await form.locator(`[name=${name}]`).fill(value);
  // A page that was sent goes, whatever comes: the mark on it goes too.
  await page.evaluate("document.documentElement.id = 'before'");
  await form.evaluate((element) => (element as unknown as Sendable).submit());
  await page.locator('html:not(#before) body').waitFor();
}

interface Sendable {
  submit(): void;
}

async function wrongAnswers(walk: Walk): Promise<void> {
  const { page, look } = walk;
  const link = await linkFor(walk, { platform: 'woocommerce' });
  await page.goto(link);
  await send(page, 1, { storeUrl: 'a b', key: 'x', secret: 'y' });
  await look('form-wrong');
  const unknown = { key: `ck_${'0'.repeat(40)}`, secret: `cs_${'0'.repeat(40)}` };
  await send(page, 1, { storeUrl: shopAddress(BOOKS), ...unknown });
  await look('form-refused');
}

/** Stops on the shop's own page. @returns the word that comes back from there */
async function reachShop(walk: Walk, link: string, address: string): Promise<string> {
  const { page } = walk;
  await page.goto(link);
  await send(page, 0, { storeUrl: address });
  const logIn = page.getByRole('button', { name: 'Log in' });
  if ((await logIn.count()) > 0) await logIn.click();
  await page.getByRole('link', { name: 'Approve' }).waitFor();
  return new URL(page.url()).searchParams.get('user_id') ?? '';
}

async function onTheWay(walk: Walk): Promise<void> {
  const { system, page, look } = walk;
  const link = await linkFor(walk, { platform: 'woocommerce' });
  const nonce = await reachShop(walk, link, shopAddress(BOOKS));
  await page.goto(link);
  await look('away');
  const back = `${system.url}/connect/return?success=1&user_id=${nonce}`;
  await page.goto(back);
  await look('waiting');
  await page.goto(`${back}&waited=60`);
  await look('slow');
  await page.goto(back.replace('success=1', 'success=0'));
  await look('declined');
  await page.goto(`${system.url}/connect/callback/x?state=forged`);
  await look('refused');
  await page.goto(await linkFor(walk, { platform: 'magento' }));
  await send(page, 0, { storeUrl: 'keramik.sandbox.test/laden' });
  await look('steps');
}

async function endings(walk: Walk): Promise<void> {
  const { system, app, page, look } = walk;
  const link = await linkFor(walk, { platform: 'woocommerce' });
  await reachShop(walk, link, shopAddress(TEA));
  await page.getByRole('link', { name: 'Approve' }).click();
  await page.waitForURL(/\/done/);
  await look('done');
  await page.goto(link);
  await look('used');
  const [store] = await apiClient(system, app).stores();
  await page.goto(await linkFor(walk, { storeId: store?.id }));
  await look('form-reconnect');
  await send(page, 0, { storeUrl: shopAddress(BOOKS) });
  await look('other-shop');
  await system.sql("UPDATE stores SET status = 'disconnected' WHERE app_id = $1", [app.appId]);
  await page.goto(link);
  await look('ended');
  const late = await linkFor(walk, {});
  await system.sql("UPDATE connect_sessions SET expires_at = now() - interval '1 second' WHERE status = 'pending'");
  await page.goto(late);
  await look('expired');
}
