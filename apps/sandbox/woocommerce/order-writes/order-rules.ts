import { statusesOf } from '../order-query.js';
import type { WooShop } from '../shop.js';
import type { ArgumentRule, ArgumentRules } from './argument-rules.js';

// The writable arguments of /orders (wc-v3-10.5.0.routes.json); what is declared "mixed" there takes anything.
const text: ArgumentRule = { type: 'string' };
const whole: ArgumentRule = { type: 'integer' };
const truth: ArgumentRule = { type: 'boolean' };
const meta: ArgumentRule = {
  type: 'array',
  items: { type: 'object', properties: { id: whole, key: text } },
};

const ADDRESS = {
  first_name: text,
  last_name: text,
  company: text,
  address_1: text,
  address_2: text,
  city: text,
  state: text,
  postcode: text,
  country: text,
};

const lineMembers = { id: whole, total: text, meta_data: meta };

/** What a body of `/orders` may hold; the statuses are the shop's own. */
export function orderRules(shop: WooShop): ArgumentRules {
  return {
    parent_id: whole,
    created_via: text,
    status: { type: 'string', enum: ['auto-draft', ...statusesOf(shop).map((status) => status.slug)] },
    currency: text,
    customer_id: whole,
    customer_note: text,
    billing: {
      type: 'object',
      properties: { ...ADDRESS, email: { type: ['string', 'null'], format: 'email' }, phone: text },
    },
    shipping: { type: 'object', properties: ADDRESS },
    payment_method: text,
    payment_method_title: text,
    transaction_id: text,
    meta_data: meta,
    line_items: {
      type: 'array',
      items: {
        type: 'object',
        properties: { ...lineMembers, variation_id: whole, quantity: whole, tax_class: text, subtotal: text },
      },
    },
    shipping_lines: {
      type: 'array',
      items: { type: 'object', properties: { ...lineMembers, instance_id: text } },
    },
    fee_lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: { ...lineMembers, tax_class: text, tax_status: { type: 'string', enum: ['taxable', 'none'] } },
      },
    },
    coupon_lines: { type: 'array', items: { type: 'object', properties: { id: whole, meta_data: meta } } },
    set_paid: truth,
    manual_update: truth,
  };
}

/** `line_items` is declared read-only there, so nobody checks it. */
export const REFUND_RULES: ArgumentRules = {
  amount: text,
  reason: text,
  refunded_by: whole,
  meta_data: meta,
  api_refund: truth,
  api_restock: truth,
};

export const NOTE_RULES: ArgumentRules = {
  note: { type: 'string', required: true },
  customer_note: truth,
  added_by_user: truth,
};

export const FORCE_RULES: ArgumentRules = { force: truth };
