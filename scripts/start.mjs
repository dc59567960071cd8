// `npm start`: installs and builds what is missing, then runs everything until Ctrl-C.
import { requireNode } from './lib/node-version.mjs';

// Everything else is loaded after this check: an older Node could not even read it.
requireNode();
import('./lib/launch.mjs').then(({ launch }) => launch(process.argv.slice(2)));
