import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { Metrics, Readiness } from '#observability';

export interface MonitoringServerOptions {
  readonly host: string;
  readonly port: number;
  readonly metrics: Pick<Metrics, 'contentType' | 'text'>;
  readonly ready: () => Promise<Readiness>;
}

const REQUEST_MS = 5_000;
const MOST_CONNECTIONS = 50;

/**
 * The worker's only ears: three paths, for the machine it runs on or a private network. A worker has no way to check an
 * operator's token, so nothing here asks for one.
 */
export async function startMonitoringServer(options: MonitoringServerOptions): Promise<Server> {
  const { host, port } = options;
  const startedAt = new Date();
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, (request, response) => {
    const path = request.method === 'GET' ? request.url?.split('?')[0] : undefined;
    answer(options, path, startedAt, response).catch(() => send(response, 500, 'text/plain', 'it cannot be told'));
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

async function answer(
  { metrics, ready: look }: MonitoringServerOptions,
  path: string | undefined,
  startedAt: Date,
  response: ServerResponse,
): Promise<void> {
  switch (path) {
    case '/metrics':
      send(response, 200, metrics.contentType, await metrics.text());
      return;
    case '/healthz':
      send(response, 200, 'application/json', JSON.stringify({ status: 'ok', since: startedAt }));
      return;
    case '/readyz': {
      const { ready, parts } = await look();
      const body = JSON.stringify({ status: ready ? 'ready' : 'not ready', ...parts });
      send(response, ready ? 200 : 503, 'application/json', body);
      return;
    }
    case undefined:
    default:
      send(response, 404, 'text/plain', 'there is nothing here');
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
