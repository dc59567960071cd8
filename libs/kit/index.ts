export * from './graphql.js';
export * from './instants.js';
export * from './records.js';
export * from './signing.js';
export * from './store-url.js';
