import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readSettings } from '#config';
import { checkKeys, dataKeyStore, loadKeys, signInLinksOf } from '#runtime';
import { createVault } from '#vault';
import type { Command, Options } from './command.js';
import { COMMANDS } from './commands.js';
import { runAudited } from './run-audited.js';
import { migrateCommand } from './migrate-command.js';
import { openOwnerDatabase } from './owner-database.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function usage(): string {
  const lines = Object.entries(COMMANDS).map(([name, command]) => `  npm run admin -- ${name} ${command.usage}`);
  return ['Commands:', '  npm run migrate', ...lines].join('\n');
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      tenant: { type: 'string' },
      app: { type: 'string' },
      name: { type: 'string' },
      key: { type: 'string' },
      test: { type: 'boolean' },
      scope: { type: 'string', multiple: true },
      'return-origin': { type: 'string', multiple: true },
      'expires-days': { type: 'string' },
      'data-keys': { type: 'boolean' },
      'grace-minutes': { type: 'string' },
      'within-minutes': { type: 'string' },
      yes: { type: 'boolean' },
      store: { type: 'string' },
      platform: { type: 'string' },
      everything: { type: 'boolean' },
      reason: { type: 'string' },
      stop: { type: 'string' },
      role: { type: 'string' },
      operator: { type: 'string' },
      token: { type: 'string' },
      end: { type: 'string' },
      witness: { type: 'string' },
      limit: { type: 'string' },
      action: { type: 'string' },
      'older-than-days': { type: 'string' },
      kind: { type: 'string' },
      client: { type: 'string' },
      jwks: { type: 'string' },
      'redirect-uri': { type: 'string', multiple: true },
      'allow-ip': { type: 'string', multiple: true },
      'overlap-minutes': { type: 'string' },
    },
  });
  const [name, ...surplus] = positionals;
  const settings = readSettings();
  if (name === 'migrate') {
    await migrateCommand(settings, fileURLToPath(new URL('../../../prisma/migrations', import.meta.url)), say);
    return;
  }
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined || surplus.length > 0) throw new RangeError(usage());
  await runCommand(String(name), command, values);
}

async function runCommand(name: string, command: Command, options: Options): Promise<void> {
  const settings = readSettings();
  const database = await openOwnerDatabase(settings);
  try {
    const keyEncryption = await checkKeys(database, await loadKeys(settings));
    const vault = createVault({ keyEncryption, dataKeys: dataKeyStore(database) });
    const context = { database, vault, keyEncryption, signInLinks: signInLinksOf(settings), say };
    say(JSON.stringify(await runAudited(name, command, context, options), null, 2));
  } finally {
    await database.close();
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
