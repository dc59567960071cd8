export { checkKeys, loadKeys } from './keys.js';
export {
  createRuntime,
  dataKeyStore,
  loopNameOf,
  publicUrlOf,
  type Runtime,
  type RuntimeOptions,
  signInLinksOf,
} from './runtime.js';
