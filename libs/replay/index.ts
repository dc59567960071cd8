export * from './exchange.js';
export * from './read-exchanges.js';
export * from './replay-exchange.js';
export * from './run-replay.js';
