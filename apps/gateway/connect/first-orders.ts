import { shapeOf } from '#contract';
import type { StoreRow } from '#persistence';
import { listRecords, type StoreContext } from '#store';
import { z } from 'zod';

/** The merchant has waited enough by then; orders that come later are the app's to show. */
const PATIENCE_MS = 3000;
const HOW_MANY = 3;

const shown = z.object({
  number: z.string(),
  placedAt: z.string(),
  totals: z.object({ total: z.object({ amount: z.string(), currency: z.string() }) }),
});
export type ShownOrder = z.infer<typeof shown>;

/** The newest orders of a shop, read live; undefined when the shop did not tell them in time. */
export async function firstOrders(context: StoreContext, store: StoreRow): Promise<readonly ShownOrder[] | undefined> {
  const shape = shapeOf('orders.list');
  if (shape?.shape !== 'list') return undefined;
  const { tenantId, appId, id } = store;
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const late = new Promise<undefined>((resolve) => patience.addEventListener('abort', () => resolve(undefined)));
  const read = listRecords(
    context,
    { tenantId, appId, storeId: id },
    {
      ...{ operation: 'orders.list', shape, stores: [id], filter: {}, sort: undefined, limit: HOW_MANY },
      ...{ cursor: undefined, personalData: false, includeRaw: false },
    },
    patience,
  );
  // Whatever goes wrong here, the shop is connected.
  const orders = read.then(({ data }) => z.array(shown).parse(data)).catch(() => undefined);
  return await Promise.race([orders, late]);
}
