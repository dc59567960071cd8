import { type Cell, inner, type Row, text } from '../row.js';
import type { RestCall } from '../rest/rest-call.js';

/** What a product or a category is called in the view of a call: the view's own name, or else that of all views. */
export function nameIn({ isGlobal, view }: RestCall, row: Row): string {
  const own = isGlobal ? '' : text(inner(inner(row, '_views'), view.code), 'name');
  return own || text(row, 'name');
}

/** A name written to a view that is not the first stays that view's (fact sheet, section 1). */
export function rename({ isGlobal, view }: RestCall, row: Row, name: Cell | undefined): void {
  if (typeof name !== 'string') return;
  if (isGlobal || view.id === 1) row['name'] = name;
  else row['_views'] = { ...inner(row, '_views'), [view.code]: { name } };
}
