export { type Health, healthOf } from './health-of.js';
export { probeStore, type StoreAnswer, tryStore } from './probe-store.js';
export { healthFrom, readHealth } from './read-health.js';
export { healthWords, whoOf, type WhoActs, whoOfActor } from './who-acts.js';
