import { anyJson } from '#kit';
import { z } from 'zod';
import { flag, id, list, text } from '../atoms.js';
import { exactAmount } from './product-schema.js';

/** One condition, or several that hold together, as the platform nests them. */
export interface Condition {
  readonly condition_type: string;
  readonly aggregator_type?: string | null | undefined;
  readonly attribute_name?: string | null | undefined;
  readonly operator?: string | null | undefined;
  readonly value: string;
  readonly conditions?: readonly Condition[] | null | undefined;
}

// A text, and true or 1 of conditions that hold together (recorded: sales-rules).
const scalar = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => (value === true ? '1' : String(value)));
const conditionValue = z
  .union([scalar, z.array(scalar).transform((values) => values.join(','))])
  .nullish()
  .transform((value) => value ?? '');

const condition: z.ZodType<Condition> = z.lazy(() =>
  z.object({
    condition_type: z.string(),
    aggregator_type: z.string().nullish(),
    attribute_name: z.string().nullish(),
    operator: z.string().nullish(),
    value: conditionValue,
    conditions: z.array(condition).nullish(),
  }),
);

// 0 is no limit.
const limit = z.coerce
  .number()
  .nullish()
  .transform((value) => value || null);

/** A rule for carts: what is taken off, and when. Its code is a record of its own. */
export const rule = z.object({
  rule_id: id,
  name: text,
  is_active: flag,
  from_date: text,
  to_date: text,
  coupon_type: text,
  simple_action: text,
  simple_free_shipping: z.union([z.string(), z.number()]).nullish(),
  discount_amount: exactAmount.nullish().transform((value) => value ?? '0'),
  uses_per_coupon: limit,
  uses_per_customer: limit,
  times_used: z.coerce.number().nullish(),
  condition: condition.nullish().catch(null),
  action_condition: condition.nullish().catch(null),
});
export type Rule = z.infer<typeof rule>;

/** A code of a rule. A rule with a code of its own has one, its primary; generated ones are beside it. */
export const code = z.object({ coupon_id: id, rule_id: id, code: text, is_primary: flag, created_at: text });
export type Code = z.infer<typeof code>;

export const identifyRule = (raw: z.infer<typeof anyJson>): string | null =>
  rule.pick({ rule_id: true }).safeParse(raw).data?.rule_id ?? null;

export const codes = list(anyJson).transform((items) =>
  items.flatMap((raw): Code[] => {
    const read = code.safeParse(raw);
    return read.success ? [read.data] : [];
  }),
);
