export * from './answering-store.js';
export * from './describe-connector.js';
export * from './example-connector.js';
export * from './fixture.js';
export * from './replay-write.js';
export * from './scripted-store.js';
export * from './secret-look-alikes.js';
export * from './model-order.js';
