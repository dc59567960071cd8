import type { Order } from '../orders/order.js';
import type { Shop } from '../shops.js';
import type { SearchReport } from './search-syntax.js';

/** What the resolvers of one request know. */
export interface RequestContext {
  readonly shop: Shop;
  readonly app: { readonly clientId: string; readonly name: string; readonly launchUrl: string };
  /** What the token may do, as granted. */
  readonly scopes: readonly string[];
  /** All orders of the shop. */
  readonly orders: readonly Order[];
  /** Those this token may see. */
  readonly visible: readonly Order[];
  readonly now: Date;
  /** When the shop was created, in milliseconds since 1970. */
  readonly shopCreatedAt: number;
  /** Filled by searches; answered in `extensions.search`. */
  readonly searches: SearchReport[];
}
