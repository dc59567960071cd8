// `npm run admin`, `npm run migrate` and the like: installs and builds what is missing, then runs one program.
import { requireNode } from './lib/node-version.mjs';

requireNode();
const [name, ...args] = process.argv.slice(2);
import('./lib/launch.mjs').then(({ run }) => run(name, args));
