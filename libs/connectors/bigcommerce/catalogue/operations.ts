import { notBuilt } from '#contract';

/** What a shop sells, to whom, and at which discounts. */
export const catalogue = {
  products: notBuilt,
  variants: notBuilt,
  inventory: notBuilt,
  locations: notBuilt,
  customers: notBuilt,
  addresses: notBuilt,
  categories: notBuilt,
  coupons: notBuilt,
};
