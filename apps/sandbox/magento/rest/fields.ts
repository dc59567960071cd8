import type { Cell } from '../row.js';
import { isRow } from '../row.js';

/** What of an object is wanted; a leaf is wanted whole. */
interface Wanted {
  readonly members: Map<string, Wanted | undefined>;
}

/** Reads `items[entity_id,billing_address[city]],total_count`. */
function readFields(text: string): Wanted {
  const root: Wanted = { members: new Map() };
  const open = [root];
  let name = '';
  const take = (inner?: Wanted): void => {
    if (name.trim() !== '') open.at(-1)?.members.set(name.trim(), inner);
    name = '';
  };
  for (const letter of text) {
    if (letter === '[') {
      const level: Wanted = { members: new Map() };
      take(level);
      open.push(level);
    } else if (letter === ',' || letter === ']') {
      take();
      if (letter === ']' && open.length > 1) open.pop();
    } else name += letter;
  }
  take();
  return root;
}

/** Trims an answer to `fields=`. Scalars stay as they are. */
export function keepFields(answer: Cell, fields: string | undefined): Cell {
  if (fields === undefined || fields === '') return answer;
  const wanted = readFields(fields);
  if (Array.isArray(answer)) return answer.map((item) => keep(item, wanted));
  return keep(answer, wanted);
}

function keep(cell: Cell, wanted: Wanted): Cell {
  if (!isRow(cell)) return cell;
  return Object.fromEntries(
    Object.entries(cell)
      .filter(([name]) => wanted.members.has(name))
      .map(([name, value]) => [name, keepInner(value, wanted.members.get(name))]),
  );
}

/** An empty list becomes null when members of its items are asked for (recorded: orders-list-page-beyond-last.json). */
function keepInner(value: Cell, wanted: Wanted | undefined): Cell {
  if (wanted === undefined) return value;
  if (!Array.isArray(value)) return keep(value, wanted);
  return value.length === 0 ? null : value.map((item) => keep(item, wanted));
}
