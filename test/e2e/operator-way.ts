import type { OperatorRole } from '#persistence';
import type { System } from '../system.js';
import { type Answer, readAnswer } from './api-client.js';
import type { MerchantBrowser, Page } from './merchant-browser.js';

export const linkOf = ({ url }: System, text: string): string => `${url}/ops/link/${text}`;

/** Signs somebody in with a one-time link, as a person does in a browser. @returns the page they end on */
export async function signInByLink(
  system: System,
  browser: MerchantBrowser,
  person: { readonly name: string; readonly role: OperatorRole },
): Promise<Page> {
  const opened = await browser.open(linkOf(system, await system.addSignInLink(person)));
  return await browser.submit(opened.forms[0]);
}

/** Somebody who is signed in, without a browser around it: calls routes as a page's script would. */
export interface SignedIn {
  readonly cookie: string;
  readonly call: (method: string, path: string, body?: object) => Promise<Answer>;
}

export async function signedIn(
  system: System,
  person: { readonly name: string; readonly role: OperatorRole },
): Promise<SignedIn> {
  const address = linkOf(system, await system.addSignInLink(person));
  const opened = await fetch(address);
  const flow = cookiesOf(opened);
  const csrf = /name="csrf" value="([^"]+)"/.exec(await opened.text())?.[1] ?? '';
  const headers = { cookie: flow, 'sec-fetch-site': 'same-origin' };
  const body = new URLSearchParams({ csrf });
  const answer = await fetch(address, { method: 'POST', redirect: 'manual', headers, body });
  if (answer.status !== 303) throw new Error(`answered ${String(answer.status)} to a sign-in link`);
  return asSignedIn(system, cookiesOf(answer));
}

export function asSignedIn({ url }: System, cookie: string): SignedIn {
  return {
    cookie,
    async call(method, path, body) {
      const json = body === undefined ? {} : { 'content-type': 'application/json' };
      const headers = { cookie, 'sec-fetch-site': 'same-origin', ...json };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      return await readAnswer(await fetch(`${url}${path}`, { method, headers, redirect: 'manual', ...sent }));
    },
  };
}

/** The cookies that an answer sets, and does not take away, as a browser sends them back. */
export function cookiesOf({ headers }: Pick<Response, 'headers'>): string {
  const kept = headers.getSetCookie().filter((line) => !line.includes('Max-Age=0'));
  return kept.map((line) => line.split(';')[0]).join('; ');
}
