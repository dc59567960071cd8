import { describe, expect, it } from 'vitest';
import { randomInteger, randomNumbers } from '../../test/setup/random.js';
import { Big, decimal, minorUnitDecimals, money, moneyOf, printAmount, sum, unitPrice } from './money.js';

/** Currencies whose minor unit has 0, 2 and 3 decimals, and one nobody knows. */
const CURRENCIES = [
  ['JPY', 0],
  ['EUR', 2],
  ['KWD', 3],
  ['XZZ', 2],
] as const;

describe('a currency', () => {
  it.each(CURRENCIES)('%s has %i decimals', (currency, decimals) => {
    expect(minorUnitDecimals(currency)).toBe(decimals);
  });

  it.each(['', 'EURO', 'e', '€', '123'])('that is none (%j) counts as one of two decimals', (currency) => {
    expect(minorUnitDecimals(currency)).toBe(2);
  });
});

describe('an amount of a platform', () => {
  it.each<[string | number, string]>([
    ['12.34', '12.34'],
    [' 12.34 ', '12.34'],
    ['-0.5', '-0.5'],
    ['007.10', '7.1'],
    [0.1, '0.1'],
    [9007199254740993, '9007199254740992'],
    ['9007199254740993.01', '9007199254740993.01'],
    [
      '123456789012345678901234567890.123456789012345678901234567890',
      '123456789012345678901234567890.12345678901234567890123456789',
    ],
  ])('%j is %s', (given, printed) => {
    expect(decimal(given).toFixed()).toBe(printed);
  });

  it.each([
    '',
    ' ',
    '.5',
    '5.',
    '+1',
    '--1',
    '1e3',
    1e21,
    1e-7,
    '0x10',
    '1,000.00',
    '1.000,00',
    '1 000',
    '12.34€',
    'NaN',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '١٢',
    '1\u00002',
    '1\n2',
    '9'.repeat(31),
    `0.${'9'.repeat(31)}`,
    '9'.repeat(1_000_000),
  ])('is refused unless it is a plain decimal: %#', (given) => {
    expect(() => decimal(given)).toThrow(RangeError);
    expect(() => decimal(given)).toThrow(/^not a decimal amount: .{0,40}$/s);
  });
});

describe('a printed amount', () => {
  it.each<[string, string, string]>([
    ['10', 'EUR', '10.00'],
    ['10.5', 'EUR', '10.50'],
    ['3.333', 'EUR', '3.333'],
    ['3.3300', 'EUR', '3.33'],
    ['0', 'EUR', '0.00'],
    ['-0', 'EUR', '0.00'],
    ['-0.00', 'KWD', '0.000'],
    ['-1.5', 'EUR', '-1.50'],
    ['100', 'JPY', '100'],
    ['100.0', 'JPY', '100'],
    ['100.5', 'JPY', '100.5'],
    ['1.5', 'KWD', '1.500'],
    ['9007199254740993', 'EUR', '9007199254740993.00'],
    ['0.000000000000000000000000000001', 'EUR', '0.000000000000000000000000000001'],
  ])('of %s %s is %s', (value, currency, printed) => {
    expect(printAmount(new Big(value), currency)).toBe(printed);
    expect(moneyOf(value, currency)).toEqual({ amount: printed, currency });
  });

  it('has no exponent, however large or small the amount', () => {
    expect(printAmount(new Big('1e29'), 'EUR')).toBe(`1${'0'.repeat(29)}.00`);
    expect(printAmount(new Big('1e-29'), 'EUR')).toBe(`0.${'0'.repeat(28)}1`);
    expect(`${String(new Big('1e29'))} ${String(new Big('1e-29'))}`).not.toContain('e');
  });

  it('reads back as the very amount it was, in any currency', () => {
    const random = randomNumbers(1);
    for (let round = 0; round < 2_000; round += 1) {
      const [currency, decimals] = CURRENCIES[randomInteger(random, 0, 3)] ?? CURRENCIES[0];
      const units = new Big(randomInteger(random, -1e9, 1e9)).times(new Big(10).pow(randomInteger(random, -9, 12)));
      const printed = moneyOf(units, currency);
      expect(money.parse(printed)).toEqual(printed);
      expect(decimal(printed.amount).eq(units)).toBe(true);
      expect(printed.amount.split('.')[1]?.length ?? 0).toBeGreaterThanOrEqual(decimals);
    }
  });
});

describe('money', () => {
  it('is exact: 0.1 and 0.2 make 0.3, and nothing makes 0', () => {
    expect(sum([decimal('0.1'), decimal('0.2')]).toFixed()).toBe('0.3');
    expect(sum([]).toFixed()).toBe('0');
    expect(sum([decimal('9007199254740993'), decimal('1')]).toFixed()).toBe('9007199254740994');
  });

  it.each([
    { amount: 12, currency: 'EUR' },
    { amount: '1e2', currency: 'EUR' },
    { amount: '1.', currency: 'EUR' },
    { amount: '1', currency: 'eur' },
    { amount: '1', currency: 'EURO' },
    { amount: '1', currency: 'EUR', float: 1 },
    { amount: '1' },
  ])('is a decimal string with a currency and nothing else: %j', (given) => {
    expect(money.safeParse(given).success).toBe(false);
  });
});

describe('the price of one unit', () => {
  it.each<[string, string, string, string]>([
    ['10.00', '3', 'EUR', '3.333'],
    ['10.00', '4', 'EUR', '2.5'],
    ['10.00', '0', 'EUR', '10'],
    ['100', '3', 'JPY', '33.3'],
    ['1.000', '3', 'KWD', '0.3333'],
    ['-10.00', '3', 'EUR', '-3.333'],
    ['0.01', '7', 'EUR', '0.001'],
    ['5.00', '0.5', 'EUR', '10'],
  ])('for %s with a quantity of %s %s is %s', (amount, quantity, currency, price) => {
    expect(unitPrice(new Big(amount), new Big(quantity), currency).toFixed()).toBe(price);
  });

  it('times the quantity rounds to the line, for any line, quantity and currency', () => {
    const random = randomNumbers(2);
    for (let round = 0; round < 10_000; round += 1) {
      const [currency, decimals] = CURRENCIES[randomInteger(random, 0, 3)] ?? CURRENCIES[0];
      // A platform may print more decimals than the currency has.
      const printed = decimals + (random() < 0.2 ? randomInteger(random, 1, 3) : 0);
      const line = new Big(randomInteger(random, -1e6, 1e9)).div(new Big(10).pow(printed));
      const fraction = random() < 0.1 ? randomInteger(random, 1, 3) : 0;
      const quantity = new Big(randomInteger(random, 1, 10 ** randomInteger(random, 1, 6))).div(
        new Big(10).pow(fraction),
      );
      const price = unitPrice(line, quantity, currency);
      const scale = Math.max(decimals, line.toFixed().split('.')[1]?.length ?? 0);
      const what = `${line.toFixed()} / ${quantity.toFixed()} ${currency} = ${price.toFixed()}`;
      expect(price.times(quantity).round(scale, Big.roundHalfUp).eq(line), what).toBe(true);
    }
  });
});
