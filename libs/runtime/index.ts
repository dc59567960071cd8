export { checkKeys, loadKeys } from './keys.js';
export { createRuntime, dataKeyStore, publicUrlOf, type Runtime, type RuntimeOptions } from './runtime.js';
