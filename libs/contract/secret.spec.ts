import { format, inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from './secret.js';

const VALUE = 'hunter2-canary';
const secret = new Secret(VALUE);

it.each<[string, () => string]>([
  ['a template', () => `>${String(secret)}<`],
  ['concatenation', () => ''.concat(String(secret))],
  ['JSON', () => JSON.stringify({ nested: [secret] })],
  ['inspect', () => inspect({ nested: { secret } }, { showHidden: true, depth: 9 })],
  ['inspect without its own say', () => inspect(secret, { customInspect: false, showHidden: true })],
  ['format', () => format('%s %o %j', secret, secret, secret)],
  ['its keys', () => JSON.stringify([Reflect.ownKeys(secret), Object.entries(secret), Object.assign({}, secret)])],
  ['an error', () => inspect(new Error('it failed', { cause: { secret } }))],
  ['structured clone', () => inspect(structuredClone(Object.assign({}, secret)))],
])('is not to be seen in %s', (_, print) => {
  expect(print()).not.toContain(VALUE);
});

it('comes out where it is asked for by name', () => {
  expect(secret.expose()).toBe(VALUE);
  expect(String(secret)).toBe('[secret]');
  expect(JSON.stringify(secret)).toBe('"[secret]"');
});
