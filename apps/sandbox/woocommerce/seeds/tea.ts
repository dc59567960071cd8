import type { WooShop } from '../shop.js';
import { buyer } from './buyer.js';
import { product, variation } from './product.js';

/** The site lives in a sub-folder; whole yen, printed with two decimals. */
export const tea: WooShop = {
  host: 'tea.sandbox.test',
  path: '/shop',
  name: '茶の庭',
  description: 'お茶と茶器の店',
  language: 'ja',
  timeZone: 'Asia/Tokyo',
  currency: 'JPY',
  currencyName: 'Japanese yen',
  currencySymbol: '¥',
  currencySymbolHtml: '&yen;',
  decimals: 0,
  printedDecimals: 2,
  pricesIncludeTax: true,
  baseCountry: 'JP:JP26',
  address: { street: '宇治蓮華116', city: '宇治市', postcode: '611-0021' },
  taxRates: [
    { id: 1, country: 'JP', state: '', name: '消費税 10%', percent: '10', priority: 1, taxClass: '' },
    { id: 2, country: 'JP', state: '', name: '軽減税率 8%', percent: '8', priority: 1, taxClass: 'reduced-rate' },
  ],
  customStatuses: [],
  storeId: '3b8f0a52-1c77-4a64-9f2e-5d90b7e1a202',
  extras: ['fulfillments'],
  plan: {
    orders: 48,
    days: 60,
    imported: 0,
    firstOrderId: 201,
    products: [
      product(31, '煎茶 100g', '茶-001', '1300', { taxClass: 'reduced-rate', globalUniqueId: '4901234567894' }),
      product(32, '抹茶「初昔」40g', '茶-002', '2980', { taxClass: 'reduced-rate' }),
      product(33, '玄米茶 200g', '茶-003', '777', { taxClass: 'reduced-rate' }),
      product(34, '急須 ～常滑焼～', '器-004', '6600'),
      product(35, '茶筅', '器-005', '2750'),
      product(36, '春の新茶(終売)', '茶-006', '1650', { taxClass: 'reduced-rate', deleted: true }),
      product(37, '湯呑み', '器-007', '1980', {
        variations: [
          variation(38, '器-007-A', ['pa_iro', '色', 'ao', '青']),
          variation(39, '器-007-S', ['pa_iro', '色', 'shiro', '白']),
        ],
      }),
    ],
    buyers: [
      buyer(
        2,
        ['太郎', '山田'],
        ['丸の内1-1', '100-0005', '千代田区', 'JP13', 'JP'],
        ['taro@example.test', '03-5555-0101'],
      ),
      buyer(
        3,
        ['花子', '佐藤'],
        ['中之島2-3-4', '530-0005', '大阪市北区', 'JP27', 'JP'],
        ['hanako@example.test', '06-5555-0102'],
      ),
      buyer(
        4,
        ['さくら', '髙橋'],
        ['天神5-6', '810-0001', '福岡市中央区', 'JP40', 'JP'],
        ['sakura@example.test', '092-555-0103'],
        {
          company: '株式会社髙橋商店',
        },
      ),
      buyer(0, ['ケンジ', 'ワタナベ'], ['大通西7', '060-0042', '札幌市', 'JP01', 'JP'], ['kenji@example.test', '']),
      buyer(
        0,
        ['Emily', 'Carter'],
        ['祇園町8', '605-0073', '京都市東山区', 'JP26', 'JP'],
        ['emily@example.test', '075-555-0105'],
      ),
    ],
    coupons: [
      { id: 41, code: '新茶10', type: 'percent', amount: '10' },
      { id: 42, code: '500円引', type: 'fixed_cart', amount: '500' },
    ],
    gateways: [
      { id: 'bacs', title: '銀行振込', online: false },
      { id: 'cod', title: '代金引換', online: false },
      { id: 'stripe', title: 'クレジットカード', online: true },
    ],
    shipping: { title: 'ゆうパック', freeTitle: '送料無料', price: '600' },
    fee: { name: '代引手数料', amount: '300' },
    bundle: '1000',
    allowance: { name: '値引き', amount: '-150' },
    notes: ['置き配でお願いします 🍵'],
    refundReasons: ['破損のため', ''],
  },
};
