import type { Random } from '../../random.js';
import type { Shop } from '../shops.js';
import { bagOf, NOTHING, portion, times, type Exchange } from './bag.js';
import { catalogueOf, type CatalogueItem } from './catalogue.js';
import type { Attribute, Line } from './order.js';
import type { OrderIds } from './order-ids.js';
import type { Scenario } from './scenario.js';

const MANY_LINES = 63;
const DUTY_PERCENT = 12;

interface Choice {
  readonly item: CatalogueItem;
  readonly quantity: number;
}

function physical(shop: Shop): readonly CatalogueItem[] {
  return catalogueOf(shop).filter(({ kind }) => kind === undefined);
}

function choose(shop: Shop, random: Random, { goods = 'mixed' }: Scenario): readonly Choice[] {
  const ofKind = (kind: CatalogueItem['kind']): CatalogueItem => {
    const found = catalogueOf(shop).find((item) => item.kind === kind);
    return found ?? random.pick(catalogueOf(shop));
  };
  switch (goods) {
    case 'giftCard':
      return [{ item: ofKind('giftCard'), quantity: 1 }];
    case 'digital':
      return [{ item: ofKind('digital'), quantity: 1 }];
    case 'free':
      return [{ item: { ...random.pick(physical(shop)), price: 0 }, quantity: 1 }];
    case 'manyLines':
      return Array.from({ length: MANY_LINES }, (_, index) => {
        const item = random.pick(physical(shop));
        return {
          item: { ...item, variantTitle: `No. ${index + 1}`, sku: `${item.sku ?? 'X'}-${index + 1}` },
          quantity: 1,
        };
      });
    case 'mixed': {
      const count = random.between(2, 4);
      return Array.from({ length: count }, () => ({
        item: random.pick(physical(shop)),
        quantity: random.between(1, 3),
      }));
    }
  }
}

function attributesOf({ attributes = false }: Scenario): readonly Attribute[] {
  if (!attributes) return [];
  return [
    { key: 'Engraving', value: 'A & Ω – "für immer"' },
    { key: '_bundle', value: '7f3a' },
    { key: 'Gift note', value: null },
  ];
}

/** The first of a few lines has three pieces, so that part of a line can be refunded, removed or sent. */
function quantityOf({ item, quantity }: Choice, position: number, all: readonly Choice[]): number {
  return position === 0 && item.kind === undefined && all.length < MANY_LINES ? 3 : quantity;
}

function recordIds(shop: Shop, item: CatalogueItem, deleted: boolean): Pick<Line, 'productId' | 'variantId'> {
  if (deleted) return { productId: null, variantId: null };
  const number = catalogueOf(shop).findIndex(({ title }) => title === item.title) + 1;
  return { productId: shop.id * 100 + number, variantId: shop.id * 100 + 5_000 + number };
}

/** The lines of an order before any discount and tax. */
export function chooseLines(
  shop: Shop,
  random: Random,
  scenario: Scenario,
  exchange: Exchange,
  ids: OrderIds,
): readonly Line[] {
  return choose(shop, random, scenario).map((choice, position, all) => {
    const { title, variantTitle, sku, vendor, price, grams, kind } = choice.item;
    const [quantity, unitPrice] = [quantityOf(choice, position, all), bagOf(price, exchange)];
    return {
      ...{ title, variantTitle, sku, vendor, grams, quantity, unitPrice },
      ...recordIds(shop, choice.item, scenario.deletedProduct === true && position === 0),
      id: ids.next(),
      allocations: [],
      taxes: [],
      duty: scenario.duties === true ? portion(times(unitPrice, quantity), DUTY_PERCENT, 100) : NOTHING,
      taxable: kind !== 'giftCard' && scenario.taxExempt !== true,
      requiresShipping: kind === undefined,
      isGiftCard: kind === 'giftCard',
      attributes: position === 0 ? attributesOf(scenario) : [],
    };
  });
}
