import type { WooShop } from '../shop.js';
import { buyer } from './buyer.js';
import { product, variation } from './product.js';

const FORMAT = ['pa_format', 'Format'] as const;

/** West of UTC with summer time, prices without tax, three rates on one line, own order numbers, an import. */
export const vinyl: WooShop = {
  host: 'vinyl.sandbox.test',
  path: '',
  name: 'Hudson & Sons Records',
  description: 'New, used and unheard',
  language: 'en_US',
  timeZone: 'America/New_York',
  currency: 'USD',
  currencyName: 'United States (US) dollar',
  currencySymbol: '$',
  currencySymbolHtml: '&#36;',
  decimals: 2,
  printedDecimals: 2,
  pricesIncludeTax: false,
  baseCountry: 'US:NY',
  address: { street: '214 Sullivan St', city: 'New York', postcode: '10012' },
  taxRates: [
    { id: 1, country: 'US', state: 'NY', name: 'State Tax', percent: '4', priority: 1, taxClass: '' },
    { id: 2, country: 'US', state: 'NY', name: 'City Tax', percent: '4.5', priority: 2, taxClass: '' },
    { id: 3, country: 'US', state: 'NY', name: 'MCTD Tax', percent: '0.375', priority: 3, taxClass: '' },
    { id: 4, country: 'US', state: 'NJ', name: 'NJ Tax', percent: '6.625', priority: 1, taxClass: '' },
  ],
  customStatuses: [],
  storeId: 'e45b2c18-73d9-4e06-a1f7-06c4d8b9f404',
  plan: {
    orders: 60,
    days: 90,
    imported: 125,
    numberPrefix: 'NY-',
    firstOrderId: 401,
    products: [
      product(71, 'Kind of Brown (LP, 180 g)', 'LP-001', '17.99', { globalUniqueId: '036000291452' }),
      product(72, 'Rumours & Whispers (LP)', 'LP-002', '24.95'),
      product(73, '7&quot; adapter, 10 pcs.', 'ADP-003', '0.99'),
      product(74, 'Needle cleaner', 'CLN-004', '12.25'),
      product(75, 'Gift card $25', 'GIFT-005', '25.00', { taxable: false }),
      product(76, 'Tour poster (sold out)', 'PST-006', '14.50', { deleted: true }),
      product(77, 'Blue Notes on Canal Street', 'ALB-007', '19.49', {
        variations: [
          variation(78, 'ALB-007-LP', [...FORMAT, 'lp', 'LP']),
          variation(79, 'ALB-007-CD', [...FORMAT, 'cd', 'CD']),
        ],
      }),
    ],
    buyers: [
      buyer(
        2,
        ['Bob', 'Smith'],
        ['350 5th Ave', '10118', 'New York', 'NY', 'US'],
        ['bob@example.test', '(212) 555-0142'],
      ),
      buyer(
        3,
        ['Zoë', 'Brontë'],
        ['1 Exchange Pl', '07302', 'Jersey City', 'NJ', 'US'],
        ['zoe@example.test', '(201) 555-0177'],
      ),
      buyer(
        4,
        ['José', 'García'],
        ['45 Rockefeller Plaza', '10111', 'New York', 'NY', 'US'],
        ['jose@example.test', '(212) 555-0199'],
        {
          company: 'García & Daughters, Inc.',
          address2: 'Suite 20',
        },
      ),
      buyer(
        5,
        ['Grace', 'O’Neill'],
        ['1 Main St', '97201', 'Portland', 'OR', 'US'],
        ['grace@example.test', '(503) 555-0121'],
      ),
      buyer(0, ['Sam', 'Lee'], ['88 Bowery', '10013', 'New York', 'NY', 'US'], ['sam@example.test', '']),
      buyer(0, ['Ida', 'Kjær'], ['12 Elm St', '07030', 'Hoboken', 'NJ', 'US'], ['ida@example.test', '(201) 555-0133']),
    ],
    coupons: [
      { id: 81, code: 'spin10', type: 'percent', amount: '10' },
      { id: 82, code: 'fiver', type: 'fixed_cart', amount: '5' },
    ],
    gateways: [
      { id: 'stripe', title: 'Credit Card (Stripe)', online: true },
      { id: 'cheque', title: 'Check payments', online: false },
    ],
    shipping: { title: 'USPS Media Mail', freeTitle: 'Free shipping', price: '5.99' },
    fee: { name: 'Gift wrapping', amount: '3.50' },
    bundle: '10.00',
    allowance: { name: 'Goodwill', amount: '-2.50' },
    notes: ['Leave it with the doorman, please 🎧'],
    refundReasons: ['Arrived scratched', 'Goodwill', ''],
  },
};
