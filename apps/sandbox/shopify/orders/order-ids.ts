/** Hands out record numbers. Each order has a range of its own, so a change to one order moves no other order's ids. */
export interface OrderIds {
  readonly order: number;
  next(): number;
}

const FIRST_ORDER = 5_403_219_034_017;
const ORDER_STEP = 32_768;
const FIRST_PART = 13_700_000_000_000;
const PARTS_PER_ORDER = 1_024;

/** @param serial position of the order among all orders of all shops */
export function createOrderIds(serial: number): OrderIds {
  let part = FIRST_PART + serial * PARTS_PER_ORDER;
  return { order: FIRST_ORDER + serial * ORDER_STEP, next: () => ++part };
}
