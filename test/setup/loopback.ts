import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as a loopback server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server of this process on 127.0.0.1 that answers as a test says. */
export interface Loopback {
  /** e.g. `http://127.0.0.1:40123` */
  readonly origin: string;
  /** `127.0.0.1:40123`, as an allow list of the egress rules has it. */
  readonly host: string;
  /** All requests so far, in the order in which they came. */
  readonly seen: readonly SeenRequest[];
  /** Cuts open connections as well. */
  close(): Promise<void>;
}

/** What a test says about an answer; a function of its own has the whole response. */
export type Reply =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | RequestListener;

/** Ends the connection instead of answering. */
export const reset: Reply = (request) => void request.socket.destroy();

/** Ends the connection in the middle of the body. */
export const cut: Reply = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('{"a"', () => response.socket?.destroy());
};

/** Answers each request with what `reply` says of it; a body that is no text is sent as JSON. */
export async function startLoopback(reply: (request: SeenRequest, count: number) => Reply): Promise<Loopback> {
  const seen: SeenRequest[] = [];
  const answerOne = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: unknown[] = await incoming.toArray().catch(() => []);
    const { method = '', url = '', headers } = incoming;
    const request = {
      method,
      url,
      headers,
      body: Buffer.concat(chunks.filter((chunk) => Buffer.isBuffer(chunk))).toString(),
    };
    seen.push(request);
    const answer = reply(request, seen.length);
    if (typeof answer === 'function') {
      answer(incoming, response);
      return;
    }
    const { status = 200, headers: more = {}, body = {} } = answer;
    const type = typeof body === 'string' ? 'text/html' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...more });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const server = createServer((incoming, response) => void answerOne(incoming, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // An IP server has no other kind of address.
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return { origin: `http://${host}`, host, seen, close: () => closed(server) };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** A port on which nobody listens: a connection to it is refused. */
export async function closedPort(): Promise<string> {
  const server = await startLoopback(() => ({}));
  await server.close();
  return server.host;
}
