import { defineConfig } from 'prisma/config';

// These commands never start the native schema engine, yet refuse to work when it is missing, which it is: it is a download.
// Any file that exists contents them. (Migrations run on the WebAssembly engine, see libs/persistence/schema-engine.ts.)
if (['generate', 'validate', 'format'].includes(process.argv[2] ?? '')) {
  process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;
}

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
