import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createEgress } from './egress.js';
import { createTransport, type Transport } from './transport.js';

const opened: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

async function listening(): Promise<{ readonly url: URL; readonly seen: string[]; readonly transport: Transport }> {
  const seen: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    seen.push(url);
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = new URL(`http://localhost:${String(port)}`);
  // Reaching the host takes as long as the test says.
  const egress = createEgress({ allow: [url.host], resolve: () => reached });
  const transport = createTransport({ egress, userAgent: 'test' });
  opened.push(transport, server);
  return { url, seen, transport };
}

let reached: Promise<readonly string[]> = Promise.resolve(['127.0.0.1']);

const LIMITS = { deadlineMs: 20_000, maxBytes: 1000 };
const call = (url: URL, path: string) => ({ method: 'GET', url: new URL(path, url), headers: {} });

describe('the last moment before a request is written', () => {
  it('case 145: a call that waits for its connection does not leave when that was forbidden meanwhile', async () => {
    const { url, seen, transport } = await listening();
    let reach: () => void = () => undefined;
    reached = new Promise((resolve) => {
      reach = () => resolve(['127.0.0.1']);
    });
    let allowed = true;
    const sent = transport(call(url, '/late'), { ...LIMITS, mayLeave: () => allowed });
    allowed = false;
    reach();
    await expect(sent).rejects.toMatchObject({ reason: 'aborted', sent: 'no' });
    expect(seen).toEqual([]);
  });

  it('case 145: nor does one over a connection that is open already', async () => {
    const { url, seen, transport } = await listening();
    reached = Promise.resolve(['127.0.0.1']);
    await transport(call(url, '/first'), LIMITS);
    const sent = transport(call(url, '/second'), { ...LIMITS, mayLeave: () => false });
    await expect(sent).rejects.toMatchObject({ reason: 'aborted', sent: 'no' });
    expect((await transport(call(url, '/third'), { ...LIMITS, mayLeave: () => true })).status).toBe(200);
    expect(seen).toEqual(['/first', '/third']);
  });
});
