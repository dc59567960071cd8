import type { Row } from '../row.js';
import type { RestCall, RestRoute } from '../rest/rest-call.js';
import { MODULES } from './modules.js';

const STORE = 'Magento_Backend::store';

/** Recorded: store-configs.json, where the deployed version has a line feed in it. */
function storeConfigs({ shop, baseUrl }: RestCall): Row[] {
  const media = `${baseUrl.replace(/index\.php\/$/, '')}media/`;
  const files = `${baseUrl.replace(/index\.php\/$/, '')}static/version1795372405\n/`;
  return shop.views.map(({ id, code, locale, currency }) => ({
    id,
    code,
    website_id: 1,
    locale,
    base_currency_code: shop.currency,
    default_display_currency_code: currency,
    timezone: shop.timezone,
    weight_unit: shop.weightUnit,
    base_url: baseUrl.replace(/index\.php\/$/, ''),
    base_link_url: baseUrl,
    base_static_url: files,
    base_media_url: media,
    secure_base_url: baseUrl.replace(/index\.php\/$/, ''),
    secure_base_link_url: baseUrl,
    secure_base_static_url: files,
    secure_base_media_url: media,
  }));
}

/** The back office's own view comes last (recorded: store-views.json). */
function storeViews({ shop }: RestCall): Row[] {
  const views = shop.views.map(({ id, code, name }) => ({
    id,
    code,
    name,
    website_id: 1,
    store_group_id: 1,
    is_active: 1,
  }));
  return [...views, { id: 0, code: 'admin', name: 'Admin', website_id: 0, store_group_id: 0, is_active: 1 }];
}

function websites({ shop }: RestCall): Row[] {
  return [
    { id: 0, code: 'admin', name: 'Admin', default_group_id: 0 },
    { id: 1, code: 'base', name: shop.websiteName, default_group_id: 1 },
  ];
}

function storeGroups({ shop }: RestCall): Row[] {
  const none = { id: 0, website_id: 0, root_category_id: 0, default_store_id: 0, name: 'Default', code: 'default' };
  return [
    none,
    {
      ...none,
      id: 1,
      website_id: 1,
      root_category_id: 2,
      default_store_id: 1,
      name: shop.groupName,
      code: 'main_website_store',
    },
  ];
}

/** Recorded: currency.json. */
function currency({ shop, view }: RestCall): Row {
  const codes = [...new Set(shop.views.map((one) => one.currency))];
  return {
    base_currency_code: shop.currency,
    base_currency_symbol: shop.currencySymbol,
    default_display_currency_code: view.currency,
    default_display_currency_symbol: view.currency === shop.currency ? shop.currencySymbol : view.currency,
    available_currency_codes: codes,
    exchange_rates: codes.map((code) => ({ currency_to: code, rate: shop.rates[code] ?? 1 })),
  };
}

export const storeRoutes: readonly RestRoute[] = [
  { method: 'GET', path: '/V1/store/storeConfigs', resource: STORE, answer: storeConfigs },
  { method: 'GET', path: '/V1/store/storeViews', resource: STORE, answer: storeViews },
  { method: 'GET', path: '/V1/store/websites', resource: STORE, answer: websites },
  { method: 'GET', path: '/V1/store/storeGroups', resource: STORE, answer: storeGroups },
  // Which right the list of modules needs is not known; the recording was made by an administrator.
  { method: 'GET', path: '/V1/modules', resource: STORE, answer: () => [...MODULES] },
  { method: 'GET', path: '/V1/directory/currency', resource: 'anonymous', answer: currency },
];
