import type { Row } from '../row.js';
import type { ShopData } from '../shop-data.js';
import type { MagentoShop } from '../shop.js';
import { addressOf, type SeedBuyer, type SeedPlan } from './seed-plan.js';

/** Accounts, groups, promotions and the places where stock lies. */
export function seedPeople(shop: MagentoShop, data: ShopData, plan: SeedPlan, now: string): void {
  const groups = ['NOT LOGGED IN', 'General', 'Wholesale', 'Retailer'];
  data.tables.groups.push(
    ...groups.map((code, id) => ({ id, code, tax_class_id: 3, tax_class_name: 'Retail Customer' })),
  );
  for (const buyer of plan.buyers) if (!buyer.isGuest) data.tables.customers.push(customerRow(shop, data, buyer, now));
  for (const rule of plan.rules) seedRule(data, rule, now);
  seedSources(shop, data, plan);
}

/** Recorded: customer-get.json. */
function customerRow(shop: MagentoShop, data: ShopData, buyer: SeedBuyer, now: string): Row {
  const [id, addressId] = [data.next('customer'), data.next('customer_address')];
  const { region, region_code: code, region_id: regionId, ...address } = addressOf(buyer);
  return {
    id,
    group_id: 1,
    default_billing: String(addressId),
    default_shipping: String(addressId),
    created_at: now,
    updated_at: now,
    created_in: shop.views[0].name,
    email: buyer.email,
    firstname: buyer.firstname,
    lastname: buyer.lastname,
    store_id: 1,
    website_id: 1,
    addresses: [
      {
        id: addressId,
        customer_id: id,
        region:
          region === undefined
            ? { region_code: null, region: null, region_id: 0 }
            : { region_code: code ?? '', region, region_id: regionId ?? 0 },
        region_id: regionId ?? 0,
        ...address,
        default_shipping: true,
        default_billing: true,
      },
    ],
    disable_auto_group_change: 0,
    extension_attributes: { is_subscribed: id % 2 === 0 },
  };
}

/** Recorded: sales-rules.json. */
function seedRule(data: ShopData, { name, percent, code }: SeedPlan['rules'][number], now: string): void {
  const ruleId = data.next('rule');
  const condition = (type: string): Row => ({
    condition_type: `Magento\\SalesRule\\Model\\Rule\\Condition\\${type}`,
    aggregator_type: 'all',
    operator: null,
    value: true,
  });
  data.tables.salesRules.push({
    rule_id: ruleId,
    name,
    store_labels: [],
    website_ids: [1],
    customer_group_ids: [0, 1, 2, 3],
    uses_per_customer: 0,
    is_active: true,
    condition: condition('Combine'),
    action_condition: condition('Product\\Combine'),
    stop_rules_processing: false,
    is_advanced: true,
    sort_order: 0,
    simple_action: 'by_percent',
    discount_amount: percent,
    discount_step: 0,
    apply_to_shipping: false,
    times_used: 0,
    is_rss: false,
    coupon_type: 'SPECIFIC_COUPON',
    use_auto_generation: false,
    uses_per_coupon: 0,
    simple_free_shipping: '0',
  });
  data.tables.coupons.push({
    coupon_id: data.next('coupon'),
    rule_id: ruleId,
    code,
    times_used: 0,
    is_primary: true,
    created_at: now,
    type: 0,
  });
}

/** Recorded: inventory-sources.json. */
function seedSources(shop: MagentoShop, data: ShopData, { source }: SeedPlan): void {
  const common = { enabled: true, use_default_carrier_config: true, carrier_links: [] as Row[] };
  data.tables.sources.push(
    {
      source_code: 'default',
      name: 'Default Source',
      description: 'Default Source',
      latitude: 0,
      longitude: 0,
      country_id: 'US',
      postcode: '00000',
      ...common,
      extension_attributes: { is_pickup_location_active: false, frontend_name: '' },
    },
    {
      source_code: source.code,
      name: source.name,
      country_id: shop.country,
      city: source.city,
      postcode: source.postcode,
      ...common,
      // One shop sends from two places, the others from one.
      enabled: shop.prefix === 'US',
      extension_attributes: { is_pickup_location_active: false, frontend_name: '' },
    },
  );
  data.tables.stocks.push({
    stock_id: 1,
    name: 'Default Stock',
    extension_attributes: { sales_channels: [{ type: 'website', code: 'base' }] },
  });
  data.tables.stockLinks.push({ stock_id: 1, source_code: 'default', priority: 1 });
  data.tables.stockLinks.push({ stock_id: 1, source_code: source.code, priority: 2 });
}
