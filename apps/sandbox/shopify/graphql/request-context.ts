import type { Order } from '../orders/order.js';
import type { ShopData } from '../shop-slice.js';
import type { Shop } from '../shops.js';
import type { SearchReport } from './search-syntax.js';

/** What the resolvers of one request know. */
export interface RequestContext {
  readonly shop: Shop;
  /** Where every area's slice is read and changed. */
  readonly data: ShopData;
  readonly app: { readonly clientId: string; readonly name: string; readonly launchUrl: string };
  /** What the token may do, as granted. */
  readonly scopes: readonly string[];
  /** All orders of the shop, as they stand at the moment of reading. */
  readonly orders: readonly Order[];
  /** Those this token may see. */
  readonly visible: readonly Order[];
  readonly now: Date;
  /** When the shop was created, in milliseconds since 1970. */
  readonly shopCreatedAt: number;
  /**
   * Tells every subscriber of a topic what happened. The delivery happens after the answer.
   * @param topic a value of `WebhookSubscriptionTopic`, e.g. `PRODUCTS_CREATE`
   * @param payload the REST-shaped body of the delivery
   */
  notify(topic: string, payload: Readonly<Record<string, unknown>>): void;
  /** Whether a webhook's address may be on this machine. */
  readonly allowLoopbackWebhooks: boolean;
  /** The app removes itself from the shop. */
  uninstall(): void;
  /** Filled by searches; answered in `extensions.search`. */
  readonly searches: SearchReport[];
}
