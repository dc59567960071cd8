export * from './answering-store.js';
export * from './describe-connector.js';
export * from './example-connector.js';
