import type { WooShop } from '../shop.js';
import { buyer } from './buyer.js';
import { product, variation } from './product.js';

/** Three decimals, no taxes at all, text from right to left. */
export const souq: WooShop = {
  host: 'souq.sandbox.test',
  path: '',
  name: 'سوق الكويت',
  description: 'عطور وقهوة وتمور',
  language: 'ar',
  timeZone: 'Asia/Kuwait',
  currency: 'KWD',
  currencyName: 'Kuwaiti dinar',
  currencySymbol: 'د.ك',
  currencySymbolHtml: '&#x62f;.&#x643;',
  decimals: 3,
  printedDecimals: 3,
  pricesIncludeTax: false,
  baseCountry: 'KW',
  address: { street: 'شارع فهد السالم 12', city: 'مدينة الكويت', postcode: '13001' },
  taxRates: [],
  customStatuses: [],
  storeId: 'c19d7e30-6b25-4f8a-b3d4-8e7f10a2c303',
  plan: {
    orders: 40,
    days: 45,
    imported: 0,
    firstOrderId: 301,
    products: [
      product(51, 'قهوة عربية 250 غ', 'COF-01', '3.250'),
      product(52, 'دهن العود الملكي', 'OUD-02', '42.750', { globalUniqueId: '6281000000014' }),
      product(53, 'تمر سكري (1 كغ)', 'DAT-03', '4.125'),
      product(54, 'فنجان قهوة &quot;دلّة&quot;', 'CUP-04', '1.005'),
      product(55, 'مبخرة قديمة', 'INC-05', '11.999', { deleted: true }),
      product(56, 'شماغ', 'SHM-06', '8.500', {
        variations: [
          variation(57, 'SHM-06-R', ['pa_lawn', 'اللون', 'ahmar', 'أحمر']),
          variation(58, 'SHM-06-W', ['pa_lawn', 'اللون', 'abyad', 'أبيض']),
        ],
      }),
    ],
    buyers: [
      buyer(
        2,
        ['مريم', 'حسن'],
        ['قطعة 4، شارع 12', '20000', 'حولي', '', 'KW'],
        ['maryam@example.test', '+965 5555 0201'],
      ),
      buyer(
        3,
        ['عبدالله', 'العنزي'],
        ['قطعة 1، منزل 7', '44000', 'الفروانية', '', 'KW'],
        ['abdullah@example.test', '+965 5555 0202'],
        {
          company: 'شركة الخليج للتجارة',
        },
      ),
      buyer(
        4,
        ['Priya', 'Nair'],
        ['Block 9, Street 2', '22001', 'Salmiya', '', 'KW'],
        ['priya@example.test', '+965 5555 0203'],
      ),
      buyer(0, ['نورة', 'الصباح'], ['قطعة 3', '70000', 'الجهراء', '', 'KW'], ['noura@example.test', '']),
      buyer(
        0,
        ['يوسف', 'خليل'],
        ['شارع الخليج', '15000', 'الكويت', '', 'KW'],
        ['yousef@example.test', '+965 5555 0205'],
      ),
    ],
    coupons: [
      { id: 61, code: 'عيد15', type: 'percent', amount: '15' },
      { id: 62, code: 'ahlan', type: 'fixed_cart', amount: '1.500' },
    ],
    gateways: [
      { id: 'cod', title: 'الدفع عند الاستلام', online: false },
      { id: 'knet', title: 'كي نت', online: true },
    ],
    shipping: { title: 'توصيل', freeTitle: 'توصيل مجاني', price: '1.250' },
    fee: { name: 'تغليف هدايا', amount: '0.750' },
    bundle: '10.000',
    allowance: { name: 'خصم يدوي', amount: '-0.505' },
    notes: ['الرجاء الاتصال قبل التوصيل ☎️'],
    refundReasons: ['قطعة مكسورة', ''],
  },
};
