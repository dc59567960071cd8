import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The operator console: static files that the gateway serves at /console (npm run build:console). */
export default defineConfig({
  root: here('.'),
  base: '/console/',
  plugins: [react()],
  resolve: { conditions: ['shopspan-source', ...defaultClientConditions] },
  build: {
    outDir: here('../../dist/console'),
    emptyOutDir: true,
    target: 'es2023',
    // The size of the first screen is read from it (scripts/lib/build-console.mjs).
    manifest: true,
    // A policy without 'unsafe-inline' or data: fonts: everything is a file.
    assetsInlineLimit: 0,
    // Browsers that run the console preload modules by themselves; the stand-in would be dead weight.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // One file, in the order of imports: schemas that were made before api/no-eval.ts would try to evaluate text.
          groups: [{ name: 'schemas', test: /[\\/]no-eval\.ts|[\\/]libs[\\/]|node_modules[\\/]zod[\\/]/ }],
        },
      },
      // The libs are values and types: what is not used of them is left out.
      treeshake: { moduleSideEffects: [{ test: /[\\/]libs[\\/]/, sideEffects: false }] },
    },
  },
});
