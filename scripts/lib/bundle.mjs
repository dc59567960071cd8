// One file of TypeScript made runnable, with what it needs of ours; a plugin may change sources on the way.
import { build } from 'vite';

const conditions = ['shopspan-source', 'node'];

export async function bundle(entry, outDir, plugins = []) {
  await build({
    root: process.cwd(),
    configFile: false,
    logLevel: 'error',
    plugins,
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    build: { ssr: entry, outDir, minify: false, target: 'node20', emptyOutDir: true },
  });
}
