import type { SeedRows } from '../state/rows.js';
import type { Store } from '../stores.js';
import { seedCarts } from './seed-carts.js';
import { seedCatalogue } from './seed-catalogue.js';
import { seedCustomers } from './seed-customers.js';
import { seedOrders } from './seed-orders.js';

/** Everything a store holds when it is first started at that moment; the same on every machine. */
export function seedStore(store: Store, base: number): SeedRows {
  const catalogue = seedCatalogue(store, base);
  return {
    ...catalogue,
    ...seedCustomers(store, base),
    ...seedOrders(store, base, catalogue),
    carts: seedCarts(store, base, catalogue),
  };
}
