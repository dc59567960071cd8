/** A form on a page, ready to be filled in. */
export interface PageForm {
  readonly method: 'GET' | 'POST';
  readonly action: string;
  /** The address of the page it is on. */
  readonly page: string;
  /** What it sends when nothing is changed; buttons not included. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface PageLink {
  readonly text: string;
  readonly href: string;
}

/** A page as a merchant sees it. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** What is readable, white space collapsed. */
  readonly text: string;
  readonly title: string;
  readonly forms: readonly PageForm[];
  readonly links: readonly PageLink[];
}

/** A browser without JavaScript: keeps cookies, follows redirects, submits forms, follows links. */
export interface MerchantBrowser {
  open(url: string): Promise<Page>;
  submit(form: PageForm | undefined, changes?: Readonly<Record<string, string>>): Promise<Page>;
  click(page: Page, text: string): Promise<Page>;
  /** The same, but ends before the first redirect that leads to such an address. @returns that address */
  submitUntil(form: PageForm | undefined, changes: Readonly<Record<string, string>>, address: RegExp): Promise<string>;
  clickUntil(page: Page, text: string, address: RegExp): Promise<string>;
}

interface Cookie {
  readonly host: string;
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

interface Visit {
  readonly url: string;
  readonly body?: URLSearchParams;
  /** The page that sends it; typed into the address bar without one. */
  readonly from?: string;
  readonly until?: RegExp;
}

const MOST_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const NOTHING_LISTENS = /^https:\/\//;

export function createMerchantBrowser(): MerchantBrowser {
  const cookies = createCookieJar();

  const load = async ({ url, body, from, until }: Visit): Promise<Page> => {
    let [target, form] = [url, body];
    for (let hops = 0; hops < MOST_REDIRECTS; hops += 1) {
      const response = await fetch(target, {
        redirect: 'manual',
        method: form === undefined ? 'GET' : 'POST',
        headers: { cookie: cookies.header(target), accept: 'text/html', 'sec-fetch-site': siteOf(from, target) },
        ...(form === undefined ? {} : { body: form }),
      });
      cookies.store(target, response.headers.getSetCookie());
      const location = response.headers.get('location');
      if (!REDIRECTS.has(response.status) || location === null) return readPage(target, response);
      await response.body?.cancel();
      if (response.status !== 307 && response.status !== 308) form = undefined;
      target = new URL(location, target).href;
      // Nothing of these tests answers https: that is the app's own page, on which the merchant's way ends.
      if (until?.test(target) === true || NOTHING_LISTENS.test(target)) return emptyPage(target, response);
    }
    throw new Error(`more than ${String(MOST_REDIRECTS)} redirects from ${url}`);
  };

  const submit = (form: PageForm | undefined, changes: Readonly<Record<string, string>>, until?: RegExp) => {
    if (form === undefined) throw new Error('there is no form on this page');
    const body = new URLSearchParams({ ...form.fields, ...changes });
    const ending = until === undefined ? {} : { until };
    if (form.method === 'POST') return load({ url: form.action, body, from: form.page, ...ending });
    return load({ url: `${form.action}?${body.toString()}`, from: form.page, ...ending });
  };

  const click = (page: Page, text: string, until?: RegExp) => {
    const link = page.links.find((one) => one.text === text);
    if (link === undefined) throw new Error(`no link "${text}" on ${page.url}: ${page.text}`);
    return load({ url: link.href, from: page.url, ...(until === undefined ? {} : { until }) });
  };

  const stoppedAt = (page: Page, address: RegExp): string => {
    if (!address.test(page.url)) throw new Error(`ended on ${page.url} (${String(page.status)}): ${page.text}`);
    return page.url;
  };

  return {
    open: (url) => load({ url }),
    submit: (form, changes = {}) => submit(form, changes),
    click: (page, text) => click(page, text),
    submitUntil: async (form, changes, address) => stoppedAt(await submit(form, changes, address), address),
    clickUntil: async (page, text, address) => stoppedAt(await click(page, text, address), address),
  };
}

/** What browsers say of where a request comes from (Fetch Metadata). */
function siteOf(from: string | undefined, target: string): string {
  if (from === undefined) return 'none';
  if (new URL(from).origin === new URL(target).origin) return 'same-origin';
  return new URL(from).hostname === new URL(target).hostname ? 'same-site' : 'cross-site';
}

/** Cookies by host and path; like a browser's, they do not tell ports apart. */
function createCookieJar() {
  let kept: readonly Cookie[] = [];
  return {
    header(url: string): string {
      const { hostname, pathname } = new URL(url);
      const sent = kept.filter(({ host, path }) => host === hostname && isBelow(pathname, path));
      return sent.map(({ name, value }) => `${name}=${value}`).join('; ');
    },
    store(url: string, lines: readonly string[]): void {
      const { hostname: host, pathname } = new URL(url);
      for (const line of lines) {
        const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
        const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
        const attribute = attributes.find((one) => /^path=/i.test(one))?.slice('path='.length);
        const path = attribute ?? (pathname.replace(/\/[^/]*$/, '') || '/');
        const others = kept.filter((one) => one.name !== name || one.host !== host || one.path !== path);
        kept = [...others, { host, path, name, value }];
      }
    },
  };
}

function isBelow(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function emptyPage(url: string, { status, headers }: Response): Page {
  return { url, status, headers, html: '', text: '', title: '', forms: [], links: [] };
}

async function readPage(url: string, response: Response): Promise<Page> {
  const html = await response.text();
  const { status, headers } = response;
  // What stands around it, such as the choice of a language, is on every page.
  const main = /<main\b.*<\/main>/s.exec(html)?.[0] ?? html;
  return {
    ...{ url, status, headers, html },
    text: textOf(html.replace(/<(head|style|script)\b.*?<\/\1>/gs, ' ')),
    title: textOf(/<title>(.*?)<\/title>/s.exec(html)?.[1] ?? ''),
    forms: [...main.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, tag = '', inside = '']) => ({
      method: attributeOf(tag, 'method')?.toUpperCase() === 'POST' ? 'POST' : 'GET',
      action: new URL(attributeOf(tag, 'action') ?? url, url).href,
      page: url,
      fields: fieldsOf(inside),
    })),
    links: [...main.matchAll(/<a\b([^>]*)>(.*?)<\/a>/gs)].map(([, tag = '', inside = '']) => ({
      text: textOf(inside),
      href: new URL(attributeOf(tag, 'href') ?? '', url).href,
    })),
  };
}

function fieldsOf(inside: string): Readonly<Record<string, string>> {
  const inputs = [...inside.matchAll(/<input\b([^>]*)>/gs)].map(([, tag = '']) => tag);
  const pairs = inputs.map((tag) => [attributeOf(tag, 'name') ?? '', attributeOf(tag, 'value') ?? ''] as const);
  return Object.fromEntries(pairs.filter(([name]) => name !== ''));
}

function attributeOf(tag: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`, 's').exec(tag)?.[1];
  return value === undefined ? undefined : decoded(value);
}

function textOf(html: string): string {
  return decoded(html.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

function decoded(text: string): string {
  return text.replace(/&(#39|amp|lt|gt|quot|nbsp);/g, (_whole, name: string) => ENTITIES[name] ?? '');
}
