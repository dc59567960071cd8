import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fastify, type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { carryOutFault } from './carry-out-fault.js';
import { createFaults, type FaultBoard } from './faults.js';
import { hostRequest, type HostRequest } from './host-request.js';
import { createLedger, type LedgerBook } from './ledger.js';
import {
  REQUEST_ID_HEADER,
  SANDBOX_HOST_HEADER,
  type SandboxContext,
  type SandboxPlatform,
  type SandboxSettings,
} from './platform.js';
import { PLATFORM_FACTORIES, type PlatformFactory } from './platforms.js';
import { registerRootRoutes } from './root-routes.js';
import { createStateFile, type StateFile } from './state-file.js';

const LONGEST_REQUEST_ID = 100;
const OWN_BODY_LIMIT = 256 * 1024;

const savedSchema = z.object({ version: z.literal(1), platforms: z.record(z.string(), z.json()), ledger: z.unknown() });

/** A running (or not yet listening) sandbox. */
export interface Sandbox {
  /** e.g. `http://127.0.0.1:4010`. @throws {Error} before {@link Sandbox.listen} */
  readonly url: string;
  /** Starts to listen. @returns {@link Sandbox.url} */
  listen(): Promise<string>;
  /** Stops listening, cuts open connections and saves the state. */
  close(): Promise<void>;
}

type Dispatch = (target: HostRequest, request: IncomingMessage, response: ServerResponse) => void;

function createDispatch(platforms: readonly SandboxPlatform[], faults: FaultBoard): Dispatch {
  let requests = 0;
  return (target, request, response) => {
    const platform = platforms.find((one) => one.serves(target.host));
    if (platform === undefined) {
      response.writeHead(404, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify({ errors: 'Not Found' }));
      return;
    }
    const requestId = request.headers[REQUEST_ID_HEADER];
    request.headers[SANDBOX_HOST_HEADER] = target.host;
    request.headers[REQUEST_ID_HEADER] =
      typeof requestId === 'string' && requestId !== '' ? requestId.slice(0, LONGEST_REQUEST_ID) : String(++requests);
    request.url = target.url;
    const dispatch = (): void => platform.server.routing(request, response);
    const fault = faults.take(target.host, target.path);
    if (fault === undefined) dispatch();
    else carryOutFault(fault, request, response, dispatch);
  };
}

function createRoot(dispatch: Dispatch): FastifyInstance {
  return fastify({
    bodyLimit: OWN_BODY_LIMIT,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 300 },
    // Platforms read the raw request themselves, so it must not pass through the root's own parsers.
    serverFactory: (handler) =>
      createServer((request, response) => {
        const target = hostRequest(request.url ?? '/');
        if (target === undefined) handler(request, response);
        else dispatch(target, request, response);
      }),
  });
}

function addressOf(host: string, port: number): string {
  // A server on every interface is still opened by its loopback address.
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

function portOf(server: FastifyInstance): number {
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('The sandbox is not listening.');
  return address.port;
}

async function restore(file: StateFile, platforms: readonly SandboxPlatform[], ledger: LedgerBook): Promise<void> {
  const loaded = await file.load();
  if (loaded === undefined) return;
  const saved = savedSchema.parse(loaded);
  for (const platform of platforms) {
    const state = saved.platforms[platform.id];
    if (state !== undefined) platform.restore(state);
  }
  ledger.restore(saved.ledger);
}

function handle(
  root: FastifyInstance,
  platforms: readonly SandboxPlatform[],
  settings: SandboxSettings,
  file: StateFile,
): Sandbox {
  const url = (): string => addressOf(settings.host, portOf(root));
  return {
    get url() {
      return url();
    },
    async listen() {
      await root.listen({ port: settings.port, host: settings.host });
      return url();
    },
    async close() {
      await root.close();
      await Promise.all(platforms.map((platform) => platform.server.close()));
      await file.flush();
    },
  };
}

/**
 * Builds the sandbox with all its platforms and takes back what an earlier run saved.
 * @param factories which platforms; the default is all of them
 * @throws {Error} when the state file holds a state that is not of the sandbox's making
 */
export async function createSandbox(
  settings: SandboxSettings,
  factories: readonly PlatformFactory[] = PLATFORM_FACTORIES,
): Promise<Sandbox> {
  const live = { ...settings };
  const now = settings.now ?? ((): Date => new Date());
  const platforms: SandboxPlatform[] = [];
  const faults = createFaults();
  const ledger = createLedger(now, () => file.changed());
  const file = createStateFile(settings.stateFile, () => ({
    version: 1,
    platforms: Object.fromEntries(platforms.map((platform) => [platform.id, platform.snapshot()])),
    ledger: ledger.snapshot(),
  }));
  const root = createRoot(createDispatch(platforms, faults));
  const standInUrl = (host: string, path: string): string => `${addressOf(settings.host, portOf(root))}/${host}${path}`;
  const changed = (): void => file.changed();
  const origin = (host: string): string => `https://${host}`;

  const context: SandboxContext = { now, ledger, faults, settings: live, origin, standInUrl, changed };
  for (const factory of factories) platforms.push(await factory(context));
  await restore(file, platforms, ledger);
  registerRootRoutes(root, {
    platforms,
    ledger,
    faults,
    changeSettings: (changes) => void Object.assign(live, changes),
  });
  await Promise.all(platforms.map((platform) => platform.server.ready()));
  return handle(root, platforms, settings, file);
}
