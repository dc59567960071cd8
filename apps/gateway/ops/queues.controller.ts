import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireDone } from '#auth';
import { connectors } from '#connectors';
import { GatewayError } from '#contract';
import {
  type DeliveriesPage,
  deliveriesQuery,
  type DeliveryRow,
  pageQuery,
  type Queues,
  type ReplayResult,
  type SubscriptionRow,
  type SubscriptionsPage,
} from '#operator-api';
import {
  actAsOperator,
  countDeliveries,
  listDeliveriesForOperator,
  type ListedDelivery,
  type ListedSubscription,
  listFailedDeliveries,
  listSubscriptionsForOperator,
  listTicks,
  readInbox,
  replayDeliveries,
} from '#persistence';
import { JobProducer } from '#queue';
import { lateWork, type Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { operatorOf } from '../http/operator-access.js';
import { pagingOf } from './paging.js';
import { filterUuid, instant, instantOrNull, keptError, nothing, presentReference, requireOwned } from './present.js';

/** Of one platform, at once. */
const MOST_REPLAYED = 1000;
const newest = z.object({ at: z.iso.datetime(), id: z.string() });
const worst = z.object({ number: z.number(), id: z.string() });

/** What comes in, what is done again and again, and what waits. */
@Controller('ops')
export class QueuesController {
  constructor(
    @InjectRuntime() private readonly runtime: Runtime,
    private readonly jobs: JobProducer,
  ) {}

  @ForOperator('viewer')
  @Get('queues')
  async queues(): Promise<Queues> {
    const { database } = this.runtime;
    const [jobs, queue, ticks, inbox, received] = await Promise.all([
      this.jobs.counts(),
      this.jobs.condition(),
      listTicks(database),
      readInbox(database),
      countDeliveries(database),
    ]);
    return {
      asOf: instant(new Date()),
      jobs: jobs ?? null,
      queue: { state: queue.state, words: queue.words },
      recurring: ticks.map((tick) => ({ ...tick, late: lateWork(tick) !== undefined })),
      inbox: { waiting: inbox.waiting, oldestSeconds: inbox.oldestSeconds, failed: inbox.failed },
      received: received.map(({ platform, status, count }) => ({ platform, status, count })),
    };
  }

  @ForOperator('viewer')
  @Get('deliveries')
  async deliveries(
    @Query({ schema: deliveriesQuery }) query: z.infer<typeof deliveriesQuery>,
  ): Promise<DeliveriesPage> {
    const paging = pagingOf(this.runtime, 'deliveries', query, newest);
    const { platform, status } = query;
    const wanted = { platform, status, store: filterUuid('store', query.store) };
    const before = paging.after && { at: new Date(paging.after.at), id: paging.after.id };
    const found = await listDeliveriesForOperator(this.runtime.database, wanted, { before, limit: query.limit + 1 });
    const { rows, nextCursor } = paging.page(found.rows, ({ receivedAt, id }) => ({ at: instant(receivedAt), id }));
    return { data: rows.map(presentDelivery), nextCursor, total: found.total };
  }

  /** Works one delivery through again, or all failed ones of a platform. */
  @ForOperator('operator')
  @Post('deliveries/:id/replay')
  @HttpCode(200)
  async replay(
    @Param('id') id: string,
    @Body({ schema: nothing }) _: unknown,
    @Req() request: FastifyRequest,
  ): Promise<ReplayResult> {
    const { database } = this.runtime;
    const platform = connectors.find((one) => one.id === id);
    const found =
      platform === undefined
        ? [await requireOwned(this.runtime, 'delivery', id)]
        : await listFailedDeliveries(database, platform.id, MOST_REPLAYED);
    let replayed = 0;
    for (const tenantId of new Set(found.map((one) => one.tenantId))) {
      const ids = found.filter((one) => one.tenantId === tenantId).map((one) => one.id);
      replayed += await this.replayOf(request, tenantId, ids);
    }
    if (platform === undefined && replayed === 0)
      throw new GatewayError(
        'conflict',
        'Only what failed, or was not handled, can be worked through again, as long as its payload is kept.',
      );
    return { replayed };
  }

  @ForOperator('viewer')
  @Get('subscriptions')
  async subscriptions(@Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>): Promise<SubscriptionsPage> {
    const paging = pagingOf(this.runtime, 'subscriptions', query, worst);
    const where = { after: paging.after, limit: query.limit + 1 };
    const found = await listSubscriptionsForOperator(this.runtime.database, where);
    const { rows, nextCursor } = paging.page(found.rows, ({ number, id }) => ({ number, id }));
    return { data: rows.map(presentSubscription), nextCursor, total: found.total };
  }

  private async replayOf(request: FastifyRequest, tenantId: string, ids: readonly string[]): Promise<number> {
    const [first] = ids;
    const target = ids.length === 1 && first !== undefined ? `delivery ${first}` : `deliveries of tenant ${tenantId}`;
    const replayed = await this.runtime.database.withTenant(tenantId, async (tx) => {
      const back = await replayDeliveries(tx, ids);
      const entry = { action: 'delivery.replayed', target, details: { count: back.length } } as const;
      if (back.length > 0) requireDone(await actAsOperator(tx, operatorOf(request).hash, entry), 'delivery');
      return back;
    });
    // The rows are the truth: should the queue be away, the next tick finds them.
    if (replayed.length > 0) void this.jobs.add('webhooks.tick', {}).catch(() => undefined);
    return replayed.length;
  }
}

function presentDelivery(row: ListedDelivery): DeliveryRow {
  const { id, storeId, storeName, storeDomain, platform, appName, tenantName, mode } = row;
  const named = storeId !== null && storeName !== null && storeDomain !== null;
  const { topic, status, reason, attempt, receivedAt, processedAt, isKept } = row;
  return {
    id,
    store: named
      ? presentReference({ id: storeId, name: storeName, domain: storeDomain, platform, appName, tenantName, mode })
      : null,
    ...{ platform, topic, status, reason, attempt, receivedAt: instant(receivedAt) },
    processedAt: instantOrNull(processedAt),
    replayable: isKept && (status === 'failed' || status === 'unhandled'),
  };
}

function presentSubscription(row: ListedSubscription): SubscriptionRow {
  const { topics, checkedAt, dueAt, attempt, lastErrorCode, lastErrorMessage } = row;
  return {
    store: presentReference(row),
    ...{ topics, checkedAt: instantOrNull(checkedAt), nextCheckAt: instantOrNull(dueAt), attempt },
    lastError: keptError(lastErrorCode, lastErrorMessage),
  };
}
