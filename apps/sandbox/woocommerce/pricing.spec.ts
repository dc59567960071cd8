import { describe, expect, it } from 'vitest';
import { amountPrinter } from './amount-printer.js';
import { lineTax } from './money-rounding.js';
import { type PricingInput, priceOrder } from './pricing.js';
import { buchladen } from './seeds/buchladen.js';
import { vinyl } from './seeds/vinyl.js';

const print = amountPrinter(2);
const mug = { taxClass: '', taxable: true, price: '12.90' };

// Amounts of orders recorded from a genuine shop: captures/woocommerce, order ids as there.
describe('priceOrder', () => {
  it('reproduces order 62: two mugs to Germany', () => {
    const { lines, taxes, totals } = priced({ lines: [{ ...mug, quantity: 2 }], shipping: '4.12' });
    expect(lines.map((line) => print(line.total))).toEqual(['21.68']);
    expect(Number(lines[0]?.total.div(2).toString())).toBe(10.840336);
    expect(taxes.map((tax) => [print(tax.total), print(tax.shippingTotal)])).toEqual([['4.12', '0.78']]);
    expect([print(totals.total), print(totals.totalTax)]).toEqual(['30.70', '4.90']);
  });

  it('reproduces order 83: two mugs to Austria with five off and a fee', () => {
    const coupon = { id: 57, code: 'fünfer', type: 'fixed_cart', amount: '5' } as const;
    const asked = { lines: [{ ...mug, quantity: 2 }], country: 'AT', coupon, fees: ['3.00'], shipping: '4.12' };
    const { lines, fees, totals } = priced(asked);
    expect(lines.map((line) => [print(line.subtotal), print(line.total)])).toEqual([['21.68', '17.51']]);
    expect(fees.map((fee) => print(lineTax(fee.taxes, buchladen)))).toEqual(['0.60']);
    expect([print(totals.discount), print(totals.discountTax)]).toEqual(['4.17', '0.83']);
    expect([print(totals.cartTax), print(totals.total)]).toEqual(['4.10', '29.55']);
  });

  it('reproduces order 94: a negative fee takes tax from the taxed part of the cart only', () => {
    const trousers = { taxClass: '', taxable: true, price: '25.90', quantity: 2 };
    const voucher = { taxClass: '', taxable: false, price: '50', quantity: 1 };
    const asked = { lines: [trousers, voucher], country: 'AT', fees: ['-2.50'], shipping: '4.12' };
    const { fees, totals } = priced(asked);
    expect(fees.map((fee) => print(lineTax(fee.taxes, buchladen)))).toEqual(['-0.24']);
    expect([print(totals.cartTax), print(totals.total)]).toEqual(['8.47', '104.44']);
  });

  it('reproduces order 93: 777 screws at three cents', () => {
    const screws = { taxClass: '', taxable: true, price: '0.03', quantity: 777 };
    const book = { taxClass: 'reduced-rate', taxable: true, price: '14.99', quantity: 1 };
    const { lines, taxes, totals } = priced({ lines: [screws, book], shipping: '4.12' });
    expect(lines.map((line) => print(line.total))).toEqual(['19.59', '14.01']);
    expect(taxes.map((tax) => print(tax.total))).toEqual(['3.72', '0.98']);
    expect(print(totals.total)).toBe('43.20');
  });

  it('rounds each rate of a line by itself', () => {
    const record = { taxClass: '', taxable: true, price: '17.99', quantity: 1 };
    const { lines } = priceOrder(vinyl, { country: 'US', state: 'NY', lines: [record], fees: [] });
    expect(lines[0]?.taxes.map((tax) => print(tax.total))).toEqual(['0.72', '0.81', '0.07']);
    expect(print(lineTax(lines[0]?.taxes ?? [], vinyl))).toBe('1.60');
  });

  it('never gives more off than there is', () => {
    const coupon = { id: 1, code: 'big', type: 'fixed_cart', amount: '500' } as const;
    expect(print(priced({ lines: [{ ...mug, quantity: 1 }], coupon }).totals.total)).toBe('0.00');
  });
});

function priced(input: Partial<PricingInput>): ReturnType<typeof priceOrder> {
  return priceOrder(buchladen, { country: 'DE', state: '', lines: [], fees: [], ...input });
}
