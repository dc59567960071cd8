import {
  type ConnectedStore,
  type CouponChange,
  type couponDeletion,
  type CouponInput,
  type CouponRecord,
  emulated,
  GatewayError,
  type JsonValue,
  type Losses,
  type WriteAttempt,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson, mapOne } from '#kit';
import { z } from 'zod';
import { id, list } from '../atoms.js';
import { amountIn, API, bodyOf, checkedId, rejected, writeCall } from '../record-calls.js';
import { where } from '../search-criteria.js';
import { searchAll } from '../search-page.js';
import { cartConditions, isAlternative, itemConditions } from './coupon-conditions.js';
import { type Code, code as codeSchema, identifyRule, type Rule } from './coupon-schema.js';
import { codesWhere, couponReading, kindOf, readRule } from './coupons.js';
import { COUPONS, deleteCall, partOf, RULES } from './places.js';
import { type Body, numberOf } from './product-input.js';
import { after, takeBack } from './steps.js';

const WHOLE_DAYS = {
  fate: 'changed',
  why: 'A Magento rule holds for whole days of its shop; an instant within a day becomes the whole day.',
} as const;

const LOSSES: Losses = { startsAt: WHOLE_DAYS, endsAt: WHOLE_DAYS };

type Fields = Partial<Omit<CouponChange, 'couponId'>>;
type Kind = NonNullable<Fields['kind']>;

const ACTIONS: Readonly<Record<Kind, string>> = {
  percentage: 'by_percent',
  fixedOrder: 'cart_fixed',
  fixedItem: 'by_fixed',
  freeShipping: 'by_percent',
};

/** What is taken off; a number without its kind would be read as whatever the rule is. */
function discountBody({ currency }: ConnectedStore, kind: Kind | undefined, { percentage, amount }: Fields): Body {
  if (kind === undefined) return {};
  if (percentage !== undefined && kind !== 'percentage')
    throw rejected('belongs to kind percentage and to no other', 'percentage');
  if (amount !== undefined && !kind.startsWith('fixed'))
    throw rejected('belongs to kind fixedOrder or fixedItem and to no other', 'amount');
  const isFree = kind === 'freeShipping';
  const number = isFree ? '0' : (percentage ?? (amount && amountIn(currency, amount, 'amount').toFixed()));
  return bodyOf({
    simple_action: ACTIONS[kind],
    discount_amount: number === undefined ? undefined : numberOf(number),
    // The whole shipment is free, not only what of it the rule is about.
    simple_free_shipping: isFree ? '2' : '0',
  });
}

/** @param current the rule there is */
function ruleBody(store: ConnectedStore, kind: Kind | undefined, fields: Fields, current?: Rule): Body {
  const { name, productIds = [], disabled } = fields;
  // Without it the coupon would hold for everything.
  if (productIds.length > 0)
    throw rejected(
      'Magento limits a coupon to products by conditions, which are made in its back office.',
      'productIds',
    );
  return bodyOf({
    name,
    ...discountBody(store, kind, fields),
    ...periodBody(fields),
    ...limitsBody(fields),
    ...conditionsBody(store, fields, current),
    is_active: disabled === undefined ? undefined : !disabled,
  });
}

function periodBody({ startsAt, endsAt }: Fields) {
  return {
    from_date: startsAt && dayOf(startsAt),
    // The last day still counts: what ends with its first moment ends the day before.
    to_date: endsAt === null ? '' : endsAt && dayOf(new Date(endsAt.getTime() - 1)),
  };
}

// 0 is no limit.
function limitsBody({ usageLimit, usageLimitPerCustomer }: Fields) {
  return {
    uses_per_coupon: usageLimit === null ? 0 : usageLimit,
    uses_per_customer: usageLimitPerCustomer === null ? 0 : usageLimitPerCustomer,
  };
}

function conditionsBody({ currency }: ConnectedStore, { minimumAmount, categoryIds }: Fields, current?: Rule) {
  if (minimumAmount !== undefined) checkAdditive(current?.condition, 'minimumAmount');
  if (categoryIds !== undefined) checkAdditive(current?.action_condition, 'categoryIds');
  const minimum = minimumAmount && amountIn(currency, minimumAmount, 'minimumAmount').toFixed();
  const ids = categoryIds?.map((one) => checkedId(one, 'category'));
  return {
    condition: minimum === undefined ? undefined : cartConditions(current?.condition, minimum),
    action_condition: ids && itemConditions(current?.action_condition, ids),
  };
}

function checkAdditive(condition: Rule['condition'], path: string): void {
  if (isAlternative(condition))
    throw rejected('The rule has conditions of which one is enough: change it in the back office.', path);
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

export const createCoupons: WriteOperation<CouponInput, Written<CouponRecord>> = emulated(
  {
    repeat: {
      kind: 'clientReference',
      why: 'The reference is kept in the description of the rule, and its code is made after it.',
      async find(store: ConnectedStore, { code }: CouponInput, attempt: WriteAttempt) {
        const [found] = await rulesOf(store, attempt);
        if (found === undefined) return undefined;
        const made = (await codesWhere(store, [where('rule_id', 'eq', identifyRule(found) ?? '0')])).find(
          (one) => one.code?.toLowerCase() === code.toLowerCase(),
        );
        return made && mapOne('magento', 'coupons', found, couponReading(store, [made]));
      },
    },
    losses: LOSSES,
    async run(store: ConnectedStore, input: CouponInput, attempt: WriteAttempt) {
      const { code, kind } = input;
      const fields = ruleBody(store, kind, { disabled: false, ...input, name: input.name ?? code });
      await checkFree(store, code);
      const [left] = await rulesOf(store, attempt);
      const raw = left ?? (await createRule(store, fields, attempt));
      const ruleId = identifyRule(raw) ?? '';
      try {
        const body = { coupon: { rule_id: Number(ruleId), code, type: 0, is_primary: true, times_used: 0 } };
        const made = await writeCall(store, { path: COUPONS, body, expect: codeSchema });
        return mapOne('magento', 'coupons', raw, couponReading(store, [made]));
      } catch (error) {
        return takeBack('The rule', error, () => deleteCall(store, `${RULES}/${checkedId(ruleId, 'coupon')}`));
      }
    },
  },
  'A coupon is a rule and a code in Magento: first the one is made, then the other, and the rule is deleted again where its code is refused.',
);

const MADE_BY = 'Shopspan';
// The largest page a shop may be limited to (fact sheet, 3).
const MOST_GROUPS = 300;

/** What an earlier try has left. */
async function rulesOf(store: ConnectedStore, { reference }: WriteAttempt): Promise<readonly JsonValue[]> {
  const group = where('description', 'eq', `${MADE_BY} ${reference}`);
  return searchAll(store, { path: `${RULES}/search`, where: [group], id: { column: 'rule_id', field: 'rule_id' } });
}

async function checkFree(store: ConnectedStore, code: string): Promise<void> {
  const [found] = await codesWhere(store, [where('code', 'eq', code)]);
  if (found === undefined) return;
  throw new GatewayError('conflict', `Coupon ${found.rule_id} has this code already.`, { platform: { id: 'magento' } });
}

/** A rule for every website and for all customers, those without an account too. */
async function createRule(store: ConnectedStore, fields: Body, { reference }: WriteAttempt): Promise<JsonValue> {
  const websites = await store.http({
    path: `${API}store/websites`,
    effect: 'read',
    expect: z.array(z.object({ id })),
  });
  const selection = { path: `${API}customerGroups/search`, id: { column: 'customer_group_id', field: 'id' } };
  const groups = await searchAll(store, selection, MOST_GROUPS);
  const rule = {
    website_ids: websites.data.map((one) => Number(one.id)).filter((one) => one !== 0),
    customer_group_ids: partOf(list(z.object({ id })), groups, 'customer groups').map((one) => Number(one.id)),
    description: `${MADE_BY} ${reference}`,
    coupon_type: 'SPECIFIC_COUPON',
    ...NEW_RULE,
    ...fields,
  };
  return writeCall(store, { path: RULES, body: { rule }, expect: anyJson });
}

// What a rule has to say, as the platform describes it (Swagger: sales-rule-data-rule-interface).
const NEW_RULE = {
  uses_per_customer: 0,
  uses_per_coupon: 0,
  stop_rules_processing: false,
  is_advanced: true,
  sort_order: 0,
  discount_step: 0,
  apply_to_shipping: false,
  times_used: 0,
  is_rss: false,
  use_auto_generation: false,
};

export const updateCoupons: WriteOperation<CouponChange, Written<CouponRecord>> = emulated(
  {
    repeat: { kind: 'sameEffect', why: 'It sets fields.' },
    losses: LOSSES,
    async run(store: ConnectedStore, { couponId, code, ...fields }: CouponChange) {
      const { record: current, raw } = await readRule(store, couponId);
      const [primary] = await codesWhere(store, [where('rule_id', 'eq', couponId), where('is_primary', 'eq', '1')]);
      const body = ruleBody(store, kindAfter(current, fields), fields, current);
      const changed = Object.keys(body).length === 0 ? raw : await changeRule(store, couponId, raw, body);
      const step = () => changeCode(store, couponId, primary, code);
      const own = changed === raw ? await step() : await after('The other fields were written', step);
      return mapOne('magento', 'coupons', changed, couponReading(store, own === undefined ? [] : [own]));
    },
  },
  'Magento writes all of a rule: it is read and written back with these fields, and a new code in a call of its own. What is changed in between is lost.',
);

/** All of a rule is written again, as some of what is left out would be reset: who changes it meanwhile loses that. */
async function changeRule(store: ConnectedStore, couponId: string, raw: JsonValue, body: Body): Promise<JsonValue> {
  const { extension_attributes: _kept, ...whole } = partOf(z.record(z.string(), anyJson), raw, 'a rule');
  const path = `${RULES}/${checkedId(couponId, 'coupon')}`;
  return writeCall(store, { method: 'PUT', path, body: { rule: { ...whole, ...body } }, expect: anyJson });
}

async function changeCode(
  store: ConnectedStore,
  couponId: string,
  primary: Code | undefined,
  code: string | undefined,
): Promise<Code | undefined> {
  if (code === undefined || code === primary?.code) return primary;
  if (primary === undefined) throw rejected('This rule has no code of its own.', 'code');
  const number = Number(primary.coupon_id);
  // How often it was used goes on being counted there, and is not sent though it is said to be needed: left out, it stays.
  const coupon = { coupon_id: number, rule_id: Number(couponId), code, is_primary: true, type: 0 };
  const path = `${COUPONS}/${checkedId(primary.coupon_id, 'coupon')}`;
  return writeCall(store, { method: 'PUT', path, body: { coupon }, expect: codeSchema });
}

// What its number counts.
function unitOf(kind: CouponRecord['kind']): string {
  return kind.startsWith('fixed') ? 'fixed' : kind;
}

/** 10 percent must not become 10 of the shop's currency, nor the other way round. */
function kindAfter(rule: Rule, { kind, percentage, amount }: Fields): Kind | undefined {
  const value = percentage ?? amount;
  if (kind === undefined && value === undefined) return undefined;
  if (kind === 'freeShipping' || (kind !== undefined && value !== undefined)) return kind;
  const current = kindOf(rule);
  if (kind !== undefined && unitOf(kind) !== unitOf(current))
    throw rejected(`A coupon that becomes ${kind} needs to be told how much it takes off.`, 'kind');
  if (kind !== undefined) return kind;
  if (current === 'other') throw rejected('Its discount is of a kind that is only made in the back office.', 'kind');
  return current;
}

export const deleteCoupons: WriteOperation<z.output<typeof couponDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What is gone stays gone.' },
  losses: {},
  // Its codes go with it.
  run: async (store, { couponId }) => deleteCall(store, `${RULES}/${checkedId(couponId, 'coupon')}`),
};
