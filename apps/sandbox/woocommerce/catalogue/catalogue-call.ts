import { localText, nowOf, utcText } from '../local-time.js';
import type { WooOrder } from '../order.js';
import type { JsonObject } from '../response-fields.js';
import type { SandboxState } from '../sandbox-state.js';
import type { WooShop } from '../shop.js';
import type { SiteRequest } from '../site-request.js';
import type { WebhookTopic } from '../webhooks/topics.js';
import type { ShopCatalogue } from './catalogue-book.js';

/** One shop's catalogue as a request sees it. */
export interface CatalogueCall {
  readonly shop: WooShop;
  /** The site's address without a trailing slash. */
  readonly siteUrl: string;
  readonly catalogue: ShopCatalogue;
  /** Seconds since 1970. */
  readonly now: number;
  orders(): readonly WooOrder[];
  /** Orders, refunds, products, coupons and pictures are numbered by one sequence. */
  readonly nextPost: () => number;
  report(topic: WebhookTopic, id: number): void;
}

export function catalogueCall(
  { shop, siteUrl }: Pick<SiteRequest, 'shop' | 'siteUrl'>,
  state: SandboxState,
): CatalogueCall {
  return {
    shop,
    siteUrl,
    catalogue: state.catalogue.of(shop),
    now: nowOf(state),
    orders: () => state.orders.of(shop),
    nextPost: () => state.orders.next(shop, 'post'),
    report: (topic, id) => state.deliveries.changed(shop.host, topic, id),
  };
}

/** A date twice, as the shop's clock shows it and in UTC. */
export function datePair(name: string, instant: number | null, { shop }: Pick<CatalogueCall, 'shop'>): JsonObject {
  return {
    [name]: instant === null ? null : localText(instant, shop.timeZone),
    [`${name}_gmt`]: instant === null ? null : utcText(instant),
  };
}

const ITEM_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** @param path of the collection below `wc/v3` */
export function itemLinks(
  siteUrl: string,
  path: string,
  id: number | string,
  methods: readonly string[] | undefined = ITEM_METHODS,
): JsonObject {
  const collection = `${siteUrl}/wp-json/wc/v3/${path}`;
  const hints = methods.length === 0 ? {} : { targetHints: { allow: methods } };
  return { self: [{ href: `${collection}/${id}`, ...hints }], collection: [{ href: collection }] };
}
