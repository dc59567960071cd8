import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readSettings } from '#config';
import { runProcess } from '#process';
import { createSandbox, type Sandbox } from './sandbox.js';

const clients = z.record(
  z.string(),
  z.array(z.object({ clientId: z.string(), secret: z.string(), redirectUris: z.array(z.string()), name: z.string() })),
);

/** Registers the applications that the demo uses, as their developer would have done at the platform. */
async function registerClients(sandbox: Sandbox, file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  for (const [platform, registered] of Object.entries(clients.parse(JSON.parse(text)))) {
    for (const { clientId, ...client } of registered) {
      const response = await fetch(`${sandbox.url}/control/${platform}/clients/${clientId}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(client),
      });
      if (!response.ok) throw new Error(`the sandbox did not take the client ${clientId} (${response.status})`);
    }
  }
}

await runProcess('sandbox', async () => {
  const settings = readSettings();
  const sandbox = await createSandbox({
    port: settings.SANDBOX_PORT,
    host: '127.0.0.1',
    tokenSeconds: settings.SANDBOX_TOKEN_SECONDS,
    stateFile: path.join(settings.SHOPSPAN_STATE_DIR, 'sandbox.json'),
    allowLoopbackCallback: true,
  });
  await sandbox.listen();
  await registerClients(sandbox, path.join(settings.SHOPSPAN_STATE_DIR, 'sandbox-clients.json'));
  return { ready: sandbox.url, stop: () => sandbox.close() };
});
