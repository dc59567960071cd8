import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

export type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';

/** Where the engine works: the migrated database, and a scratch one in which it may replay all migrations. */
export interface EngineDatabases {
  readonly main: () => Promise<SqlDriverAdapter>;
  readonly scratch: () => Promise<SqlDriverAdapter>;
}

/** A global of Node that @types/node 20 leaves to the browser's types. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, Record<string, ImportedFunction>>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};
type ImportedFunction = (...args: unknown[]) => unknown;

const MODULE = '@prisma/schema-engine-wasm/schema_engine_bg';
let loading: Promise<void> | undefined;

/**
 * Prisma's own migration engine, in process: the native one is a download, and nothing here may need a network.
 * Free it after use.
 */
export async function openSchemaEngine(databases: EngineDatabases): Promise<SchemaEngine> {
  loading ??= loadEngine();
  await loading;
  const factory = { provider: 'postgres', adapterName: 'pg' } as const;
  const adapters = { ...factory, connect: databases.main, connectToShadowDb: databases.scratch };
  const noLog = (): void => undefined;
  return engineModule.SchemaEngine.new({ datamodels: undefined }, noLog, bindMigrationAwareSqlAdapterFactory(adapters));
}

/** By hand, because the package's entry imports its .wasm file, which Node does only with a flag. */
async function loadEngine(): Promise<void> {
  // The engine reports a crash to this object and would crash again without it.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (): void => undefined } });
  const file = createRequire(import.meta.url)
    .resolve(MODULE)
    .replace(/\.js$/, '.wasm');
  const imports = { './schema_engine_bg.js': importedFunctions() };
  const { instance } = await WebAssembly.instantiate(await readFile(file), imports);
  engineModule.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (isFunction(start)) start();
}

/** The engine leaves a timer of ten seconds behind after each lock, which must not keep a finished program alive. */
function importedFunctions(): Record<string, ImportedFunction> {
  const imported: Record<string, ImportedFunction> = {};
  for (const [name, original] of Object.entries<unknown>(engineModule)) {
    if (!isFunction(original)) continue;
    const leavesTimer = name.startsWith('__wbg_setTimeout_');
    imported[name] = leavesTimer ? (...args) => withoutHold(original(...args)) : original;
  }
  return imported;
}

function isFunction(value: unknown): value is ImportedFunction {
  return typeof value === 'function';
}

function withoutHold(timer: unknown): unknown {
  return isTimer(timer) ? timer.unref() : timer;
}

function isTimer(value: unknown): value is NodeJS.Timeout {
  return value instanceof Object && 'unref' in value;
}
