export { checkKeys, loadKeys } from './keys.js';
export { createRuntime, publicUrlOf, type Runtime, type RuntimeOptions } from './runtime.js';
