import { once } from 'node:events';
import { createServer } from 'node:net';
import { LaunchError } from './launch-error.js';

export interface WantedPort {
  readonly host: string;
  readonly port: number;
  readonly what: string;
  /** The setting that changes it. */
  readonly setting: string;
}

/** @throws LaunchError naming the port that cannot be had, and the setting that changes it */
export async function checkPorts(wanted: readonly WantedPort[]): Promise<void> {
  for (const { host, port, what, setting } of wanted) {
    const reason = await whyNot(host, port);
    if (reason === undefined) continue;
    const sentence = `The ${what} cannot listen on port ${String(port)} of ${host}: ${reason}.`;
    throw new LaunchError(`${sentence} Choose another one with ${setting}=<port>.`);
  }
}

async function whyNot(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') return 'another program uses it';
    if (code === 'EACCES') return 'this user may not use it';
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      return 'this machine does not have that address (SHOPSPAN_HOST)';
    throw error;
  } finally {
    server.close();
  }
}
