import { decimal, type JsonValue } from '#contract';
import type { Condition, Rule } from './coupon-schema.js';

const RULE = 'Magento\\SalesRule\\Model\\Rule\\Condition\\';
const ALL_OF_CART = `${RULE}Combine`;
const OF_CART = `${RULE}Address`;
const ALL_OF_ITEM = `${RULE}Product\\Combine`;
const OF_ITEM = `${RULE}Product`;

/** Everything below must hold (recorded: sales-rules). */
function allOf(type: string, conditions: readonly JsonValue[]): JsonValue {
  return { condition_type: type, aggregator_type: 'all', operator: null, value: '1', conditions: [...conditions] };
}

/** Conditions that all must hold, of those that stand by themselves at the top. */
function held(root: Condition | null | undefined): readonly Condition[] {
  const isAll = root?.aggregator_type === 'all' && !['0', 'false', ''].includes(root.value);
  return isAll ? (root.conditions ?? []) : [];
}

/** How much must be in the cart. */
export function minimumOf({ condition }: Rule): string | null {
  const found = held(condition).find(
    (one) => /^base_subtotal/.test(one.attribute_name ?? '') && ['>=', '>'].includes(one.operator ?? ''),
  );
  const value = found?.value ?? '';
  return /^\d+(\.\d+)?$/.test(value) ? decimal(value).toFixed() : null;
}

/** The categories to one of which an item must belong. */
export function categoriesOf({ action_condition: condition }: Rule): readonly string[] {
  const found = held(condition).find(
    (one) => one.attribute_name === 'category_ids' && ['()', '==', '{}'].includes(one.operator ?? ''),
  );
  return (found?.value ?? '').split(/\s*,\s*/).filter((id) => /^\d+$/.test(id));
}

/** The conditions of a cart, with this one in place of the one there was; others stay. */
export function cartConditions(current: Condition | null | undefined, minimum: string | null): JsonValue {
  const others = held(current).filter((one) => !/^base_subtotal/.test(one.attribute_name ?? ''));
  const own = {
    condition_type: OF_CART,
    attribute_name: 'base_subtotal',
    operator: '>=',
    value: minimum,
  };
  return allOf(ALL_OF_CART, [...others.map(asJson), ...(minimum === null ? [] : [own])]);
}

/** The conditions of an item, with these categories in place of those there were; others stay. */
export function itemConditions(current: Condition | null | undefined, categoryIds: readonly string[]): JsonValue {
  const others = held(current).filter((one) => one.attribute_name !== 'category_ids');
  const own = {
    condition_type: OF_ITEM,
    attribute_name: 'category_ids',
    operator: '()',
    value: categoryIds.join(','),
  };
  return allOf(ALL_OF_ITEM, [...others.map(asJson), ...(categoryIds.length === 0 ? [] : [own])]);
}

/** Whether a rule holds under one condition among several, or under none of them: then nothing can be added to it. */
export function isAlternative(root: Condition | null | undefined): boolean {
  return (root?.conditions ?? []).length > 0 && held(root).length === 0;
}

// What JSON printed is JSON.
function asJson(condition: Condition): JsonValue {
  return JSON.parse(JSON.stringify(condition)) as JsonValue;
}
