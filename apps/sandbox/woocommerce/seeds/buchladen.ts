import type { WooShop } from '../shop.js';
import { buyer } from './buyer.js';
import { product, variation } from './product.js';

const COLOUR = ['pa_farbe', 'Farbe'] as const;
const SIZE = ['pa_groesse', 'Größe'] as const;

/** Prices with tax, two rates each in two countries, every status there is. */
export const buchladen: WooShop = {
  host: 'buchladen.sandbox.test',
  path: '',
  name: 'Buchladen am Markt',
  description: 'Bücher, Papier & mehr',
  language: 'de_DE',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  currencyName: 'Euro',
  currencySymbol: '€',
  currencySymbolHtml: '&euro;',
  decimals: 2,
  printedDecimals: 2,
  pricesIncludeTax: true,
  baseCountry: 'DE:DE-BE',
  address: { street: 'Marktplatz 1', city: 'Berlin', postcode: '10178' },
  taxRates: [
    { id: 1, country: 'DE', state: '', name: 'MwSt. 19%', percent: '19', priority: 1, taxClass: '' },
    { id: 2, country: 'DE', state: '', name: 'MwSt. 7%', percent: '7', priority: 1, taxClass: 'reduced-rate' },
    { id: 3, country: 'AT', state: '', name: 'USt. 20%', percent: '20', priority: 1, taxClass: '' },
    { id: 4, country: 'AT', state: '', name: 'USt. 10%', percent: '10', priority: 1, taxClass: 'reduced-rate' },
  ],
  customStatuses: [{ slug: 'awaiting-pickup', name: 'Abholbereit' }],
  storeId: '7f2a61c4-90ab-4c1e-8d53-2f0b6a4ce101',
  extras: ['shipment-tracking'],
  plan: {
    orders: 130,
    days: 120,
    imported: 0,
    firstOrderId: 62,
    products: [
      product(11, 'Kaffeebecher „Früh“ 300 ml', 'MUG-001', '12.90', { globalUniqueId: '4006381333931' }),
      product(12, 'Teekanne „Übermut“', 'TEA-002', '39.00'),
      product(13, 'Der kleine Drache (gebunden)', 'BUCH-003', '18.50', {
        taxClass: 'reduced-rate',
        globalUniqueId: '9783161484100',
      }),
      product(14, 'E-Book: 100 % Vegan 🌱', 'EB-004', '14.99', { taxClass: 'reduced-rate' }),
      product(15, 'Notizbuch &#8222;Wolf &amp; Sohn&#8220;', 'NOTE-005', '7.77'),
      product(16, 'Gutschein 50 €', 'GC-006', '50.00', { taxable: false }),
      product(17, 'Schraube M3 (Cent-Artikel)', 'SCR-007', '0.03'),
      product(18, 'Wandkalender vom letzten Jahr', 'CAL-008', '9.95', { deleted: true }),
      product(27, 'T-Shirt „Grüße“', 'VAR-1', '19.90', {
        variations: [
          variation(28, 'VAR-1-RS', [...COLOUR, 'rot', 'Rot'], [...SIZE, 's', 'S']),
          variation(29, 'VAR-1-RL', [...COLOUR, 'rot', 'Rot'], [...SIZE, 'l', 'L']),
          variation(30, 'VAR-1-GM', [...COLOUR, 'grun', 'Grün'], [...SIZE, 'm', 'M']),
        ],
      }),
    ],
    buyers: [
      buyer(
        2,
        ['Jürgen', 'Müller'],
        ['Hauptstraße 1', '50667', 'Köln', 'DE-NW', 'DE'],
        ['kunde1@example.test', '+49 30 55500'],
        {
          company: 'Firma Müller GmbH & Co. KG',
          address2: 'Hinterhaus, 3. OG',
        },
      ),
      buyer(
        3,
        ['Łukasz', 'Żółć'],
        ['Neißstraße 3', '02826', 'Görlitz', 'DE-SN', 'DE'],
        ['kunde3@example.test', '+49 30 55502'],
      ),
      buyer(
        4,
        ['Ingrid', 'Weiß-Groß'],
        ['Herrengasse 11', '8010', 'Graz', '', 'AT'],
        ['kunde4@example.test', '+43 316 5553'],
      ),
      buyer(
        5,
        ['Юлия', 'Иванова'],
        ['Jungfernstieg 7', '20095', 'Hamburg', 'DE-HH', 'DE'],
        ['kunde5@example.test', '+49 40 55504'],
      ),
      buyer(
        6,
        ['太郎', '山田'],
        ['Mariahilfer Straße 4', '1010', 'Wien', '', 'AT'],
        ['kunde6@example.test', '+43 1 55505'],
      ),
      buyer(
        7,
        ['D’Arcy', "O'Brien 🙏"],
        ['Ring 8', '24937', 'Flensburg', 'DE-SH', 'DE'],
        ['kunde7@example.test', '+49 461 55506'],
      ),
      buyer(
        0,
        ['Gast', 'Käufer'],
        ['Gästeweg 9', '14467', 'Potsdam', 'DE-BB', 'DE'],
        ['gast@example.test', '+49 331 55507'],
      ),
      buyer(
        0,
        ['Ana María', 'Núñez Ibáñez'],
        ['Residenzplatz 2', '5020', 'Salzburg', '', 'AT'],
        ['ana@example.test', ''],
      ),
    ],
    coupons: [
      { id: 56, code: 'sommer10', type: 'percent', amount: '10' },
      { id: 57, code: 'fünfer', type: 'fixed_cart', amount: '5' },
    ],
    gateways: [
      { id: 'bacs', title: 'Direkte Banküberweisung', online: false },
      { id: 'cod', title: 'Nachnahme', online: false },
      { id: 'stripe', title: 'Kreditkarte (Stripe)', online: true },
      { id: 'paypal', title: 'PayPal', online: true },
    ],
    shipping: { title: 'DHL Paket', freeTitle: 'Kostenloser Versand', price: '4.12' },
    fee: { name: 'Nachnahmegebühr', amount: '3.00' },
    bundle: '10.00',
    allowance: { name: 'Rabatt (manuell)', amount: '-2.50' },
    notes: ['Bitte vor 12 Uhr liefern – „Danke“ 🙏', 'Bitte klingeln – „3. OG“ 🔔'],
    refundReasons: ['Artikel beschädigt – 1 Stück', 'Kulanz', ''],
  },
};
