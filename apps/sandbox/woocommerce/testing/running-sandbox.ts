import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostRequest } from '../../host-request.js';
import { REQUEST_ID_HEADER, type Redemption, SANDBOX_HOST_HEADER, type SandboxContext } from '../../platform.js';
import type { SandboxPlatform } from '../../platform.js';
import type { KeyPermissions } from '../api-keys.js';
import { createWooCommerceSandbox } from '../woocommerce-sandbox.js';

/** The clock of all specs. */
export const SPEC_NOW = new Date('2026-11-22T19:00:00Z');

interface SpecOptions {
  readonly now?: () => Date;
  readonly allowLoopbackCallback?: boolean;
}

/** This platform alone behind a root that takes `/<host>/…` apart, on a free loopback port. */
export interface RunningSandbox {
  readonly url: string;
  readonly platform: SandboxPlatform;
  readonly ledger: readonly Redemption[];
  /** How often the platform asked for its state to be saved. */
  readonly changes: () => number;
  /** Spoils one record of the next list. */
  readonly breakNextRecord: () => void;
  close(): Promise<void>;
}

export async function runSandbox({
  now = () => SPEC_NOW,
  allowLoopbackCallback = true,
}: SpecOptions = {}): Promise<RunningSandbox> {
  const ledger: Redemption[] = [];
  let changes = 0;
  let broken = false;
  let url = '';
  const context: SandboxContext = {
    now,
    ledger: { record: (redemption) => void ledger.push(redemption) },
    faults: {
      takeBrokenRecord: () => {
        const was = broken;
        broken = false;
        return was;
      },
    },
    settings: { port: 0, host: '127.0.0.1', tokenSeconds: 3600, allowLoopbackCallback },
    origin: (host) => `https://${host}`,
    standInUrl: (host, path) => `${url}/${host}${path}`,
    changed: () => void (changes += 1),
  };
  const platform = await createWooCommerceSandbox(context);
  const root = createServer((request, response) => {
    const target = hostRequest(request.url ?? '/');
    if (!target || !platform.serves(target.host)) {
      response.writeHead(404).end();
      return;
    }
    request.headers[SANDBOX_HOST_HEADER] = target.host;
    request.headers[REQUEST_ID_HEADER] = 'spec-1';
    request.url = target.url;
    platform.server.routing(request, response);
  });
  await new Promise<void>((resolve) => root.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  url = `http://127.0.0.1:${(root.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    root.closeAllConnections();
    await new Promise((resolve) => root.close(resolve));
    await platform.server.close();
  };
  return { url, platform, ledger, changes: () => changes, breakNextRecord: () => void (broken = true), close };
}

export interface KeyPair {
  readonly consumer_key: string;
  readonly consumer_secret: string;
}

/** @throws {Error} when the shop gives none */
export async function makeKey(url: string, host: string, permissions: KeyPermissions = 'read'): Promise<KeyPair> {
  const response = await fetch(`${url}/${host}/control/keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ permissions }),
  });
  if (response.status !== 200) throw new Error(`no key: ${response.status}`);
  // The control route's own answer.
  return (await response.json()) as KeyPair;
}

export function basic({ consumer_key: key, consumer_secret: secret }: KeyPair): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` };
}
