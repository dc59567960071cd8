// `npm test`: installs and builds what is missing, then runs the tests. Arguments go to Vitest.
import { requireNode } from './lib/node-version.mjs';

// Everything else is loaded after this check: an older Node could not even read it.
requireNode();
import('./lib/run-tests.mjs').then(({ runTests }) => runTests(process.argv.slice(2)));
