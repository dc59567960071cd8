/** The sequences a shop's rows are numbered from: posts, items of orders and meta data each have their own. */
export interface ItemNumbers {
  item(): number;
  meta(): number;
}

export function itemNumbers(): ItemNumbers {
  let items = 0;
  let metas = 20;
  return { item: () => (items += 1), meta: () => (metas += 1) };
}
