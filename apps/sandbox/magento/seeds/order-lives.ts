import type { Random } from '../../random.js';
import type { Row } from '../row.js';
import type { MagentoShop } from '../shop.js';
import type { ShopData } from '../shop-data.js';
import type { SeedPlan } from './seed-plan.js';

export interface Life {
  readonly shop: MagentoShop;
  readonly data: ShopData;
  readonly plan: SeedPlan;
  readonly random: Random;
  readonly base: number;
}

/** What became of an order after it was placed. */
export function liveOrder(_life: Life, _order: Row, _index: number, _at: number): void {}
