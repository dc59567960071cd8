import { four, iso, rfc2822 } from '../amounts.js';
import { makeCustomer } from '../customers/make-customer.js';
import type { SeedRows } from '../state/rows.js';
import type { Store } from '../stores.js';
import { buyersOf, customerAddress } from './people.js';

const DAY = 86_400_000;
/** Everybody but the last two has an account; those are guests. */
const GUESTS = 2;

/** How many of a store's buyers have an account. */
export function accountsOf(store: Store): number {
  return buyersOf(store).length - (store.region === 'japan' ? 1 : GUESTS);
}

/** Customers with addresses, groups and coupons. */
export function seedCustomers(
  store: Store,
  base: number,
): Required<Pick<SeedRows, 'customers' | 'customerAddresses' | 'groups' | 'coupons'>> {
  const buyers = buyersOf(store).slice(0, accountsOf(store));
  const customers = buyers.map((buyer, index) => ({
    ...makeCustomer(
      {
        id: 11 + index,
        email: buyer.email,
        first_name: buyer.firstName,
        last_name: buyer.lastName,
        company: buyer.company ?? '',
        phone: buyer.phone,
        customer_group_id: index % 4 === 3 ? 1 : 0,
        notes: index === 1 ? 'Prefers to be called in the morning.' : '',
      },
      base - (300 - index * 20) * DAY,
    ),
    date_modified: iso(base - (100 - index * 9) * DAY),
  }));
  const customerAddresses = buyers.map((buyer, index) => ({
    id: 31 + index,
    customer_id: 11 + index,
    ...customerAddress(buyer),
  }));
  const [first] = buyers;
  if (first !== undefined) {
    const second = { ...customerAddress(first), address1: '2 Second Street', address_type: 'commercial' };
    customerAddresses.push({ id: 90, customer_id: 11, ...second });
  }
  return { customers, customerAddresses, groups: seedGroups(), coupons: seedCoupons(store, base) };
}

function seedGroups(): NonNullable<SeedRows['groups']> {
  const access = { category_access: { type: 'all' }, discount_rules: [], is_group_for_guests: false };
  const dates = { date_created: '2023-07-17 06:30:41', date_modified: '2023-07-25 01:15:19' };
  return [
    { id: 1, name: 'Wholesale', is_default: false, ...access, ...dates },
    { id: 2, name: 'Retail', is_default: true, ...access, ...dates },
  ];
}

function seedCoupons(store: Store, base: number): NonNullable<SeedRows['coupons']> {
  const at = rfc2822(base - 200 * DAY);
  const amount = store.decimalPlaces === 0 ? 500 : 10;
  const shared = {
    min_purchase: '0.0000',
    expires: '',
    enabled: true,
    applies_to: { entity: 'categories', ids: [0] },
    num_uses: 4,
    max_uses: 0,
    max_uses_per_customer: 0,
    restricted_to: {},
    shipping_methods: [],
    date_created: at,
  };
  return [
    { id: 1, name: 'Ten off', type: 'per_total_discount', amount: four(amount), code: 'TENOFF', ...shared },
    {
      id: 2,
      name: '15% off',
      type: 'percentage_discount',
      amount: four(15),
      code: 'FIFTEEN',
      ...shared,
      max_uses: 100,
    },
    { id: 3, name: 'Free shipping', type: 'free_shipping', amount: four(0), code: 'SHIPFREE', ...shared },
    {
      ...{ id: 4, name: 'Last summer', type: 'per_item_discount', amount: four(amount / 2), code: 'SUMMER', ...shared },
      ...{ enabled: false, expires: rfc2822(base - 60 * DAY), min_purchase: four(amount * 3) },
    },
  ];
}
