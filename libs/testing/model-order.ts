/**
 * An order in whole minor units, so that its sums are exact without any decimal arithmetic: what a platform's raw order
 * is printed from, and what the record read from it must come to.
 */
export interface ModelOrder {
  readonly currency: string;
  readonly decimals: number;
  readonly taxesIncluded: boolean;
  readonly lines: readonly (ModelCharge & { readonly quantity: number })[];
  readonly shipping: readonly ModelCharge[];
  readonly fees: readonly Omit<ModelCharge, 'discount'>[];
  readonly refunds: readonly number[];
  /** What the platform's own arithmetic leaves over. */
  readonly rounding: number;
}

interface ModelCharge {
  /** Of one piece. */
  readonly price: number;
  /** On all pieces together. */
  readonly discount: number;
  readonly tax: number;
}

const CURRENCIES = [
  ['JPY', 0],
  ['KRW', 0],
  ['EUR', 2],
  ['USD', 2],
  ['KWD', 3],
  ['TND', 3],
] as const;

/** The same orders for the same seed, on every machine. */
export function modelOrders(count: number, seed: number): readonly ModelOrder[] {
  const below = randomBelow(seed);
  return Array.from({ length: count }, (_none, index) => modelOrder(below, index));
}

function modelOrder(below: (limit: number) => number, index: number): ModelOrder {
  const [currency, decimals] = CURRENCIES[index % CURRENCIES.length] ?? CURRENCIES[0];
  const many = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make);
  const charge = (quantity: number): ModelCharge => {
    // Some things are free, and some cost more than a float can count in cents.
    const price = below(8) === 0 ? 0 : below(below(20) === 0 ? 9_000_000_000 : 40_000);
    const whole = price * quantity;
    const discount = below(3) === 0 ? Math.min(whole, below(whole + 1)) : 0;
    return { price, discount, tax: Math.floor((whole - discount) * below(26) * 0.01) };
  };
  const lines = Array.from({ length: 1 + below(6) }, () => {
    const quantity = 1 + below(12);
    return { ...charge(quantity), quantity };
  });
  const shipping = many(2, () => charge(1));
  const fees = many(3, () => ({ price: 1 + below(900), tax: below(90) }));
  const order = { currency, decimals, taxesIncluded: below(2) === 0, lines, shipping, fees, refunds: [], rounding: 0 };
  const allowed = allowedRounding(order);
  const { total } = totalsOf(order);
  const rounding = below(3) === 0 ? Math.max(below(2 * allowed + 1) - allowed, -total) : 0;
  const refunds = below(3) === 0 ? many(3, () => 1 + below(Math.max(1, Math.floor(total / 4)))) : [];
  return { ...order, rounding, refunds };
}

/** The most that may be left over: one minor unit for each line, fee and the shipping. */
export function allowedRounding({ lines, fees }: Pick<ModelOrder, 'lines' | 'fees'>): number {
  return lines.length + fees.length + 1;
}

/** The sum of an order as the API defines it, in minor units. */
export function totalsOf({ lines, shipping, fees, refunds, rounding, taxesIncluded }: ModelOrder) {
  const all = [...lines, ...shipping];
  const subtotal = add(lines.map(({ price, quantity }) => price * quantity));
  const discount = add(all.map((one) => one.discount));
  const tax = add([...all, ...fees].map((one) => one.tax));
  const parts = {
    subtotal,
    discount,
    shipping: add(shipping.map(({ price }) => price)),
    fees: add(fees.map(({ price }) => price)),
    tax,
    rounding,
  };
  const total = subtotal - discount + parts.shipping + parts.fees + (taxesIncluded ? 0 : tax) + rounding;
  return { ...parts, total, refunded: add(refunds) };
}

/** An amount as the record prints it: as many decimals as the currency has. */
export function printMinor(value: number, decimals: number): string {
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  const [whole, part] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals)];
  return `${value < 0 ? '-' : ''}${whole}${part === '' ? '' : `.${part}`}`;
}

/** What the totals of a record must read. */
export function printedTotals(order: ModelOrder): Readonly<Record<string, { amount: string; currency: string }>> {
  const { currency, decimals } = order;
  return Object.fromEntries(
    Object.entries(totalsOf(order)).map(([name, value]) => [name, { amount: printMinor(value, decimals), currency }]),
  );
}

function add(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Mulberry32: small, and the same everywhere. */
function randomBelow(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
}
