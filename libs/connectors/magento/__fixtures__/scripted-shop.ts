import { type JsonValue } from '#contract';
import { type ScriptedAnswer, scriptedStore } from '#testing';
import { magento } from '../magento.js';

export { outcomeOf } from '#testing';

/** For specs: a shop that answers in order; `filters` are what its searches asked for, as `field is value`. */
export function scriptedShop(...answers: readonly ScriptedAnswer[]) {
  const { store, sent, queries } = scriptedStore(magento, 'rest/', ...answers);
  return { store, sent, filters: () => queries.map(filtersOf) };
}

function filtersOf(query: Readonly<Record<string, unknown>>): readonly string[] {
  const names = Object.keys(query).filter((name) => name.endsWith('][field]') && name.includes('filter_groups'));
  return names.map((name) => {
    const part = (last: string) => String(query[name.replace(/field\]$/, `${last}]`)]);
    return `${part('field')} ${part('condition_type')} ${part('value')}`;
  });
}

/** What a search answers. */
export function found(...items: readonly JsonValue[]): readonly [number, JsonValue] {
  return [200, { items: [...items], total_count: items.length }];
}

export const ATTEMPT = { key: '00000000-0000-4000-8000-000000000001', reference: 'ssp-1' };
export const EUR = (amount: string) => ({ amount, currency: 'EUR' });

/** A product as a search answers it. */
export const product = (changes: Readonly<Record<string, JsonValue>> = {}): Readonly<Record<string, JsonValue>> => ({
  id: 1,
  sku: 'MUG-001',
  name: 'Mug',
  attribute_set_id: 4,
  price: 12.9,
  status: 1,
  visibility: 4,
  type_id: 'simple',
  created_at: '2026-11-22 18:29:41',
  updated_at: '2026-11-22 18:29:41',
  custom_attributes: [],
  ...changes,
});
export const attributes = (values: Readonly<Record<string, JsonValue>>): JsonValue =>
  Object.entries(values).map(([attribute_code, value]) => ({ attribute_code, value }));
