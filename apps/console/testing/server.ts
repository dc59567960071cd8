import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { operatorSession, type OperatorSession } from '#operator-api';
import { consolePolicyWith } from '../../gateway/http/security-headers.js';
import { actOn, type Acted, type Outcome, problem } from './acts.js';
import { answerOf } from './answers.js';
import { makeHostile } from './hostile.js';
import type { World } from './world.js';

const BUILT = fileURLToPath(new URL('../../../dist/console', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/**
 * How the gateway is. `gone`: nobody listens; `databaseDown`, `workersDown`: it says so itself; `failing`: it answers 500;
 * `held`: questions wait until it is set to something else.
 */
export type Condition = 'well' | 'failing' | 'databaseDown' | 'workersDown' | 'gone' | 'signedOut' | 'held';

/** The console as it ships, and a gateway that answers as a test wants. For tests and development alone. */
export class FixtureServer {
  condition: Condition = 'well';
  role: OperatorSession['role'] = 'admin';
  /** Whether what is dangerous takes a new sign-in. */
  stale = false;
  /** Whether every text is hostile that the schemas leave free. */
  hostile = false;
  /** Places in answers that were made hostile so far. */
  readonly hostilePlaces = new Set<string>();
  readonly acted: Acted[] = [];
  readonly unknown: string[] = [];
  private readonly waiting = new Set<() => void>();
  private readonly server: Server;

  constructor(public world: World) {
    this.server = createServer((request, response) => void this.handle(request, response));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    // A TCP server's address is never a string.
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${String(port)}`;
  }

  async close(): Promise<void> {
    this.become('gone');
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Changes how the gateway is; whoever waited is answered. */
  become(condition: Condition): void {
    this.condition = condition;
    for (const go of this.waiting) go();
    this.waiting.clear();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fixture.invalid');
    if (this.condition === 'held' && pathname.startsWith('/ops/')) {
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
    if (this.condition === 'gone') request.socket.destroy();
    else if (pathname.startsWith('/console')) this.serveBuilt(pathname, response);
    else if (pathname === '/ops/sign-in') this.signIn(response);
    else send(response, pathname === '/readyz' ? this.ready() : await this.answer(request, pathname, searchParams));
  }

  private serveBuilt(pathname: string, response: ServerResponse): void {
    const file = /^\/console\/(assets\/[\w.-]+)$/.exec(pathname)?.[1];
    const nonce = randomBytes(16).toString('base64');
    response.setHeader('content-security-policy', consolePolicyWith(nonce));
    response.setHeader('x-content-type-options', 'nosniff');
    if (file !== undefined) {
      response.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream');
      response.end(readFileSync(path.join(BUILT, file)));
      return;
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(readFileSync(path.join(BUILT, 'index.html'), 'utf8').replaceAll('__NONCE__', nonce));
  }

  /** Stands in for the gateway's own page: whoever comes back has proved who they are. */
  private signIn(response: ServerResponse): void {
    this.stale = false;
    if (this.condition === 'signedOut') this.become('well');
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Sign in</title><h1>Sign in</h1><a href="/console">Signed in</a>');
  }

  private ready(): Outcome {
    const ready = { status: 'ready', database: 'answers', queue: 'on Postgres', recurringWork: 'runs' };
    const down = { ...ready, status: 'not ready' };
    if (this.condition === 'databaseDown') {
      return { status: 503, body: { ...down, database: 'does not answer', recurringWork: 'not known' } };
    }
    if (this.condition === 'workersDown') {
      return { status: 503, body: { ...down, recurringWork: 'refresh.tick has never run: start a worker' } };
    }
    return { status: 200, body: ready };
  }

  /** Why there is no answer at all, as the gateway is now. */
  private refusalNow(): Outcome | undefined {
    if (this.condition === 'signedOut') return problem(401, 'unauthorized', 'Sign in first.');
    if (this.condition === 'databaseDown') return problem(503, 'database_unavailable', 'The database does not answer.');
    const fails = this.condition === 'failing' || this.condition === 'workersDown';
    return fails ? problem(500, 'internal', 'Something failed on our side.') : undefined;
  }

  private async answer(request: IncomingMessage, pathname: string, query: URLSearchParams): Promise<Outcome> {
    const refused = this.refusalNow();
    if (refused !== undefined) return refused;
    if (request.method !== 'GET') return await actOn(this, request, pathname);
    if (pathname === '/ops/session') return { status: 200, body: this.session() };
    if (pathname === '/ops/operators' && this.role !== 'admin') {
      return problem(403, 'role_missing', 'This takes the role admin.');
    }
    const found = answerOf(this.world, pathname, query);
    if (found === undefined) {
      this.unknown.push(pathname);
      return problem(404, 'not_found', 'There is no such thing here.');
    }
    // A fixture that the gateway could never answer would prove nothing.
    found.schema.parse(found.body);
    return { status: 200, body: this.hostile ? this.poisoned(found.schema, found.body) : found.body };
  }

  private poisoned(schema: Parameters<typeof makeHostile>[0], body: unknown): unknown {
    const made = makeHostile(schema, body);
    for (const place of made.places) this.hostilePlaces.add(place);
    return made.body;
  }

  private session(): unknown {
    const now = Date.now();
    const provedAgo = (milliseconds: number) => (this.stale ? null : new Date(now - milliseconds).toISOString());
    const session = {
      kind: 'session',
      name: 'Ada Lovelace',
      role: this.role,
      steppedUpAt: provedAgo(100_000),
      steppedUpUntil: provedAgo(-200_000),
    };
    operatorSession.parse(session);
    return this.hostile ? this.poisoned(operatorSession, session) : session;
  }
}

function send(response: ServerResponse, { status, body }: Outcome): void {
  response.statusCode = status;
  response.setHeader('content-type', status < 400 ? 'application/json' : 'application/problem+json');
  response.end(JSON.stringify(body));
}
