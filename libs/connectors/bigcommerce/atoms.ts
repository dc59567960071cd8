import { Big, decimal, likeness, type Money, moneyOf } from '#contract';
import { atoms, utcInstant } from '#kit';
import { z } from 'zod';
import { rejected } from './record-calls.js';

// What the schemas of this folder are made of. Empty texts, and numbers that refer to nothing, become null here.

// A reference of 0 is nobody: a guest, a category at the top, a product without a brand.
export const { id, list, reference, text } = atoms;

/** V3 prints numbers, V2 texts with four decimals. */
export const amount = z.union([z.number(), z.string()]);

export const optionalAmount = amount.nullish().transform((value) => (value === '' ? null : (value ?? null)));

// The platform keeps four decimals; what lies behind them is left over from its own arithmetic with floating point.
const DECIMALS = 4;

/** @throws RangeError when it is no amount */
export function exact(value: string | number): Big {
  return decimal(value).round(DECIMALS, Big.roundHalfUp);
}

export function moneyFrom(value: string | number, currency: string): Money {
  return moneyOf(exact(value), currency);
}

/**
 * A number for a V3 body, which is read there as the very same decimal.
 * @throws GatewayError `request_rejected` for one with more digits than a number holds, or than the platform keeps
 */
export function exactNumber(digits: string, path: string): number {
  const number = Number(digits);
  const kept = new Big(digits);
  if (new Big(number).eq(kept) && kept.round(DECIMALS).eq(kept)) return number;
  throw rejected(`BigCommerce keeps ${DECIMALS} decimals; ${digits} has more digits than it can hold.`, path);
}

/** @throws GatewayError `request_rejected`: the platform would take the number and give it its own currency */
export function numberIn(currency: string, money: Money, path: string): number {
  if (money.currency === currency) return exactNumber(money.amount, path);
  throw rejected(`The amount must be in ${currency}, not in ${money.currency}.`, path);
}

export function instantOf(printed: string): string;
export function instantOf(printed: string | null): string | null;
export function instantOf(printed: string | null): string | null {
  return printed === null ? null : utcInstant(printed);
}

const RFC_2822 = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}$/;

/** V2 prints times as mail does: `Tue, 13 Mar 2018 16:18:59 +0000`. @throws RangeError when it is none */
export function mailInstant(printed: string): string;
export function mailInstant(printed: string | null): string | null;
export function mailInstant(printed: string | null): string | null {
  if (printed === null) return null;
  const time = RFC_2822.test(printed) ? Date.parse(printed) : NaN;
  if (Number.isNaN(time)) throw new RangeError(`not a date and time: ${likeness(printed)}`);
  return utcInstant(new Date(time).toISOString());
}

export function mailTime(time: Date): string {
  return time.toUTCString().replace('GMT', '+0000');
}
