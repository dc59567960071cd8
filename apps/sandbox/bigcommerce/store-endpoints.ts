import { iso } from './amounts.js';
import { reading } from './oauth/scopes.js';
import { ok, type Endpoint } from './rest/answer.js';
import { v2List, v3List } from './rest/paging.js';
import { accountUuidOf, hostOf, type Store } from './stores.js';

const INFORMATION = reading('store_v2_information');

/** docs: GET /v2/store. */
function storeBody(store: Store): Readonly<Record<string, unknown>> {
  const host = hostOf(store);
  return {
    ...{ id: store.hash, account_uuid: accountUuidOf(store), domain: host, secure_url: `https://${host}` },
    ...{ control_panel_base_url: `https://${host}`, status: 'live', name: store.name },
    ...{ first_name: store.owner.firstName, last_name: store.owner.lastName, address: store.address },
    ...{ country: store.country, country_code: store.countryCode, infrastructure_region: 'us-central1' },
    ...{ phone: store.phone, admin_email: store.owner.email, order_email: store.owner.email, favicon_url: '' },
    timezone: {
      ...{ name: store.timezone.name, raw_offset: store.timezone.rawOffset, dst_offset: store.timezone.dstOffset },
      dst_correction: store.timezone.rawOffset !== store.timezone.dstOffset,
      date_format: { display: 'M jS Y', export: 'M jS Y', extended_display: 'M jS Y @ g:i A' },
    },
    ...{ language: store.language, currency: store.currency, currency_symbol: store.currencySymbol },
    ...{ decimal_separator: store.decimalSeparator, thousands_separator: store.thousandsSeparator },
    ...{ decimal_places: store.decimalPlaces, currency_symbol_location: store.symbolLocation },
    ...{ weight_units: store.weightUnits, dimension_units: 'Inches', dimension_decimal_places: 2 },
    ...{ dimension_decimal_token: '.', dimension_thousands_token: ',' },
    ...{ plan_name: store.plan, plan_level: store.plan, plan_is_trial: false, industry: 'Retail', logo: [] },
    ...{ is_price_entered_with_tax: store.pricesIncludeTax, store_id: store.storeId },
    ...{ default_channel_id: 1, default_site_id: 1000, active_comparison_modules: [] },
    features: {
      ...{ stencil_enabled: true, sitewidehttps_enabled: true, facebook_catalog_id: '', checkout_type: 'optimized' },
      ...{ wishlists_enabled: true, graphql_storefront_api_enabled: true, shopper_consent_tracking_enabled: false },
      ...{ multi_storefront_enabled: true, storefront_limits: { active: 3, total_including_inactive: 4 } },
    },
  };
}

/** docs: GET /v2/currencies. */
function currencyBody(store: Store): Readonly<Record<string, unknown>> {
  return {
    ...{ id: 1, is_default: true, last_updated: 'Tue, 17 Jul 2018 14:45:24 +0000', country_iso2: store.countryCode },
    ...{ default_for_country_codes: [], currency_code: store.currency, currency_exchange_rate: '1.0000000000' },
    ...{ name: store.currency, token: store.currencySymbol, auto_update: false, token_location: store.symbolLocation },
    ...{ decimal_token: store.decimalSeparator, thousands_token: store.thousandsSeparator },
    ...{ decimal_places: store.decimalPlaces, enabled: true, is_transactional: true, use_default_name: true },
  };
}

const CREATED = Date.UTC(2021, 4, 7, 14, 54, 51);

/** docs: GET /v3/channels; 1 is the store's own storefront. */
function channelBody({ name }: Store): Readonly<Record<string, unknown>> {
  return {
    ...{
      id: 1,
      external_id: '',
      is_listable_from_ui: true,
      is_enabled: true,
      is_visible: true,
      status: 'active',
      name,
    },
    ...{
      type: 'storefront',
      platform: 'bigcommerce',
      date_created: iso(CREATED),
      date_modified: iso(CREATED),
      icon_url: '',
    },
  };
}

/** The store itself. */
export const STORE_ENDPOINTS: readonly Endpoint[] = [
  { method: 'GET', path: '/v2/store', scopes: INFORMATION, handle: ({ data }) => ok(storeBody(data.store)) },
  { method: 'GET', path: '/v2/time', handle: ({ now }) => ok({ time: Math.floor(now / 1_000) }) },
  {
    method: 'GET',
    path: '/v2/currencies',
    scopes: INFORMATION,
    handle: ({ data, query }) => v2List([currencyBody(data.store)], query),
  },
  {
    method: 'GET',
    path: '/v3/channels',
    scopes: reading('store_channel_settings', 'store_channel_listings'),
    handle: ({ data, query }) => v3List([channelBody(data.store)], query),
  },
];
