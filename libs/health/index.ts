export { type Health, healthOf } from './health-of.js';
export { probeStore } from './probe-store.js';
export { readHealth } from './read-health.js';
