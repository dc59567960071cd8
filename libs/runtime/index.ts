export { checkKeys, loadKeys } from './keys.js';
export { loopNameOf, publicUrlOf, signInLinksOf } from './public-urls.js';
export { readinessOf } from './readiness.js';
export { createRuntime, dataKeyStore, type Runtime, type RuntimeOptions } from './runtime.js';
export { lateWork } from './late-tick.js';
