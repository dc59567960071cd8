import type { Random } from '../random.js';
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

/** The lines of an order before any discount and tax. */
export function chooseLines(
  shop: Shop,
  random: Random,
  scenario: Scenario,
  exchange: Exchange,
  ids: OrderIds,
): readonly Line[] {
  const catalogue = catalogueOf(shop);
  const chosen = choose(shop, random, scenario);
  // Three pieces of the first item, so that part of a line can be refunded, removed or sent.
  return chosen.map(({ item, quantity }, position) => {
    const count = position === 0 && item.kind === undefined && chosen.length < MANY_LINES ? 3 : quantity;
    const number = catalogue.findIndex(({ title }) => title === item.title) + 1;
    const deleted = scenario.deletedProduct === true && position === 0;
    const unitPrice = bagOf(item.price, exchange);
    return {
      id: ids.next(),
      title: item.title,
      variantTitle: item.variantTitle,
      sku: item.sku,
      vendor: item.vendor,
      productId: deleted ? null : shop.id * 100 + number,
      variantId: deleted ? null : shop.id * 100 + 5_000 + number,
      quantity: count,
      unitPrice,
      allocations: [],
      taxes: [],
      duty: scenario.duties === true ? portion(times(unitPrice, count), DUTY_PERCENT, 100) : NOTHING,
      taxable: item.kind !== 'giftCard' && scenario.taxExempt !== true,
      requiresShipping: item.kind === undefined,
      isGiftCard: item.kind === 'giftCard',
      grams: item.grams,
      attributes: position === 0 ? attributesOf(scenario) : [],
    };
  });
}
