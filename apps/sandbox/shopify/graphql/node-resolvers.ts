import { catalogueQueries } from '../catalogue/catalogue-queries.js';
import { customerQueries } from '../catalogue/customers.js';
import { discountQueries } from '../catalogue/discounts.js';
import { orderWriteResolvers } from '../order-writes/resolvers.js';
import { requireAccess } from './access.js';
import { orderQueries } from './order-resolvers.js';
import type { RequestContext } from './request-context.js';

interface ById {
  readonly id: string;
}

type Find = (args: ById, context: RequestContext) => unknown;

const FINDERS: Readonly<Record<string, Find>> = {
  Product: catalogueQueries.product,
  ProductVariant: catalogueQueries.productVariant,
  Collection: catalogueQueries.collection,
  InventoryItem: catalogueQueries.inventoryItem,
  InventoryLevel: catalogueQueries.inventoryLevel,
  Location: catalogueQueries.location,
  Customer: customerQueries.customer,
  DiscountNode: discountQueries.discountNode,
  DiscountCodeNode: discountQueries.codeDiscountNode,
  Order: orderQueries.order,
  Fulfillment: orderWriteResolvers.fulfillment,
  FulfillmentOrder: orderWriteResolvers.fulfillmentOrder,
  Refund: orderWriteResolvers.refund,
  Return: orderWriteResolvers.return,
};

/** recorded: a well-formed id nobody has is answered with null. */
function find(id: string, field: string, context: RequestContext): unknown {
  const [, type = ''] = /^gid:\/\/shopify\/(\w+)\//.exec(id) ?? [];
  const finder = Object.hasOwn(FINDERS, type) ? FINDERS[type] : undefined;
  if (finder === undefined) return null;
  requireAccess(type, field, context);
  const found = finder({ id }, context);
  return typeof found === 'object' && found !== null ? { ...found, __typename: type } : null;
}

/** The fields of QueryRoot that find a record of any type by its id. */
export const nodeResolvers = {
  node: ({ id }: ById, context: RequestContext) => find(id, 'node', context),
  nodes: ({ ids }: { readonly ids: readonly string[] }, context: RequestContext) =>
    ids.map((id) => find(id, 'nodes', context)),
};
