import { catalogueResolvers } from '../catalogue/resolvers.js';
import { abandonedResolvers } from '../order-writes/abandoned-resolvers.js';
import { orderWriteResolvers } from '../order-writes/resolvers.js';
import { subscriptionResolvers } from '../webhooks/subscription-resolvers.js';
import { nodeResolvers } from './node-resolvers.js';
import { orderQueries } from './order-resolvers.js';
import { shopResolvers } from './shop-resolvers.js';

/** The fields of QueryRoot and Mutation, as graphql-js calls them on its root value. */
export const ROOT_RESOLVERS = {
  ...shopResolvers,
  ...orderQueries,
  ...orderWriteResolvers,
  ...abandonedResolvers,
  ...subscriptionResolvers,
  ...catalogueResolvers,
  ...nodeResolvers,
};
