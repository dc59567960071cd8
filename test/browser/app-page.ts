import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';

/** What an app's page was told, in order. */
export interface Told {
  readonly done: readonly Readonly<Record<string, unknown>>[];
  readonly closed: number;
  /** Every message that came to the page, with where it came from. */
  readonly heard: readonly { readonly origin: string; readonly data: unknown }[];
}

/** A web server with the page of an app, on an origin of its own. */
export interface AppPage {
  readonly origin: string;
  close(): Promise<void>;
}

const HTML = `<!doctype html><title>App</title><h1>The app</h1>
<script src="GATEWAY/connect/embed.js"></script><button>Connect</button>
<script>
  var told = { done: [], closed: 0, heard: [] };
  addEventListener('message', function (event) { told.heard.push({ origin: event.origin, data: event.data }); });
  var asked = new URLSearchParams(location.search);
  function connect() {
    Shopspan.connect(asked.get('link'), {
      session: asked.get('session') || undefined,
      onDone: function (result) { told.done.push(result); },
      onClose: function () { told.closed += 1; }
    });
  }
  document.querySelector('button').onclick = connect;
  if (asked.get('at') === 'once') connect();
</script>`;

/** @param headers more of them, for pages that ask to be alone */
export async function startAppPage(gateway: string, headers: Readonly<Record<string, string>> = {}): Promise<AppPage> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(HTML.replaceAll('GATEWAY', gateway));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The address of an app's page that connects by this link. */
export function withLink({ origin }: AppPage, link: string, more: Readonly<Record<string, string>> = {}): string {
  return `${origin}/?${new URLSearchParams({ link, ...more }).toString()}`;
}

export async function toldTo(page: Page): Promise<Told> {
  return JSON.parse(await page.evaluate('JSON.stringify(told)')) as Told;
}
