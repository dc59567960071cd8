import { z } from 'zod';
import type { JsonValue } from '#contract';

export const json: z.ZodType<JsonValue> = z.json();

/**
 * What a store keeps, field for field as the platform prints it. Only the fields something is decided by are named here; the rest is
 * carried along.
 */
const row = <Shape extends z.ZodRawShape>(shape: Shape) => z.object({ id: z.number().int(), ...shape }).catchall(json);

const int = z.number().int();
/** V2 prints amounts as strings with four decimals. */
const amount = z.string();
const person = z.record(z.string(), json);

const orderPart = { order_id: int };
const taxed = { total_ex_tax: amount, total_inc_tax: amount, total_tax: amount };

/** One schema per table; the key is the table's name in the state file. */
export const ROWS = {
  orders: row({
    ...taxed,
    customer_id: int,
    status_id: int,
    payment_status: z.string(),
    payment_method: z.string(),
    date_created: z.string(),
    date_modified: z.string(),
    date_shipped: z.string(),
    is_deleted: z.boolean(),
    items_total: int,
    items_shipped: int,
    channel_id: int,
    default_currency_code: z.string(),
    billing_address: person,
  }),
  lines: row({
    ...orderPart,
    ...taxed,
    product_id: int,
    variant_id: int,
    order_address_id: int,
    name: z.string(),
    sku: z.string(),
    type: z.string(),
    quantity: int,
    quantity_shipped: int,
    quantity_refunded: int,
    price_ex_tax: amount,
    price_inc_tax: amount,
    discounted_total_inc_tax: amount,
    applied_discounts: z.array(z.object({ amount }).catchall(json)),
  }),
  orderAddresses: row({
    ...orderPart,
    items_total: int,
    items_shipped: int,
    shipping_method: z.string(),
    cost_ex_tax: amount,
    cost_inc_tax: amount,
    handling_cost_ex_tax: amount,
    handling_cost_inc_tax: amount,
  }),
  orderCoupons: row(orderPart),
  orderTaxes: row(orderPart),
  fees: row({ ...orderPart, cost_ex_tax: amount, cost_inc_tax: amount }),
  messages: row(orderPart),
  shipments: row({
    ...orderPart,
    order_address_id: int,
    items: z.array(z.object({ order_product_id: int, product_id: int, quantity: int })),
  }),
  transactions: row({
    order_id: z.string(),
    event: z.string(),
    status: z.string(),
    amount: z.number(),
    gateway: z.string(),
    method: z.string(),
  }),
  refunds: row({
    ...orderPart,
    created: z.string(),
    total_amount: z.number(),
    items: z.array(
      z.object({ item_type: z.string(), item_id: int, requested_amount: z.number(), quantity: int }).catchall(json),
    ),
    payments: z.array(
      z.object({ provider_id: z.string(), amount: z.number(), transaction_id: z.string().nullable() }).catchall(json),
    ),
  }),
  products: row({
    name: z.string(),
    type: z.string(),
    sku: z.string(),
    price: z.number(),
    weight: z.number(),
    categories: z.array(int),
    channels: z.array(int),
    is_visible: z.boolean(),
    availability: z.string(),
    inventory_tracking: z.string(),
    date_created: z.string(),
    date_modified: z.string(),
    total_sold: int,
  }),
  variants: row({
    product_id: int,
    sku: z.string(),
    price: z.number().nullable(),
    sale_price: z.number().nullable(),
    weight: z.number().nullable(),
    option_values: z.array(
      z.object({ id: int, label: z.string(), option_id: int, option_display_name: z.string() }).catchall(json),
    ),
  }),
  options: row({
    product_id: int,
    display_name: z.string(),
    option_values: z.array(z.object({ id: int, label: z.string() }).catchall(json)),
  }),
  images: row({ product_id: int, is_thumbnail: z.boolean(), sort_order: int }),
  brands: row({ name: z.string() }),
  categories: row({ parent_id: int, name: z.string(), is_visible: z.boolean() }),
  locations: row({ code: z.string(), label: z.string(), enabled: z.boolean() }),
  stock: row({ variant_id: int, location_id: int, on_hand: int, safety_stock: int, warning_level: int }),
  /** Adjustments taken on but not yet carried out. */
  adjustments: row({ due_at: int, variant_id: int, location_id: int, quantity: int, method: z.string() }),
  customers: row({
    email: z.string(),
    first_name: z.string(),
    last_name: z.string(),
    company: z.string(),
    phone: z.string(),
    customer_group_id: int,
    date_created: z.string(),
    date_modified: z.string(),
  }),
  customerAddresses: row({ customer_id: int }),
  groups: row({ name: z.string() }),
  coupons: row({ name: z.string(), code: z.string(), type: z.string() }),
  carts: row({ uuid: z.string(), token: z.string(), created_time: z.string() }),
  hooks: row({
    client_id: z.string(),
    scope: z.string(),
    destination: z.string(),
    headers: z.record(z.string(), z.string()).nullable(),
    is_active: z.boolean(),
    created_at: int,
    updated_at: int,
  }),
  /** Deliveries that wait; `hook_id` 0 is a callback nobody subscribed to. */
  outbox: row({
    hook_id: int,
    client_id: z.string(),
    destination: z.string(),
    headers: z.record(z.string(), z.string()),
    message_id: z.string(),
    scope: z.string(),
    /** Absent text = a GET without a body. */
    body: z.string().nullable(),
    attempts: int,
    due_at: int,
  }),
} as const;

export type TableName = keyof typeof ROWS;

/** The rows of each table. */
export type Rows = { readonly [Name in TableName]: z.infer<(typeof ROWS)[Name]> };

export type Order = Rows['orders'];
export type OrderLine = Rows['lines'];
export type OrderAddress = Rows['orderAddresses'];
export type Shipment = Rows['shipments'];
export type Transaction = Rows['transactions'];
export type Refund = Rows['refunds'];
export type Product = Rows['products'];
export type Variant = Rows['variants'];
export type Customer = Rows['customers'];
export type Hook = Rows['hooks'];
export type Message = Rows['outbox'];

/** What a seed fills a store with; absent tables start empty. */
export type SeedRows = { -readonly [Name in TableName]?: Rows[Name][] };
