import { connectors } from '#connectors';
import type { Hosting } from '#contract';
import { describe, expect, it } from 'vitest';
import { connectorWith } from '../../test/setup/oauth-platforms.js';
import { createStandInSwitch } from './stand-in.js';

const SANDBOX = 'http://127.0.0.1:4010';
const hosted = connectorWith('oauth2Code');
const merchants = connectors.filter(({ hosting }: { hosting: Hosting }) => hosting.kind === 'merchant');
const { answersFor, actualUrl, standIn } = createStandInSwitch(SANDBOX, connectors);
const platformUrl = new URL('admin/x?code=1#top', hosted.address.apiRoot);

describe('with a sandbox', () => {
  it('an app in test mode is led to it, with host, path and query', () => {
    expect(actualUrl(platformUrl, 'test').href).toBe(`${SANDBOX}/${platformUrl.hostname}/admin/x?code=1`);
    expect(standIn?.origin).toBe(SANDBOX);
    expect(standIn?.rewrite(platformUrl)?.href).toBe(`${SANDBOX}/${platformUrl.hostname}/admin/x?code=1`);
  });

  it('an app in live mode never is', () => {
    expect(actualUrl(platformUrl, 'live')).toBe(platformUrl);
  });

  it("a merchant's own shop is only the sandbox's under a name that cannot be real", () => {
    expect(merchants.length).toBeGreaterThan(0);
    expect(['tea.sandbox.test', 'a.b.sandbox.test'].map(answersFor)).toEqual([true, true]);
    const others = [
      'shop.example.com',
      'sandbox.test',
      'xsandbox.test',
      'tea.sandbox.test.example.com',
      'sandbox.test.',
      '127.0.0.1',
      'localhost',
      '',
    ];
    expect(others.filter(answersFor)).toEqual([]);
    for (const host of others.slice(0, 5)) {
      const url = new URL(`https://${host}/wp-json/`);
      expect([actualUrl(url, 'test'), standIn?.rewrite(url)]).toEqual([url, undefined]);
    }
  });

  it('the address of a host cannot break out of its place in the path', () => {
    const url = new URL('https://tea.sandbox.test/../../../etc//x?y');
    expect(actualUrl(url, 'test').href).toBe(`${SANDBOX}/tea.sandbox.test/etc//x?y`);
  });
});

it('without a sandbox nothing is ever led elsewhere', () => {
  const none = createStandInSwitch(undefined, connectors);
  expect([none.answersFor(platformUrl.hostname), none.answersFor('tea.sandbox.test'), none.standIn]).toEqual([
    false,
    false,
    undefined,
  ]);
  expect([none.actualUrl(platformUrl, 'test'), none.actualUrl(platformUrl, 'live')]).toEqual([
    platformUrl,
    platformUrl,
  ]);
});
