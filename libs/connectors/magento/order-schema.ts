import { z } from 'zod';
import { amount, flag, id, list, optionalAmount, optionalQuantity, quantity, reference, text } from './atoms.js';

// Lenient: only what the mapper reads, absent where the platform leaves it out, which it does with everything that is
// null (fact sheet, 1). An order that was written as it is (recorded: order-create-direct-post) has little more than what
// the platform insists on.
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'not a currency code')
  .nullish()
  .transform((code) => code ?? null);

const missingAmount = amount.nullish().transform((value) => value ?? null);

export const magentoAddress = z
  .object({
    entity_id: reference,
    firstname: text,
    lastname: text,
    company: text,
    street: z.union([z.string(), z.array(z.string().nullable())]).nullish(),
    city: text,
    region: z.union([z.string(), z.object({ region: text }).transform(({ region }) => region)]).nullish(),
    region_code: text,
    postcode: text,
    country_id: text,
    telephone: text,
    email: text,
  })
  .nullish();
export type MagentoAddress = z.infer<typeof magentoAddress>;

const chosen = z.object({ option_id: id, option_value: z.union([z.string(), z.number()]).nullish() });
const choices = list(chosen).catch([]);

const orderItem = z.object({
  item_id: id,
  parent_item_id: reference,
  product_type: text,
  product_id: reference,
  sku: text,
  name: text,
  is_virtual: flag,
  qty_ordered: quantity,
  qty_invoiced: optionalQuantity,
  qty_shipped: optionalQuantity,
  qty_refunded: optionalQuantity,
  qty_canceled: optionalQuantity,
  price: missingAmount,
  base_price: missingAmount,
  row_total: missingAmount,
  base_row_total: missingAmount,
  discount_amount: missingAmount,
  base_discount_amount: missingAmount,
  discount_tax_compensation_amount: missingAmount,
  base_discount_tax_compensation_amount: missingAmount,
  tax_amount: missingAmount,
  base_tax_amount: missingAmount,
  weee_tax_applied_row_amount: missingAmount,
  base_weee_tax_applied_row_amnt: missingAmount,
  product_option: z
    .object({
      extension_attributes: z
        .object({ configurable_item_options: choices, custom_options: choices })
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});
export type MagentoItem = z.infer<typeof orderItem>;

const appliedTax = z.object({
  code: text,
  title: text,
  percent: amount.nullish(),
  amount: optionalAmount,
  base_amount: missingAmount,
});

// What Adobe Commerce adds; see order-amounts.ts.
const extension = z.object({
  shipping_assignments: list(
    z.object({ shipping: z.object({ address: magentoAddress, method: text }).nullish().catch(null) }),
  ),
  applied_taxes: list(appliedTax),
  base_gift_cards_amount: missingAmount,
  gift_cards_amount: missingAmount,
  base_customer_balance_amount: missingAmount,
  customer_balance_amount: missingAmount,
  base_reward_currency_amount: missingAmount,
  reward_currency_amount: missingAmount,
  gw_base_price: missingAmount,
  gw_price: missingAmount,
  gw_items_base_price: missingAmount,
  gw_items_price: missingAmount,
  gw_card_base_price: missingAmount,
  gw_card_price: missingAmount,
});

export const magentoOrder = z.object({
  entity_id: id,
  increment_id: text,
  state: text,
  status: text,
  created_at: z.string(),
  updated_at: text,
  base_currency_code: currency,
  order_currency_code: currency,
  grand_total: amount,
  base_grand_total: missingAmount,
  shipping_amount: missingAmount,
  base_shipping_amount: missingAmount,
  shipping_tax_amount: missingAmount,
  base_shipping_tax_amount: missingAmount,
  shipping_discount_amount: missingAmount,
  base_shipping_discount_amount: missingAmount,
  shipping_discount_tax_compensation_amount: missingAmount,
  // Cut off by the length of a column's name (recorded: order-get-pending).
  base_shipping_discount_tax_compensation_amnt: missingAmount,
  discount_amount: missingAmount,
  base_discount_amount: missingAmount,
  discount_tax_compensation_amount: missingAmount,
  base_discount_tax_compensation_amount: missingAmount,
  tax_amount: missingAmount,
  base_tax_amount: missingAmount,
  total_paid: missingAmount,
  base_total_paid: missingAmount,
  total_refunded: missingAmount,
  base_total_refunded: missingAmount,
  is_virtual: flag,
  customer_id: reference,
  customer_is_guest: flag,
  customer_email: text,
  customer_firstname: text,
  customer_lastname: text,
  customer_note: text,
  coupon_code: text,
  discount_description: text,
  shipping_description: text,
  store_id: reference,
  store_name: text,
  ext_order_id: reference,
  items: z.array(orderItem),
  billing_address: magentoAddress,
  payment: z
    .object({ method: text, amount_authorized: missingAmount, base_amount_authorized: missingAmount })
    .nullish(),
  extension_attributes: extension.nullish(),
});
export type MagentoOrder = z.infer<typeof magentoOrder>;
