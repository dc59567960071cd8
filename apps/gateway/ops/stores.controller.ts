import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { healthWords } from '#health';
import { pageQuery, type StoreDetail, type StoresPage, storesQuery, type TimelinePage } from '#operator-api';
import { countStoresAsSeen, listStoresAsSeen, loadStoresForOperator, type StoreCount } from '#persistence';
import type { Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { pagingOf, sortKey } from './paging.js';
import { filterUuid, presentStoreRow, requireOwned } from './present.js';
import { readStoreDetail } from './store-detail.js';
import { readTimeline } from './timeline.js';

/** All tenants' stores, and how each is. */
@Controller('ops/stores')
export class OperatorStoresController {
  private readonly words = healthWords();

  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForOperator('viewer')
  @Get()
  async list(@Query({ schema: storesQuery }) query: z.infer<typeof storesQuery>): Promise<StoresPage> {
    const { database } = this.runtime;
    const paging = pagingOf(this.runtime, 'stores', query, sortKey);
    const { search, who, state, status, platform, dying, sort } = query;
    const wanted = { search, who, state, status, platform, dying, sort, app: filterUuid('app', query.app) };
    const where = { after: paging.after, limit: query.limit + 1 };
    const [found, counts] = await Promise.all([
      listStoresAsSeen(database, this.words, wanted, where),
      countStoresAsSeen(database, this.words),
    ]);
    const { rows, nextCursor } = paging.page(found.rows, ({ number, text, id }) => ({ number, text, id }));
    const loaded = await loadStoresForOperator(database, rows);
    const now = new Date();
    return {
      data: loaded.map((one) => presentStoreRow(this.runtime, one, now)),
      nextCursor,
      total: found.total,
      counts: {
        state: sumBy(counts, ({ state: of }) => of),
        who: sumBy(counts, ({ who: of }) => of),
        platform: sumBy(counts, ({ platform: of }) => of),
      },
    };
  }

  @ForOperator('viewer')
  @Get(':id')
  async get(@Param('id') id: string): Promise<StoreDetail> {
    return await readStoreDetail(this.runtime, await requireOwned(this.runtime, 'store', id));
  }

  @ForOperator('viewer')
  @Get(':id/timeline')
  async timeline(
    @Param('id') id: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ): Promise<TimelinePage> {
    const store = await requireOwned(this.runtime, 'store', id);
    return await readTimeline(this.runtime, store, query);
  }
}

function sumBy(counts: readonly StoreCount[], nameOf: (count: StoreCount) => string): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const count of counts) sums[nameOf(count)] = (sums[nameOf(count)] ?? 0) + count.stores;
  return sums;
}
