/** A tax a shop charges. */
export interface TaxRate {
  readonly title: string;
  /** Parts per million: 8.875 % is 88,750. Whole, so that no tax is off by a floating-point error. */
  readonly ppm: number;
}

/** A simulated shop: everything about it that is not an order. */
export interface Shop {
  readonly host: string;
  readonly id: number;
  readonly name: string;
  readonly owner: string;
  readonly email: string;
  readonly currency: string;
  /** Presentment units for one unit of the shop's currency; the shop's own currency is not listed. */
  readonly presentment: Readonly<Record<string, number>>;
  readonly timezone: string;
  readonly taxesIncluded: boolean;
  readonly taxShipping: boolean;
  readonly taxes: readonly TaxRate[];
  readonly weightUnit: 'POUNDS' | 'KILOGRAMS' | 'GRAMS';
  readonly unitSystem: 'IMPERIAL_SYSTEM' | 'METRIC_SYSTEM';
  readonly moneyFormat: string;
  readonly address: {
    readonly address1: string;
    readonly city: string;
    readonly province: string | null;
    readonly provinceCode: string | null;
    readonly zip: string | null;
    readonly country: string;
    readonly countryCode: string;
    readonly phone: string;
  };
  /** Which people, streets and goods its orders are made of. */
  readonly region: 'america' | 'europe' | 'japan' | 'gulf';
  /** Orders of the last 60 days, and older ones that need `read_all_orders`. */
  readonly orders: { readonly recent: number; readonly old: number };
}

/** The seeded shops. */
export const SHOPS: readonly Shop[] = [
  {
    host: 'north-harbor-outfitters.myshopify.com',
    id: 61_204_889_713,
    name: 'North Harbor Outfitters',
    owner: 'Grace Whitfield',
    email: 'hello@north-harbor.example',
    currency: 'USD',
    presentment: {},
    timezone: 'America/New_York',
    taxesIncluded: false,
    taxShipping: false,
    taxes: [
      { title: 'New York State Tax', ppm: 40_000 },
      { title: 'New York City Tax', ppm: 48_750 },
    ],
    weightUnit: 'POUNDS',
    unitSystem: 'IMPERIAL_SYSTEM',
    moneyFormat: '${{amount}}',
    address: {
      address1: '48 Pier Street',
      city: 'New York',
      province: 'New York',
      provinceCode: 'NY',
      zip: '10004',
      country: 'United States',
      countryCode: 'US',
      phone: '+12125550143',
    },
    region: 'america',
    orders: { recent: 130, old: 8 },
  },
  {
    host: 'atelier-lindenhof.myshopify.com',
    id: 61_204_890_020,
    name: 'Atelier Lindenhof',
    owner: 'Jörg Müller-Lüdenscheid',
    email: 'kontakt@atelier-lindenhof.example',
    currency: 'EUR',
    presentment: { USD: 1.0837, GBP: 0.8362, CHF: 0.9541, JPY: 163.27, PLN: 4.2714 },
    timezone: 'Europe/Berlin',
    taxesIncluded: true,
    taxShipping: true,
    taxes: [{ title: 'MwSt', ppm: 190_000 }],
    weightUnit: 'KILOGRAMS',
    unitSystem: 'METRIC_SYSTEM',
    moneyFormat: '€{{amount_with_comma_separator}}',
    address: {
      address1: 'Lindenstraße 12',
      city: 'Köln',
      province: null,
      provinceCode: null,
      zip: '50674',
      country: 'Germany',
      countryCode: 'DE',
      phone: '+4922155501',
    },
    region: 'europe',
    orders: { recent: 60, old: 3 },
  },
  {
    host: 'kaze-coffee.myshopify.com',
    id: 61_204_890_377,
    name: '風コーヒー',
    owner: '佐藤 美咲',
    email: 'info@kaze-coffee.example',
    currency: 'JPY',
    presentment: {},
    timezone: 'Asia/Tokyo',
    taxesIncluded: true,
    taxShipping: true,
    taxes: [{ title: '消費税', ppm: 100_000 }],
    weightUnit: 'GRAMS',
    unitSystem: 'METRIC_SYSTEM',
    moneyFormat: '¥{{amount_no_decimals}}',
    address: {
      address1: '神宮前3-14-15',
      city: '渋谷区',
      province: 'Tōkyō',
      provinceCode: 'JP-13',
      zip: '150-0001',
      country: 'Japan',
      countryCode: 'JP',
      phone: '+81355501234',
    },
    region: 'japan',
    orders: { recent: 40, old: 2 },
  },
  {
    host: 'souq-al-salmiya.myshopify.com',
    id: 61_204_890_634,
    name: 'سوق السالمية',
    owner: 'نورة العنزي',
    email: 'hello@souq-al-salmiya.example',
    currency: 'KWD',
    presentment: { USD: 3.2561 },
    timezone: 'Asia/Kuwait',
    taxesIncluded: false,
    taxShipping: false,
    taxes: [],
    weightUnit: 'KILOGRAMS',
    unitSystem: 'METRIC_SYSTEM',
    moneyFormat: '{{amount}} KD',
    address: {
      address1: 'شارع سالم المبارك 27',
      city: 'السالمية',
      province: 'Hawalli',
      provinceCode: 'KW-HA',
      zip: '22001',
      country: 'Kuwait',
      countryCode: 'KW',
      phone: '+96522255501',
    },
    region: 'gulf',
    orders: { recent: 30, old: 2 },
  },
];
