import { findVariant, saveProduct } from '../catalogue/catalogue-slice.js';
import { tellLevels } from '../catalogue/payloads.js';
import type { Level } from '../catalogue/product.js';
import { homeLocationOf } from '../orders/home-location.js';
import type { Order } from '../orders/order.js';
import { momentOf, type WriteContext } from './commit-order.js';
import type { OrderCreateOptions } from './order-create-input.js';

/** Units of an order's line that go back on a shelf. */
export interface Restocked {
  /** Position in the order's lines. */
  readonly line: number;
  readonly quantity: number;
  /** Null = the place the order is sent from. */
  readonly locationId: number | null;
}

interface Move {
  readonly variantId: number;
  readonly locationId: number;
  readonly available: number;
  readonly committed: number;
}

/** Changes the stock of a variant at a place where it is kept and counted. */
function move(context: WriteContext, { variantId, locationId, available, committed }: Move): void {
  const found = findVariant(context.data, variantId);
  const before = found?.variant.levels.find((level) => level.locationId === locationId);
  if (found === undefined || before === undefined || !found.variant.tracked) return;
  const { product, variant } = found;
  const level: Level = {
    ...before,
    available: before.available + available,
    committed: Math.max(0, before.committed + committed),
    updatedAt: momentOf(context),
  };
  const levels = variant.levels.map((one) => (one.id === level.id ? level : one));
  const changed = { ...variant, levels };
  saveProduct(context.data, {
    ...product,
    variants: product.variants.map((one) => (one.id === variant.id ? changed : one)),
  });
  tellLevels(changed, variant, context);
}

/** Puts units of an order back into stock. */
export function restock(context: WriteContext, order: Order, units: readonly Restocked[]): void {
  const home = homeLocationOf(context.shop).id;
  for (const { line, quantity, locationId } of units) {
    const variantId = order.lines[line]?.variantId ?? null;
    if (variantId === null || quantity === 0) continue;
    move(context, { variantId, locationId: locationId ?? home, available: quantity, committed: -quantity });
  }
}

/** Units that were sent are no longer set aside. */
export function releaseSent(
  context: WriteContext,
  order: Order,
  units: readonly { readonly line: number; readonly quantity: number }[],
): void {
  for (const { line, quantity } of units) {
    const variantId = order.lines[line]?.variantId ?? null;
    if (variantId === null) continue;
    const { variant } = findVariant(context.data, variantId) ?? {};
    const locationId = homeLocationOf(context.shop).id;
    const committed = variant?.levels.find((level) => level.locationId === locationId)?.committed ?? 0;
    if (committed > 0) move(context, { variantId, locationId, available: 0, committed: -quantity });
  }
}

/** Units whose parcel was canceled are set aside again: they are still to be sent. */
export function setAsideAgain(
  context: WriteContext,
  order: Order,
  units: readonly { readonly line: number; readonly quantity: number }[],
): void {
  const locationId = homeLocationOf(context.shop).id;
  for (const { line, quantity } of units) {
    const variantId = order.lines[line]?.variantId ?? null;
    if (variantId !== null) move(context, { variantId, locationId, available: 0, committed: quantity });
  }
}

function isShort(context: WriteContext, variantId: number, wanted: number): boolean {
  const { variant } = findVariant(context.data, variantId) ?? {};
  if (variant?.tracked !== true || variant.policy === 'CONTINUE') return false;
  const home = homeLocationOf(context.shop).id;
  return (variant.levels.find(({ locationId }) => locationId === home)?.available ?? 0) < wanted;
}

/** Takes an order's units out of stock. @returns false when the policy forbids it; nothing is taken then */
export function takeStock(
  context: WriteContext,
  { lines }: Order,
  behaviour: NonNullable<OrderCreateOptions['inventoryBehaviour']>,
): boolean {
  if (behaviour === 'BYPASS') return true;
  const wanted = new Map<number, number>();
  for (const { variantId, quantity } of lines) {
    if (variantId !== null) wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity);
  }
  const obeys = behaviour === 'DECREMENT_OBEYING_POLICY';
  if (obeys && [...wanted].some(([variantId, units]) => isShort(context, variantId, units))) return false;
  const locationId = homeLocationOf(context.shop).id;
  for (const [variantId, units] of wanted)
    move(context, { variantId, locationId, available: -units, committed: units });
  return true;
}
