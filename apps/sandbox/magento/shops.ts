import type { MagentoShop } from './shop.js';

/** In the root, dollars before tax, three taxed states; takes its tokens as bearer, too. */
const outfitters: MagentoShop = {
  host: 'outfitters.sandbox.test',
  path: '',
  hasRewrites: true,
  name: 'Timberline Outfitters',
  currency: 'USD',
  currencySymbol: '$',
  decimals: 2,
  rates: {},
  timezone: 'America/Denver',
  weightUnit: 'lbs',
  country: 'US',
  pricesIncludeTax: false,
  websiteName: 'Main Website',
  groupName: 'Main Website Store',
  views: [{ id: 1, code: 'default', name: 'Default Store View', locale: 'en_US', currency: 'USD' }],
  taxRates: [
    { id: 1, country: 'US', regionId: 12, regionName: 'CA', percent: 8.25, code: 'US-CA-*-Rate 1' },
    { id: 2, country: 'US', regionId: 43, regionName: 'NY', percent: 8.375, code: 'US-NY-*-Rate 1' },
    { id: 3, country: 'US', regionId: 13, regionName: 'CO', percent: 2.9, code: 'US-CO-*-Rate 1' },
  ],
  customStatuses: [
    { status: 'awaiting_pickup', state: 'processing' },
    { status: 'backordered', state: 'new' },
  ],
  shipping: { amount: 7.5, per: 'order' },
  allowsBearer: true,
  limitsInput: false,
  breaksEscapedSignatures: false,
  prefix: 'US',
};

/** In a sub-folder, euros with tax in them, a second view for Swiss buyers who pay in francs. */
const keramik: MagentoShop = {
  host: 'keramik.sandbox.test',
  path: '/laden',
  hasRewrites: true,
  name: 'Keramik Übermut',
  currency: 'EUR',
  currencySymbol: '€',
  decimals: 2,
  rates: { CHF: 0.9412 },
  timezone: 'Europe/Berlin',
  weightUnit: 'kgs',
  country: 'DE',
  pricesIncludeTax: true,
  websiteName: 'Hauptwebsite',
  groupName: 'Laden',
  views: [
    { id: 1, code: 'default', name: 'Deutsch', locale: 'de_DE', currency: 'EUR' },
    { id: 2, code: 'ch_fr', name: 'Suisse (français)', locale: 'fr_CH', currency: 'CHF' },
  ],
  taxRates: [
    { id: 1, country: 'DE', regionId: 0, percent: 19, code: 'DE-19' },
    { id: 2, country: 'AT', regionId: 0, percent: 20, code: 'AT-20' },
  ],
  customStatuses: [
    { status: 'in_der_werkstatt', state: 'processing' },
    { status: 'bezahlt_per_vorkasse', state: 'processing' },
  ],
  shipping: { amount: 5, per: 'item' },
  allowsBearer: false,
  limitsInput: false,
  breaksEscapedSignatures: false,
  prefix: 'DE',
};

/** Whole yen, no rewrites (`index.php/` in every address), limited input, and a 2.4.7 that checks escaped paths wrongly. */
const kissa: MagentoShop = {
  host: 'kissa.sandbox.test',
  path: '',
  hasRewrites: false,
  name: '喫茶すみれ',
  currency: 'JPY',
  currencySymbol: '¥',
  decimals: 0,
  rates: {},
  timezone: 'Asia/Tokyo',
  weightUnit: 'kgs',
  country: 'JP',
  pricesIncludeTax: true,
  websiteName: 'Main Website',
  groupName: 'Main Website Store',
  views: [{ id: 1, code: 'default', name: 'Default Store View', locale: 'ja_JP', currency: 'JPY' }],
  taxRates: [{ id: 1, country: 'JP', regionId: 0, percent: 10, code: 'JP-10' }],
  customStatuses: [],
  shipping: { amount: 600, per: 'order' },
  allowsBearer: false,
  limitsInput: true,
  breaksEscapedSignatures: true,
  prefix: 'JP',
};

/** In the order of the front page. */
export const SHOPS: readonly MagentoShop[] = [outfitters, keramik, kissa];

export function findShop(host: unknown): MagentoShop | undefined {
  return SHOPS.find((shop) => shop.host === host);
}
