import { createServer, type Server, request as httpRequest } from 'node:http';
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
  return await listening(server);
}

async function listening(server: Server): Promise<AppPage> {
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

/** Stands before the platforms, whose pages may ask to be alone. */
export interface PlatformFront extends AppPage {
  /** Where they are. */
  target: string;
  /** What all of their answers carry besides their own headers. */
  headers: Readonly<Record<string, string>>;
}

/** Passes on what it is asked, to a `target` that is named later. */
export async function startPlatformFront(): Promise<PlatformFront> {
  const server = createServer((incoming, outgoing) => {
    const { method, url: path = '/', headers } = incoming;
    const { hostname: host, port } = new URL(front.target);
    const asked = httpRequest({ host, port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...front.headers });
      answer.pipe(outgoing);
    });
    asked.once('error', () => outgoing.destroy());
    incoming.pipe(asked);
  });
  const front: PlatformFront = { ...(await listening(server)), target: '', headers: {} };
  return front;
}

/** The address of an app's page that connects by this link. */
export function withLink({ origin }: AppPage, link: string, more: Readonly<Record<string, string>> = {}): string {
  return `${origin}/?${new URLSearchParams({ link, ...more }).toString()}`;
}

export async function toldTo(page: Page): Promise<Told> {
  return JSON.parse(await page.evaluate('JSON.stringify(told)')) as Told;
}
