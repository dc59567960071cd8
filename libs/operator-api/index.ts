export * from './attention.js';
export * from './callers.js';
export * from './common.js';
export * from './operators.js';
export * from './platforms.js';
export * from './queues.js';
export * from './stores.js';
export * from './tokens.js';
export { CALL_OUTCOMES, REFRESH_OUTCOMES } from '#contract';
