import { createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request of the gateway to a platform, and what it answered. */
export interface TappedExchange {
  /** When its head arrived, in milliseconds since 1970. */
  readonly at?: number;
  readonly method: string;
  /** The platform's host, out of the stand-in's path. */
  readonly host: string;
  /** Behind the host, with its query. */
  readonly path: string;
  readonly body: string;
  /** Headers of the request, by names in small letters: what of a caller's own goes on to a platform is seen here. */
  readonly asked?: IncomingMessage['headers'];
  /** 0 when the answer was lost. */
  readonly status: number;
  readonly answer: string;
  /** Of the answer, by names in small letters, without cookies. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Stands between the gateway and the sandbox and writes down what passes, changing nothing of it. */
export interface Tap {
  readonly url: string;
  readonly exchanges: readonly TappedExchange[];
  close(): Promise<void>;
}

export async function startTap(target: string): Promise<Tap> {
  const exchanges: TappedExchange[] = [];
  const server = createServer((incoming, outgoing) => {
    void pass(new URL(target), incoming, outgoing).then((exchange) => exchanges.push(exchange));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    exchanges,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function pass(target: URL, incoming: IncomingMessage, outgoing: ServerResponse): Promise<TappedExchange> {
  const at = Date.now();
  const body = await read(incoming);
  const [, host = '', path = ''] = /^\/([^/]+)\/(.*)$/.exec(incoming.url ?? '') ?? [];
  const { method = 'GET', headers } = incoming;
  const asked = { at, method, host, path, body: body.toString('utf8'), asked: headers };
  try {
    const answer = await forward(target, incoming, body);
    const text = await read(answer);
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    outgoing.end(text);
    return { ...asked, status: answer.statusCode ?? 0, answer: text.toString('utf8'), headers: headersOf(answer) };
  } catch {
    // The answer was lost on its way; so it is for the gateway.
    outgoing.destroy();
    return { ...asked, status: 0, answer: '' };
  }
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const named = Object.entries(headers).filter(([name]) => name !== 'set-cookie');
  return Object.fromEntries(named.map(([name, value]) => [name, String(value)]));
}

async function forward(
  target: URL,
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    const request = httpRequest({ host: target.hostname, port: target.port, method, path: url, headers }, resolve);
    request.once('error', reject);
    request.end(body);
  });
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
