import { z } from 'zod';
import { createSlice, type ShopData } from '../shop-slice.js';
import { catalogueOf } from '../orders/catalogue.js';

/** What a discount takes off. */
export type DiscountValue =
  | { readonly kind: 'percentage'; readonly fraction: number }
  | { readonly kind: 'amount'; readonly minor: number; readonly each: boolean };

/** What a discount is for: everything, or these global ids; those of products and of variants stand in one list. */
export type DiscountItems =
  { readonly kind: 'all' } | { readonly kind: 'products' | 'collections'; readonly ids: readonly string[] };

/** A discount of any type of the union `Discount`. */
export interface Discount {
  readonly id: number;
  /** Of the union `Discount`. */
  readonly type: string;
  readonly title: string;
  /** Null = automatic. */
  readonly code: string | null;
  readonly codeId: number;
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly usageLimit: number | null;
  readonly oncePerCustomer: boolean;
  readonly used: number;
  readonly tags: readonly string[];
  readonly combines: { readonly order: boolean; readonly product: boolean; readonly shipping: boolean };
  readonly value: DiscountValue;
  readonly items: DiscountItems;
  readonly minimum: { readonly kind: 'subtotal' | 'quantity'; readonly least: number } | null;
  readonly maximumShipping: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

const DAY_MS = 86_400_000;

/** A discount nothing was said about. */
export function blankDiscount(id: number, codeId: number, at: number): Discount {
  return {
    ...{ id, codeId, type: 'DiscountCodeBasic', title: '', code: null, startsAt: at, endsAt: null, usageLimit: null },
    ...{ oncePerCustomer: false, used: 0, tags: [], combines: { order: false, product: false, shipping: false } },
    ...{ value: { kind: 'percentage', fraction: 0.1 }, items: { kind: 'all' }, minimum: null, maximumShipping: null },
    ...{ createdAt: at, updatedAt: at },
  };
}

/** One of every type, one that is over and one still to come. */
function seed({ shop, seededAt }: ShopData): readonly Discount[] {
  const price = catalogueOf(shop)[0]?.price ?? 1_000;
  const start = Math.floor(seededAt / 1_000) * 1_000;
  const make = (number: number, type: string, code: string | null, more: Partial<Discount> = {}): Discount => {
    const at = start - (60 - number * 3) * DAY_MS;
    const base = blankDiscount(shop.id * 100 + 50_000 + number * 2, shop.id * 100 + 50_001 + number * 2, at);
    return { ...base, type, code, title: code ?? `Automatic ${number}`, ...more };
  };
  return [
    make(1, 'DiscountCodeBasic', 'TENOFF', { used: 12, oncePerCustomer: true }),
    make(2, 'DiscountCodeBasic', 'FIXED', {
      value: { kind: 'amount', minor: Math.round(price / 10), each: false },
      minimum: { kind: 'subtotal', least: price },
    }),
    make(3, 'DiscountCodeFreeShipping', 'SHIPFREE', { maximumShipping: price }),
    make(4, 'DiscountCodeBxgy', 'BUY2GET1', { value: { kind: 'percentage', fraction: 1 } }),
    make(5, 'DiscountCodeApp', 'LOYALTY'),
    make(6, 'DiscountAutomaticBasic', null, { minimum: { kind: 'quantity', least: 3 } }),
    make(7, 'DiscountAutomaticFreeShipping', null),
    make(8, 'DiscountAutomaticBxgy', null),
    make(9, 'DiscountAutomaticApp', null),
    make(10, 'DiscountCodeBasic', 'OVER', { endsAt: start - DAY_MS }),
    make(11, 'DiscountCodeBasic', 'SOON', { startsAt: start + 30 * DAY_MS, usageLimit: 100 }),
  ];
}

const outline = z.array(z.looseObject({ id: z.number(), type: z.string(), codeId: z.number() }));
// Only ever saved by this sandbox itself, so the outline is enough to tell it from another state.
const stateSchema = z.custom<readonly Discount[]>((value) => outline.safeParse(value).success);

export const discountsSlice = createSlice('discounts', stateSchema, seed);

/** Puts a discount in the place of the one with its id, or adds it. */
export function saveDiscount(data: ShopData, discount: Discount): void {
  discountsSlice.update(data, (all) =>
    all.some(({ id }) => id === discount.id)
      ? all.map((one) => (one.id === discount.id ? discount : one))
      : [...all, discount],
  );
}
