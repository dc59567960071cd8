import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * `#name` reaches the sources in libs/, so that tests need no build (package.json "imports"). Never list 'import' here: Vitest
 * hands the conditions to Node, where they would also make `require('pg-pool')` answer with the package's ES module.
 */
const conditions = ['shopspan-source', 'node'];
const exclude = ['**/node_modules/**', 'dist/**', '.shopspan/**'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    maxWorkers: Math.min(4, availableParallelism()),
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{apps,libs,test}/**/*.spec.ts', 'scripts/**/*.spec.mjs'], exclude },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{apps,libs,test}/**/*.int-spec.ts', 'scripts/**/*.int-spec.mjs', 'test/**/*.e2e-spec.ts'],
          exclude,
          globalSetup: ['test/setup/postgres.ts', 'test/setup/console.ts'],
          testTimeout: 30_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        // Kills processes and crashes a Postgres of its own; alone, because what it waits for is time.
        test: {
          name: 'faults',
          include: ['test/faults/**/*.fault-spec.ts'],
          exclude,
          testTimeout: 150_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
