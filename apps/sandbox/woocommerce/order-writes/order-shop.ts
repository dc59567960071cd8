import type { LineItem, WooOrder } from '../order.js';
import type { WooShop } from '../shop.js';
import type { WebhookTopic } from '../webhooks/topics.js';
import type { OrderBook } from './order-book.js';
import type { OrderCatalogue } from './order-catalogue.js';
import { SHOP_AUTHOR, USER_AUTHOR } from './order-note.js';
import type { Totalling } from './order-totals.js';

/** One shop as the writing of orders sees it. */
export interface OrderShop {
  readonly shop: WooShop;
  readonly book: OrderBook;
  readonly catalogue: OrderCatalogue;
  /** Seconds since 1970. */
  readonly now: number;
  readonly totalling: Totalling;
  report(topic: WebhookTopic, id: number): void;
  /** A note of WooCommerce itself, or of the key's user. */
  note(orderId: number, text: string, byUser?: boolean): void;
  /** Writes the order, with the date of now. */
  save(order: WooOrder): WooOrder;
}

interface Parts {
  readonly shop: WooShop;
  readonly book: OrderBook;
  readonly catalogue: OrderCatalogue;
  readonly now: number;
  readonly report: (topic: WebhookTopic, id: number) => void;
}

export function orderShop({ shop, book, catalogue, now, report }: Parts): OrderShop {
  return {
    shop,
    book,
    catalogue,
    now,
    report,
    totalling: {
      shop,
      isTaxable: (line) => catalogue.product(productIdOf(line))?.taxable ?? true,
      itemId: () => book.next(shop, 'item'),
      metaId: () => book.next(shop, 'meta'),
    },
    note(orderId, text, byUser = false) {
      const author = byUser ? USER_AUTHOR : SHOP_AUTHOR;
      book.addNote(shop, { orderId, author, createdAt: now, text, forCustomer: false });
    },
    save(order) {
      const saved = { ...order, modifiedAt: now };
      book.save(shop, saved);
      return saved;
    },
  };
}

/** The variation where there is one: that is what has a stock and a tax status. */
export function productIdOf({ productId, variationId }: Pick<LineItem, 'productId' | 'variationId'>): number {
  return variationId === 0 ? productId : variationId;
}
