import { type ConnectedStore, GatewayError } from '#contract';
import { graphql } from '#kit';
import { z } from 'zod';
import { connection } from '../connection.js';
import { GRAPHQL_PATH, connectionCost } from '../documents.js';
import { cursorAfter } from '../list.js';
import { quoted } from '../search.js';
import { PRODUCTS_BY_SKU, PRODUCT_COST } from './product-documents.js';

interface SkuHolder {
  readonly id: string;
  readonly productId: string;
}

const PAGE = 250;
const MAX_PAGES = 8;

const answer = z.object({
  productVariants: connection(
    z.object({ id: z.string(), sku: z.string().nullable(), product: z.object({ id: z.string() }) }),
  ),
});

/**
 * The variants of exactly this SKU. The search is wider than that, and behind the records by some seconds.
 * @throws GatewayError `request_rejected` for one that begins as thousands do: a holder might not be seen among them
 */
export async function skuHolders(store: ConnectedStore, sku: string): Promise<readonly SkuHolder[]> {
  const found: SkuHolder[] = [];
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { productVariants } = await graphql(store, {
      path: GRAPHQL_PATH,
      document: PRODUCTS_BY_SKU,
      variables: { query: `sku:${quoted(sku)}`, first: PAGE, after: after ?? null },
      effect: 'read',
      expect: answer,
      cost: connectionCost(PAGE, PRODUCT_COST.skuInList),
    });
    const exact = productVariants.nodes.filter((one) => one.sku === sku);
    found.push(...exact.map(({ id, product }) => ({ id, productId: product.id })));
    if (!productVariants.hasNextPage) return found;
    after = cursorAfter(productVariants, after);
  }
  throw new GatewayError('request_rejected', 'Too many SKUs of the shop look like this one to find it among them', {
    platform: { id: 'shopify' },
    fields: [{ path: 'sku', message: 'Change the product by its id instead' }],
  });
}
