import type { IncomingMessage } from 'node:http';
import { limitChange, probeResult, reconnectLink } from '#operator-api';
import { HOSTILE } from './hostile.js';
import { id } from './stores.js';
import type { World } from './world.js';

/** Something that was asked for. */
export interface Acted {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** What acting needs of the server. */
export interface Actable {
  readonly world: World;
  /** Whether what is dangerous takes a new sign-in. */
  readonly stale: boolean;
  readonly hostile: boolean;
  readonly acted: Acted[];
  become(condition: 'signedOut'): void;
}

export interface Outcome {
  readonly status: number;
  readonly body: unknown;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
}

/** A refusal as the gateway words it. */
export function problem(status: number, code: string, detail: string): Outcome {
  const title = 'Look at `/ops` for what to do.';
  const type = `https://github.com/shopspan/shopspan#${code}`;
  return { status, body: { type, title, status, detail, code, requestId: 'req_fixture' } };
}

/** Does what the console asks for, as far as a fixture can. */
export async function actOn(server: Actable, request: IncomingMessage, path: string): Promise<Outcome> {
  const method = request.method ?? '';
  const body = await bodyOf(request);
  const dangerous = path.startsWith('/ops/operators/') || path.startsWith('/ops/stops');
  if (dangerous && server.stale) {
    return problem(403, 'step_up_required', 'This takes a sign-in of the last five minutes.');
  }
  server.acted.push({ method, path, body });
  if (path.startsWith('/ops/stops/')) return lift(server, path);
  if (path === '/ops/session') server.become('signedOut');
  return made(answerTo(server, path, body));
}

function answerTo(server: Actable, path: string, body: unknown): unknown {
  if (path.endsWith('/reconnect-link')) return reconnectLink.parse(link(server));
  if (path.endsWith('/probe')) return probeResult.parse(probed(server));
  if (path.endsWith('/replay')) return { replayed: 37 };
  return path.endsWith('/limit') ? limitChange.parse(body) : {};
}

const made = (body: unknown): Outcome => ({ status: 200, body });

function lift({ world }: Actable, path: string): Outcome {
  if (path.endsWith(id('stp', 2))) return { status: 202, body: world.stops[1] };
  const index = world.stops.findIndex((stop) => path.endsWith(stop.id));
  const stop = world.stops[index];
  if (stop === undefined) return problem(404, 'not_found', 'There is no such stop in force.');
  world.stops[index] = { ...stop, liftedBy: 'Ada Lovelace', liftedAt: new Date().toISOString() };
  return made(world.stops[index]);
}

function link({ hostile }: Actable): unknown {
  const url = hostile ? 'javascript:window.pwned=1' : 'https://gateway.example/connect/4f1c2b6a9d';
  return { url, expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
}

function probed({ world, hostile }: Actable): unknown {
  const health = world.stores[0]?.health;
  const words = hostile ? HOSTILE[0] : 'Service Unavailable';
  return {
    at: new Date().toISOString(),
    milliseconds: 412,
    ok: false,
    shop: null,
    error: { code: 'platform_unavailable', message: words, platformStatus: 503, platformMessage: words },
    health,
  };
}
