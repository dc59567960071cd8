/**
 * An amount in both currencies of an order, in whole minor units. Every sum is made in both currencies at once, so an order adds up to
 * the minor unit in either.
 */
export interface Bag {
  readonly shop: number;
  readonly presentment: number;
}

/** How an order's presentment currency relates to the shop's. */
export interface Exchange {
  readonly shopCurrency: string;
  readonly presentmentCurrency: string;
  /** Presentment units for one unit of the shop's currency. */
  readonly rate: number;
}

export const NOTHING: Bag = { shop: 0, presentment: 0 };

const THREE_DECIMALS: ReadonlySet<string> = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);
const NO_DECIMALS: ReadonlySet<string> = new Set(['CLP', 'ISK', 'JPY', 'KRW', 'UGX', 'VND', 'XAF', 'XOF', 'XPF']);

/** Digits behind the point, as ISO 4217 has them. */
export function decimalsOf(currency: string): number {
  if (NO_DECIMALS.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
}

function each(make: (side: keyof Bag) => number): Bag {
  return { shop: make('shop'), presentment: make('presentment') };
}

/** Puts an amount of the shop's currency into both; each side is rounded to its own minor unit. */
export function bagOf(shopMinor: number, exchange: Exchange): Bag {
  if (exchange.shopCurrency === exchange.presentmentCurrency) return { shop: shopMinor, presentment: shopMinor };
  const shift = decimalsOf(exchange.presentmentCurrency) - decimalsOf(exchange.shopCurrency);
  return { shop: shopMinor, presentment: Math.round(shopMinor * exchange.rate * 10 ** shift) };
}

export function sum(bags: readonly Bag[]): Bag {
  return each((side) => bags.reduce((total, bag) => total + bag[side], 0));
}

export function minus(left: Bag, right: Bag): Bag {
  return each((side) => left[side] - right[side]);
}

export function times(bag: Bag, count: number): Bag {
  return each((side) => bag[side] * count);
}

/** `bag * numerator / denominator`, rounded half up. */
export function portion(bag: Bag, numerator: number, denominator: number): Bag {
  if (denominator === 0) return NOTHING;
  return each((side) => Math.round((bag[side] * numerator) / denominator));
}

/** The part that falls on units `from` (inclusive) to `to` (exclusive) of `units`; all parts of a whole add up to the whole. */
export function slice(bag: Bag, from: number, to: number, units: number): Bag {
  return minus(portion(bag, to, units), portion(bag, from, units));
}

/** Spreads a total over weights so that the parts add up to the total exactly. */
export function allocate(total: Bag, weights: readonly Bag[]): readonly Bag[] {
  const whole = sum(weights);
  let before = NOTHING;
  return weights.map((weight) => {
    const after = sum([before, weight]);
    const part = each(
      (side) => share(total[side], after[side], whole[side]) - share(total[side], before[side], whole[side]),
    );
    before = after;
    return part;
  });
}

function share(total: number, weight: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((total * weight) / whole);
}

/** The lesser of two amounts, side by side. */
export function atMost(bag: Bag, limit: Bag): Bag {
  return each((side) => Math.min(bag[side], limit[side]));
}

export function isNothing(bag: Bag): boolean {
  return bag.shop === 0 && bag.presentment === 0;
}

/**
 * An amount as Shopify prints it: at least one digit behind the point and no needless zeros ("10.0", "1000.0", "12.345").
 * @param minor whole minor units of the currency
 */
export function printAmount(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? '' : digits.slice(-decimals).replace(/0+$/, '');
  return `${minor < 0 ? '-' : ''}${whole}.${fraction === '' ? '0' : fraction}`;
}
