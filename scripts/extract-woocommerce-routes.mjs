// Writes test/conformance/woocommerce-routes.json: of WooCommerce's own description of its routes those that the connector
// calls, with what can be checked of a request. What is sent can then be held against the platform's rules without the whole
// description being part of this repository. Defaults and contexts are left out; descriptions were never in it.
//
// usage: node scripts/extract-woocommerce-routes.mjs [--check] [routes.json]
//   --check writes nothing and fails when the file is not up to date
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCE = resolve(root, '../shared/specs/woocommerce/wc-v3-10.5.0.routes.json');
const TARGET = join(root, 'test/conformance/woocommerce-routes.json');

const USED = [
  'coupons',
  'coupons/N',
  'customers',
  'customers/N',
  'data/currencies/current',
  'orders',
  'orders/N',
  'orders/N/notes',
  'orders/N/refunds',
  'products',
  'products/N',
  'products/N/variations',
  'products/N/variations/N',
  'products/N/variations/batch',
  'products/categories',
  'products/categories/N',
  'products/tags',
  'products/tags/batch',
  'settings/N/N',
  'system_status',
  'variations',
  'webhooks',
  'webhooks/N',
];
const CHECKED = ['type', 'enum', 'format', 'minimum', 'maximum', 'readonly', 'required'];

const plain = (route) => route.replace(/\(\?P<\w+>[^)]+\)/g, 'N').replace('/wc/v3/', '');

/** Of an argument only what is checked; `required: false` says nothing. */
function pruned(rule) {
  if (typeof rule !== 'object' || rule === null) return {};
  const kept = Object.entries(rule).filter(([name, value]) => CHECKED.includes(name) && value !== false);
  const { items, properties } = rule;
  return {
    ...Object.fromEntries(kept),
    ...(items === undefined ? {} : { items: pruned(items) }),
    ...(properties === undefined ? {} : { properties: prunedAll(properties) }),
  };
}

function prunedAll(rules) {
  const sorted = Object.entries(rules).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, rule]) => [name, pruned(rule)]));
}

export async function extractRoutes(source) {
  const { routes, _about: about } = JSON.parse(readFileSync(source, 'utf8'));
  const found = Object.entries(routes).filter(([route]) => USED.includes(plain(route)));
  const missing = USED.filter((name) => !found.some(([route]) => plain(route) === name));
  if (missing.length > 0) throw new Error(`there is no route ${missing.join(', ')}`);
  const kept = found
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([route, { endpoints }]) => [
      route,
      { endpoints: endpoints.map(({ methods, args = {} }) => ({ methods, args: prunedAll(args) })) },
    ]);
  const text = JSON.stringify({ source: about.generated_from, routes: Object.fromEntries(kept) });
  return await format(text, { parser: 'json', printWidth: 120 });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = process.argv.slice(2);
  const [source = SOURCE] = options.filter((option) => option !== '--check');
  const extract = await extractRoutes(source);
  if (!options.includes('--check')) writeFileSync(TARGET, extract);
  else if (readFileSync(TARGET, 'utf8') !== extract) {
    process.stderr.write(`${TARGET} is not up to date: run node scripts/extract-woocommerce-routes.mjs\n`);
    process.exitCode = 1;
  }
}
