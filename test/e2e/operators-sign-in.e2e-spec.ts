import { beforeAll, describe, expect, it } from 'vitest';
import { sessions } from '#operator-api';
import { startSystem, type System } from '../system.js';
import { readAnswer, readProblem } from './api-client.js';
import { createMerchantBrowser } from './merchant-browser.js';
import { asSignedIn, cookiesOf, linkOf, signedIn, signInByLink } from './operator-way.js';

const ADA = { name: 'Ada', role: 'admin' } as const;

let system: System;
beforeAll(async () => {
  system = await startSystem();
  return () => system.stop();
});

const statusOf = async (cookie: string) => (await asSignedIn(system, cookie).call('GET', '/ops/stores')).status;

describe('a one-time link', () => {
  it('signs an operator in, who then sees the stores and who they are', async () => {
    const browser = createMerchantBrowser();
    const shell = await signInByLink(system, browser, ADA);
    expect(shell.url).toBe(`${system.url}/console`);
    expect((await browser.open(`${system.url}/ops/stores`)).status).toBe(200);
    const { cookie } = await signedIn(system, ADA);
    const { call } = asSignedIn(system, cookie);
    expect((await call('GET', '/ops/session')).json).toMatchObject({ kind: 'session', name: 'Ada', role: 'admin' });
    const { data } = sessions.parse((await call('GET', '/ops/sessions')).json);
    expect(data.filter(({ isThis }) => isThis)).toHaveLength(1);
  });

  it('is used up by whoever presses its button, and not by programs that look behind links', async () => {
    const address = linkOf(system, await system.addSignInLink(ADA));
    for (let looks = 0; looks < 3; looks += 1) expect((await fetch(address)).status).toBe(200);
    const [first, second] = [createMerchantBrowser(), createMerchantBrowser()];
    const [hers, his] = [await first.open(address), await second.open(address)];
    expect((await first.submit(hers.forms[0])).url).toBe(`${system.url}/console`);
    const refused = await second.submit(his.forms[0]);
    expect([refused.status, refused.text]).toEqual([404, expect.stringContaining('was used already')]);
    expect((await fetch(address)).status).toBe(404);
  });

  it('is used once, however many press at the same time', async () => {
    const address = linkOf(system, await system.addSignInLink(ADA));
    const browsers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const browser = createMerchantBrowser();
        return { browser, page: await browser.open(address) };
      }),
    );
    const ends = await Promise.all(browsers.map(({ browser, page }) => browser.submit(page.forms[0])));
    // Where the console is not built, its place says so; one of them got there.
    expect(ends.filter(({ url }) => url === `${system.url}/console`)).toHaveLength(1);
    expect(ends.filter(({ status }) => status === 404)).toHaveLength(7);
  });

  it('ends after a quarter of an hour', async () => {
    const address = linkOf(system, await system.addSignInLink(ADA));
    const browser = createMerchantBrowser();
    const page = await browser.open(address);
    await system.sql("UPDATE operator_sign_in_links SET expires_at = expires_at - interval '15 minutes'");
    expect((await browser.submit(page.forms[0])).status).toBe(404);
    expect((await browser.open(address)).status).toBe(404);
  });

  it.each(['', 'x', 'A'.repeat(43), `${'A'.repeat(42)}'`])('that was never made is none: %s', async (text) => {
    expect((await fetch(linkOf(system, text))).status).toBe(404);
  });

  it('is not pressed by another page', async () => {
    const text = await system.addSignInLink(ADA);
    const opened = await fetch(linkOf(system, text));
    const csrf = /name="csrf" value="([^"]+)"/.exec(await opened.text())?.[1] ?? '';
    const cookie = cookiesOf(opened);
    const tries: readonly (readonly [Record<string, string>, string])[] = [
      [{ cookie, 'sec-fetch-site': 'cross-site' }, csrf],
      [{ cookie, 'sec-fetch-site': 'same-site' }, csrf],
      [{ cookie, origin: 'https://evil.example' }, csrf],
      [{ cookie }, csrf],
      [{ cookie, 'sec-fetch-site': 'same-origin' }, ''],
      [{ 'sec-fetch-site': 'same-origin' }, csrf],
    ];
    for (const [headers, given] of tries) {
      const body = new URLSearchParams({ csrf: given });
      const answer = await fetch(linkOf(system, text), { method: 'POST', headers, body, redirect: 'manual' });
      expect([headers, answer.status]).toEqual([headers, 403]);
    }
    // It was not used up by any of them.
    expect((await fetch(linkOf(system, text))).status).toBe(200);
  });
});

describe('a session', () => {
  it('case 163: is in a cookie that scripts, other sites and other hosts never see', async () => {
    const address = linkOf(system, await system.addSignInLink(ADA));
    const browser = createMerchantBrowser();
    const opened = await browser.open(address);
    const body = new URLSearchParams(opened.forms[0]?.fields);
    const headers = { cookie: cookiesOf(opened), 'sec-fetch-site': 'same-origin' };
    const answer = await fetch(address, { method: 'POST', body, headers, redirect: 'manual' });
    const [session, flow] = answer.headers.getSetCookie();
    // A plain name on loopback; over https the same test is in public-address.e2e-spec.ts.
    expect(session).toMatch(/^shopspan_operator=sos_[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(flow).toMatch(/^shopspan_sign_in=; .*Max-Age=0$/);
    const kept = await system.sql("SELECT octet_length(hash) AS bytes FROM operator_sessions WHERE hash <> '\\x'");
    expect(new Set(kept.map(({ bytes }) => bytes))).toEqual(new Set([32]));
  });

  it('case 163: has an id that nobody chose before: what a browser came with is neither adopted nor left alive', async () => {
    const planted = `shopspan_operator=sos_${'A'.repeat(43)}`;
    expect(await statusOf(planted)).toBe(401);
    const { cookie: earlier } = await signedIn(system, ADA);
    const opened = await fetch(linkOf(system, await system.addSignInLink(ADA)));
    const csrf = /name="csrf" value="([^"]+)"/.exec(await opened.text())?.[1] ?? '';
    for (const before of [planted, earlier]) {
      const cookie = `${before}; ${cookiesOf(opened)}`;
      const answer = await fetch(linkOf(system, await system.addSignInLink(ADA)), {
        ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams({ csrf }) },
        headers: { cookie, 'sec-fetch-site': 'same-origin' },
      });
      expect(answer.status).toBe(303);
      expect(cookiesOf(answer)).not.toContain(before);
      expect(await statusOf(cookiesOf(answer))).toBe(200);
      expect(await statusOf(before)).toBe(401);
    }
  });

  it('case 163: ends when its operator signs out, for every process, and not before', async () => {
    const { cookie: leaving } = await signedIn(system, ADA);
    const { cookie } = await signedIn(system, ADA);
    const out = async (site: string) => {
      const headers = { cookie: leaving, 'sec-fetch-site': site };
      return await fetch(`${system.url}/ops/session`, { method: 'DELETE', headers });
    };
    expect((await out('cross-site')).status).toBe(403);
    expect(await statusOf(leaving)).toBe(200);
    const left = await out('same-origin');
    expect([left.status, left.headers.getSetCookie()]).toEqual([200, [expect.stringContaining('Max-Age=0')]]);
    expect(await statusOf(leaving)).toBe(401);
    // Another session of the same operator is another session.
    expect(await statusOf(cookie)).toBe(200);
  });

  it('case 163: lives beside others of the same operator, who sees and ends each of them', async () => {
    const eve = { name: 'Eve', role: 'viewer' } as const;
    const other = await signedIn(system, eve);
    const { call } = await signedIn(system, eve);
    const { data } = sessions.parse((await call('GET', '/ops/sessions')).json);
    // A viewer sees her own alone: this one, and the other.
    expect(data.map(({ name, isOwn }) => [name, isOwn])).toEqual([...Array<unknown>(2).fill(['Eve', true])]);
    const id = data.find(({ isThis }) => !isThis)?.id ?? '';
    expect((await call('DELETE', `/ops/sessions/${id}`)).status).toBe(200);
    expect(await statusOf(other.cookie)).toBe(401);
    const [foreign] = await system.sql(
      "SELECT s.id FROM operator_sessions s JOIN operators o ON o.id = s.operator_id WHERE o.name = 'Ada' AND s.ended_at IS NULL",
    );
    expect((await call('DELETE', `/ops/sessions/${String(foreign?.['id'])}`)).status).toBe(403);
  });

  it.each([
    ['half an hour without a request', 'idle_ends_at', '30 minutes'],
    ['twelve hours', 'ends_at', '12 hours'],
  ])('case 163: ends after %s', async (_, column, time) => {
    const { cookie } = await signedIn(system, { name: `Ida ${column}`, role: 'viewer' });
    expect(await statusOf(cookie)).toBe(200);
    await system.sql(
      `UPDATE operator_sessions s SET ${column} = ${column} - $1::interval FROM operators o WHERE o.id = s.operator_id AND o.name = $2`,
      [time, `Ida ${column}`],
    );
    expect(await statusOf(cookie)).toBe(401);
  });
});

describe('a browser that is signed in', () => {
  it('changes nothing at the word of another site', async () => {
    const { cookie } = await signedIn(system, ADA);
    const body = JSON.stringify({ scope: 'app', target: 'app_' + '0'.repeat(32), reason: 'x' });
    const json = { cookie, 'content-type': 'application/json' };
    const own = new URL(system.url).origin;
    const wrong: readonly Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: own },
      { 'sec-fetch-site': 'none' },
      { origin: 'null' },
      { origin: 'https://evil.example' },
      { origin: `${own}.evil.example` },
    ];
    for (const headers of wrong) {
      const answer = await fetch(`${system.url}/ops/stops`, { method: 'POST', headers: { ...json, ...headers }, body });
      expect([headers, answer.status, readProblem(await readAnswer(answer)).code]).toEqual([
        ...[headers, 403, 'cross_site_refused'],
      ]);
    }
    for (const headers of [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, { origin: own }]) {
      const answer = await fetch(`${system.url}/ops/stops`, { method: 'POST', headers: { ...json, ...headers }, body });
      expect([headers, answer.status]).toEqual([headers, 404]);
    }
  });

  it('and shows people a page when something is refused', async () => {
    const page = await createMerchantBrowser().open(`${system.url}/ops/stores`);
    expect([page.status, page.links.map(({ href }) => href)]).toEqual([401, [`${system.url}/ops/sign-in`]]);
  });
});
