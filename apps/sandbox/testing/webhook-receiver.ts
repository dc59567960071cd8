import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request an app's webhook address got. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  /** The bytes as they came, read as UTF-8. */
  readonly body: string;
}

/** An app's webhook address on this machine. */
export interface WebhookReceiver {
  readonly url: string;
  readonly received: Received[];
  /** What it answers from now on. */
  status: number;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(receiver.status, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server listening on a TCP port has an address of this form.
  const { port } = server.address() as AddressInfo;
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    status: 200,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
  return receiver;
}
