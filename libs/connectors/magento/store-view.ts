import type { ConnectedStore, Page, PageRequest, StoreAddress } from '#contract';
import { anyJson, readPageState } from '#kit';
import { z } from 'zod';
import { id, text } from './atoms.js';
import { API, rejected } from './record-calls.js';
import { type Group, where } from './search-criteria.js';

// Of two connections to one shop, each to a view of its own, each is a store of ours: the view is part of which shop it
// is. No host and no path has this sign in it.
const SIGN = '#';

type Account = Pick<StoreAddress, 'account'>;

/** The shop as it is called when one of its store views is meant. */
export function accountOf(shop: string, view: string | undefined): string {
  return view === undefined ? shop : `${shop}${SIGN}${view}`;
}

/** The code of the store view that a connection is for; undefined: for all of them. */
export function viewCode({ account }: Account): string | undefined {
  return account.split(SIGN)[1];
}

/** Host and sub-folder, without the store view. */
export function shopOf({ account }: Account): string {
  return account.split(SIGN)[0] ?? account;
}

const config = z.object({
  id: z.coerce.number().int(),
  code: text,
  website_id: id,
  base_currency_code: text,
  timezone: text,
  weight_unit: text,
  base_url: text,
  base_media_url: text,
  secure_base_media_url: text,
});
export type ViewConfig = z.infer<typeof config>;

/** The settings of each store view, the oldest first, which mostly is the default one. */
export async function askViews(store: ConnectedStore): Promise<readonly ViewConfig[]> {
  const { data } = await store.http({
    path: `${API}store/storeConfigs`,
    effect: 'read',
    expect: z.array(config).min(1),
  });
  return [...data].sort((one, other) => one.id - other.id);
}

/**
 * The one that a connection is for, or the first of all. By its code alone an unknown one is refused without a word about
 * it (recorded: err-store-code-unknown), so it is looked for. @throws GatewayError `request_rejected` naming those there are
 */
export function chosenOf(store: Account, views: readonly ViewConfig[]): ViewConfig {
  const wanted = viewCode(store);
  const found = views.find(({ code }) => wanted === undefined || code === wanted);
  if (found !== undefined) return found;
  const codes = views.map(({ code }) => `"${code ?? ''}"`).join(', ');
  throw rejected(
    `The shop has no store view with the code "${wanted ?? ''}". It has ${codes}: connect it with one of these, or with none for all.`,
    'storeView',
  );
}

/** The one that a connection is for; undefined where it is for all. */
export async function chosenView(store: ConnectedStore): Promise<ViewConfig | undefined> {
  return viewCode(store) === undefined ? undefined : chosenOf(store, await askViews(store));
}

const state = z.strictObject({ view: z.int().positive(), at: anyJson });

/**
 * A list of what a column gives to store views or websites, which the path does not choose from (fact sheet, 1): a search
 * has to. Its number is asked for once a list.
 */
export async function pageOfView<T>(
  store: ConnectedStore,
  column: 'store_id' | 'website_id',
  page: PageRequest,
  ask: (within: readonly Group[], page: PageRequest) => Promise<Page<T>>,
): Promise<Page<T>> {
  if (viewCode(store) === undefined) return ask([], page);
  const known = readPageState(state, page.state);
  const view = known?.view ?? (await numberOf(store, column));
  const read = await ask([where(column, 'eq', `${view}`)], { size: page.size, ...(known && { state: known.at }) });
  return read.next === undefined ? read : { ...read, next: { view, at: read.next } };
}

async function numberOf(store: ConnectedStore, column: 'store_id' | 'website_id'): Promise<number> {
  const view = chosenOf(store, await askViews(store));
  return column === 'store_id' ? view.id : Number(view.website_id);
}
