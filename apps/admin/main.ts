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

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const yes = { type: 'boolean' } as const;

/** What commands may be told; each reads its own. */
const OPTIONS = {
  tenant: text,
  app: text,
  name: text,
  key: text,
  test: yes,
  scope: texts,
  'return-origin': texts,
  'expires-days': text,
  'data-keys': yes,
  'grace-minutes': text,
  'within-minutes': text,
  yes,
  store: text,
  platform: text,
  everything: yes,
  reason: text,
  stop: text,
  role: text,
  operator: text,
  token: text,
  end: text,
  witness: text,
  limit: text,
  action: text,
  'older-than-days': text,
  kind: text,
  client: text,
  jwks: text,
  'redirect-uri': texts,
  'allow-ip': texts,
  'overlap-minutes': text,
};

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: OPTIONS });
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
