import { zoneOffset } from './local-time.js';
import { WOOCOMMERCE_VERSION } from './order-body.js';
import type { JsonObject } from './response-fields.js';
import type { WooShop } from './shop.js';

/** The WordPress version the shapes were recorded from. */
export const WORDPRESS_VERSION = '6.9.1';

const NAMESPACES = [
  'oembed/1.0',
  'wc/v1',
  'wc/v2',
  'wc/v3',
  'wc-admin',
  'wc-analytics',
  'wc/store',
  'wc/store/v1',
  'wp/v2',
];

/** `GET /wp-json/`, open to everybody. @param now seconds since 1970 */
export function siteIndex(shop: WooShop, siteUrl: string, now: number, routes: JsonObject): JsonObject {
  return {
    name: shop.name,
    description: shop.description,
    url: siteUrl,
    home: siteUrl,
    gmt_offset: zoneOffset(now, shop.timeZone) / 3600,
    timezone_string: shop.timeZone,
    page_for_posts: 0,
    page_on_front: 0,
    show_on_front: 'posts',
    namespaces: [...NAMESPACES, ...(shop.extras?.includes('shipment-tracking') ? ['wc-shipment-tracking/v3'] : [])],
    authentication: {
      'application-passwords': { endpoints: { authorization: `${siteUrl}/wp-admin/authorize-application.php` } },
    },
    routes,
    site_logo: 0,
    site_icon: 0,
    site_icon_url: '',
  };
}

/** The part of `GET /system_status` that says what the shop is (recorded: store-system-status.json). */
export function systemStatus(shop: WooShop, siteUrl: string): JsonObject {
  return {
    environment: {
      home_url: siteUrl,
      site_url: siteUrl,
      store_id: shop.storeId,
      version: WOOCOMMERCE_VERSION,
      wp_version: WORDPRESS_VERSION,
      wp_multisite: false,
      wp_debug_mode: false,
      wp_cron: true,
      wp_environment_type: 'production',
      language: shop.language,
      server_info: 'sandbox',
      php_version: '8.2.36',
      default_timezone: 'UTC',
    },
    settings: statusSettings(shop),
  };
}

function statusSettings(shop: WooShop): JsonObject {
  return {
    api_enabled: false,
    force_ssl: false,
    currency: shop.currency,
    currency_symbol: shop.currencySymbolHtml,
    currency_position: 'left',
    thousand_separator: ',',
    decimal_separator: '.',
    number_of_decimals: shop.printedDecimals,
    order_datastore: 'Automattic\\WooCommerce\\Internal\\DataStores\\Orders\\OrdersTableDataStore',
    HPOS_enabled: true,
    HPOS_sync_enabled: false,
    enabled_features: [
      ...['analytics', 'marketplace', 'order_attribution', 'custom_order_tables'],
      ...(shop.extras?.includes('fulfillments') ? ['fulfillments'] : []),
    ],
  };
}

type Setting = readonly [id: string, type: string, label: string, standard: string, value: string];
type PrintedSetting = Readonly<Record<'id' | 'label' | 'description' | 'type' | 'default' | 'tip' | 'value', string>>;

const SETTINGS: ReadonlyMap<string, (shop: WooShop) => readonly Setting[]> = new Map([
  ['general', generalSettings],
  ['tax', taxSettings],
  ['products', productSettings],
]);

/** The settings of a group without their links; undefined for a group the sandbox does not know. */
export function settingsGroup(shop: WooShop, group: string): readonly PrintedSetting[] | undefined {
  const settings = SETTINGS.get(group)?.(shop);
  return settings?.map(([id, type, label, standard, value]) => ({
    id,
    label,
    description: '',
    type,
    default: standard,
    tip: '',
    value,
  }));
}

function generalSettings(shop: WooShop): readonly Setting[] {
  return [
    ['woocommerce_store_address', 'text', 'Address line 1', '', shop.address.street],
    ['woocommerce_store_address_2', 'text', 'Address line 2', '', ''],
    ['woocommerce_store_city', 'text', 'City', '', shop.address.city],
    ['woocommerce_default_country', 'select', 'Country / State', 'US:CA', shop.baseCountry],
    ['woocommerce_store_postcode', 'text', 'Postcode / ZIP', '', shop.address.postcode],
    ['woocommerce_calc_taxes', 'checkbox', 'Enable taxes', 'no', shop.taxRates.length === 0 ? 'no' : 'yes'],
    ['woocommerce_enable_coupons', 'checkbox', 'Enable coupons', 'yes', 'yes'],
    ['woocommerce_currency', 'select', 'Currency', 'USD', shop.currency],
    ['woocommerce_currency_pos', 'select', 'Currency position', 'left', 'left'],
    ['woocommerce_price_thousand_sep', 'text', 'Thousand separator', ',', ','],
    ['woocommerce_price_decimal_sep', 'text', 'Decimal separator', '.', '.'],
    ['woocommerce_price_num_decimals', 'number', 'Number of decimals', '2', String(shop.printedDecimals)],
  ];
}

function taxSettings(shop: WooShop): readonly Setting[] {
  const included = shop.pricesIncludeTax ? 'yes' : 'no';
  return [
    ['woocommerce_prices_include_tax', 'radio', 'Prices entered with tax', 'no', included],
    ['woocommerce_tax_based_on', 'select', 'Calculate tax based on', 'shipping', 'shipping'],
    ['woocommerce_tax_round_at_subtotal', 'checkbox', 'Rounding', 'no', 'no'],
  ];
}

function productSettings(): readonly Setting[] {
  return [
    ['woocommerce_weight_unit', 'select', 'Weight unit', 'kg', 'kg'],
    ['woocommerce_dimension_unit', 'select', 'Dimensions unit', 'cm', 'cm'],
    ['woocommerce_manage_stock', 'checkbox', 'Manage stock', 'yes', 'yes'],
    ['woocommerce_notify_low_stock_amount', 'number', 'Low stock threshold', '2', '2'],
    ['woocommerce_notify_no_stock_amount', 'number', 'Out of stock threshold', '0', '0'],
  ];
}
