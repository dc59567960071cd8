import { catalogueQueries } from './catalogue-queries.js';
import { collectionMutations } from './collection-mutations.js';
import { customerMutations } from './customer-mutations.js';
import { customerQueries } from './customers.js';
import { discountMutations } from './discount-mutations.js';
import { discountQueries } from './discounts.js';
import { inventoryMutations } from './inventory-mutations.js';
import { productMutations } from './product-mutations.js';
import { productOperationQuery, productSetMutation } from './product-set.js';
import { variantMutations } from './variant-mutations.js';

/** The catalogue's fields of QueryRoot and Mutation. */
export const catalogueResolvers = {
  ...catalogueQueries,
  ...customerQueries,
  ...productMutations,
  ...productSetMutation,
  ...productOperationQuery,
  ...variantMutations,
  ...inventoryMutations,
  ...collectionMutations,
  ...customerMutations,
  ...discountQueries,
  ...discountMutations,
};
