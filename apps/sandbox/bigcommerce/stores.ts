import { createHash } from 'node:crypto';
import type { SandboxClient } from '../platform.js';
import { ALL_SCOPES } from './oauth/scopes.js';

/** A simulated store: everything about it that nobody changes. */
export interface Store {
  /** Permanent name, e.g. `abc123xyz`; the tenant key of every request. */
  readonly hash: string;
  /** Number that deliveries carry. */
  readonly storeId: number;
  readonly name: string;
  readonly owner: {
    readonly id: number;
    readonly firstName: string;
    readonly lastName: string;
    readonly email: string;
  };
  readonly currency: string;
  readonly currencySymbol: string;
  readonly symbolLocation: 'left' | 'right';
  readonly decimalPlaces: number;
  readonly decimalSeparator: string;
  readonly thousandsSeparator: string;
  readonly pricesIncludeTax: boolean;
  /** Parts per million: 8.25 % is 82,500. Whole, so that no tax is off by a floating-point error. */
  readonly taxPpm: number;
  readonly taxName: string;
  readonly timezone: { readonly name: string; readonly rawOffset: number; readonly dstOffset: number };
  readonly country: string;
  readonly countryCode: string;
  readonly address: string;
  readonly phone: string;
  readonly language: string;
  readonly weightUnits: 'LBS' | 'KGS' | 'Grams';
  readonly plan: 'Enterprise' | 'Pro' | 'Standard';
  /** Which people and streets it sells to. */
  readonly region: 'america' | 'europe' | 'japan';
  readonly orders: number;
}

/** docs: 150 requests in 30 s on Standard, 450 on Pro; an Enterprise plan's figure is a contract's, shown very large. */
export const QUOTAS: Readonly<Record<Store['plan'], number>> = { Enterprise: 7_000_000, Pro: 450, Standard: 150 };

/** The seeded stores. */
export const STORES: readonly Store[] = [
  {
    hash: 'abc123xyz',
    storeId: 1_025_646,
    name: 'Cedar & Salt Outfitters',
    owner: { id: 9128, firstName: 'Maya', lastName: 'Ellison', email: 'owner@cedar-and-salt.example' },
    currency: 'USD',
    currencySymbol: '$',
    symbolLocation: 'left',
    decimalPlaces: 2,
    decimalSeparator: '.',
    thousandsSeparator: ',',
    pricesIncludeTax: false,
    taxPpm: 82_500,
    taxName: 'Texas Sales Tax',
    timezone: { name: 'America/Chicago', rawOffset: -21_600, dstOffset: -18_000 },
    country: 'United States',
    countryCode: 'US',
    address: '11305 Four Points Drive, Austin, Texas 78726',
    phone: '512-555-0143',
    language: 'en',
    weightUnits: 'LBS',
    plan: 'Enterprise',
    region: 'america',
    orders: 130,
  },
  {
    hash: 'eur456uvw',
    storeId: 1_025_901,
    name: 'Werkstatt Süd',
    owner: { id: 9204, firstName: 'Jörg', lastName: 'Müller-Lüdenscheid', email: 'inhaber@werkstatt-sued.example' },
    currency: 'EUR',
    currencySymbol: '€',
    symbolLocation: 'right',
    decimalPlaces: 2,
    decimalSeparator: ',',
    thousandsSeparator: '.',
    pricesIncludeTax: true,
    taxPpm: 190_000,
    taxName: 'MwSt',
    timezone: { name: 'Europe/Berlin', rawOffset: 3_600, dstOffset: 7_200 },
    country: 'Germany',
    countryCode: 'DE',
    address: 'Lindwurmstraße 88, 80337 München',
    phone: '+49 89 5550143',
    language: 'de',
    weightUnits: 'KGS',
    plan: 'Pro',
    region: 'europe',
    orders: 45,
  },
  {
    hash: 'jpy789rst',
    storeId: 1_026_117,
    name: '山の文具店',
    owner: { id: 9311, firstName: '美咲', lastName: '佐藤', email: 'tencho@yama-bungu.example' },
    currency: 'JPY',
    currencySymbol: '¥',
    symbolLocation: 'left',
    decimalPlaces: 0,
    decimalSeparator: '.',
    thousandsSeparator: ',',
    pricesIncludeTax: true,
    taxPpm: 100_000,
    taxName: '消費税',
    timezone: { name: 'Asia/Tokyo', rawOffset: 32_400, dstOffset: 32_400 },
    country: 'Japan',
    countryCode: 'JP',
    address: '神宮前3-14-15, 渋谷区, 東京都 150-0001',
    phone: '+81 3 5550 1234',
    language: 'ja',
    weightUnits: 'Grams',
    plan: 'Standard',
    region: 'japan',
    orders: 18,
  },
];

export const API_HOST = 'api.bigcommerce.com';
export const LOGIN_HOST = 'login.bigcommerce.com';

const PERMANENT_HOST = /^store-([a-z0-9]+)\.mybigcommerce\.com$/;

/** The store's permanent address, under which its control panel lives as well. */
export function hostOf({ hash }: Store): string {
  return `store-${hash}.mybigcommerce.com`;
}

export function storeOfHash(hash: string): Store | undefined {
  return STORES.find((store) => store.hash === hash);
}

/** The stores a host stands for: one for a store's own, all of them for the hosts they share. */
export function storesOfHost(host: string): readonly Store[] {
  if (host === API_HOST || host === LOGIN_HOST) return STORES;
  const store = storeOfHash(PERMANENT_HOST.exec(host)?.[1] ?? '');
  return store === undefined ? [] : [store];
}

// Worked out, so that no file of the repository holds anything that looks like a credential.
const derived = (what: string, hash: string, digits: number): string =>
  createHash('sha256').update(`${what} of the API account of ${hash}`).digest('hex').slice(0, digits);

/** The store-level API account a merchant made in the control panel; its token is pasted, not granted. */
export function accountOf({ hash, name }: Store): SandboxClient & { readonly token: string } {
  return {
    clientId: derived('client id', hash, 31),
    secret: derived('client secret', hash, 64),
    token: derived('access token', hash, 31),
    name: `${name} API account`,
    redirectUris: [],
  };
}

/** Everything a merchant could tick for an API account. */
export const ACCOUNT_SCOPES = ALL_SCOPES;

/** docs: a UUID per account; here worked out from the store's name. */
export function accountUuidOf({ hash }: Store): string {
  const hex = derived('account', hash, 32);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)];
  return parts.join('-');
}
