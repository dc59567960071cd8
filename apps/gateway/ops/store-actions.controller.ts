import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireDone } from '#auth';
import { createSession } from '#connections';
import { GatewayError, isScope, withoutPeople } from '#contract';
import { readHealth, tryStore } from '#health';
import { pauseRequest, type ProbeResult, type ReconnectLink, type StoreDetail } from '#operator-api';
import {
  actAsOperator,
  findStore,
  liftStop,
  listStops,
  makeStoreDue,
  makeSubscriptionsDue,
  type OperatorAct,
  setStop,
  type StopRow,
  type StoreRow,
  type TenantTransaction,
} from '#persistence';
import { JobProducer, type TickName } from '#queue';
import type { Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { operatorOf } from '../http/operator-access.js';
import { asSeen } from '../routes/as-seen.js';
import { instant, nothing, type Owned, presentHealth, requireOwned } from './present.js';
import { readStoreDetail } from './store-detail.js';

const NO_REASON = 'An operator paused this store.';
const NOT_SUBSCRIBED = 'This store has no subscriptions: its platform tells nobody, or it was connected without them.';

/** What an operator does to one store. Whether they may is the database's to judge, with its entry in the audit log. */
@Controller('ops/stores/:id')
export class StoreActionsController {
  constructor(
    @InjectRuntime() private readonly runtime: Runtime,
    private readonly jobs: JobProducer,
  ) {}

  @ForOperator('operator')
  @Post('retry')
  @HttpCode(200)
  async retry(
    @Param('id') id: string,
    @Body({ schema: nothing }) _: unknown,
    @Req() request: FastifyRequest,
  ): Promise<StoreDetail> {
    const store = await this.act(request, id, 'store.retried', async (tx, { id: storeId }) => {
      if (await makeStoreDue(tx, storeId)) return;
      throw new GatewayError('store_disconnected', 'Nothing can be tried: the store has no connection in force.');
    });
    this.soon('refresh.tick', 'probes.tick', 'polls.tick');
    return await readStoreDetail(this.runtime, store);
  }

  @ForOperator('operator')
  @Post('resubscribe')
  @HttpCode(200)
  async resubscribe(
    @Param('id') id: string,
    @Body({ schema: nothing }) _: unknown,
    @Req() request: FastifyRequest,
  ): Promise<StoreDetail> {
    const store = await this.act(request, id, 'store.resubscribed', async (tx, { id: storeId }) => {
      if (!(await makeSubscriptionsDue(tx, storeId))) throw new GatewayError('operation_unsupported', NOT_SUBSCRIBED);
    });
    this.soon('webhooks.tick');
    return await readStoreDetail(this.runtime, store);
  }

  @ForOperator('operator')
  @Post('pause')
  @HttpCode(200)
  async pause(
    @Param('id') id: string,
    @Body({ schema: pauseRequest.nullish() }) body: z.infer<typeof pauseRequest> | null | undefined,
    @Req() request: FastifyRequest,
  ): Promise<StoreDetail> {
    const store = await requireOwned(this.runtime, 'store', id);
    if ((await this.ownStops(store)).length === 0) {
      const stop = { id: randomUUID(), scope: 'store', target: store.id, reason: body?.reason ?? NO_REASON } as const;
      requireDone(await setStop(this.runtime.database, operatorOf(request).hash, stop), 'store');
    }
    return await this.afterStops(store);
  }

  @ForOperator('operator')
  @Post('resume')
  @HttpCode(200)
  async resume(
    @Param('id') id: string,
    @Body({ schema: nothing }) _: unknown,
    @Req() request: FastifyRequest,
  ): Promise<StoreDetail> {
    const store = await requireOwned(this.runtime, 'store', id);
    const own = await this.ownStops(store);
    if (own.length === 0) throw new GatewayError('not_found', 'This store is under no stop of its own.');
    for (const stop of own) {
      requireDone(await liftStop(this.runtime.database, operatorOf(request).hash, stop.id), 'stop in force');
    }
    return await this.afterStops(store);
  }

  @ForOperator('operator')
  @Post('probe')
  @HttpCode(200)
  async probe(
    @Param('id') id: string,
    @Body({ schema: nothing }) _: unknown,
    @Req() request: FastifyRequest,
  ): Promise<ProbeResult> {
    // The entry comes first: a call that was made stands in the log, whatever became of it.
    const store = await this.act(request, id, 'store.probed', () => Promise.resolve());
    const { database, stores } = this.runtime;
    const row = await this.rowOf(store);
    const { milliseconds, shop, error } = await tryStore(stores, row);
    const after = asSeen(stores.connections, await this.rowOf(store));
    const health = await database.withTenant(store.tenantId, (tx) => readHealth(tx, after, new Date()));
    return {
      at: instant(new Date()),
      ...{ milliseconds, ok: error === undefined },
      shop: shop === undefined ? null : { name: shop.name, domain: shop.domain, currency: shop.currency },
      error: error === undefined ? null : presentFailure(error),
      health: presentHealth(health),
    };
  }

  @ForOperator('operator')
  @Post('reconnect-link')
  @HttpCode(200)
  async reconnectLink(
    @Param('id') id: string,
    @Body({ schema: nothing }) _: unknown,
    @Req() request: FastifyRequest,
  ): Promise<ReconnectLink> {
    const store = await this.act(request, id, 'store.reconnectLinkMade', () => Promise.resolve());
    const { access } = await this.rowOf(store);
    const wanted = access.filter(isScope);
    const { url, expiresAt } = await createSession(this.runtime.stores.connections, store, {
      storeId: store.id,
      ...(wanted.length === 0 ? {} : { access: wanted }),
    });
    return { url, expiresAt: instant(expiresAt) };
  }

  /** Does something in a transaction that ends with the judgement and its entry. */
  private async act(
    request: FastifyRequest,
    id: string,
    action: OperatorAct,
    work: (tx: TenantTransaction, store: Owned) => Promise<void>,
  ): Promise<Owned> {
    const store = await requireOwned(this.runtime, 'store', id);
    const entry = { action, target: `store ${store.id}`, details: {} };
    await this.runtime.database.withTenant(store.tenantId, async (tx) => {
      await work(tx, store);
      requireDone(await actAsOperator(tx, operatorOf(request).hash, entry), 'store');
    });
    return store;
  }

  private async rowOf({ tenantId, id }: Owned): Promise<StoreRow> {
    const row = await this.runtime.database.withTenant(tenantId, (tx) => findStore(tx, id));
    if (row === undefined) throw new GatewayError('not_found', 'There is no such store.');
    return row;
  }

  private async ownStops({ id }: Owned): Promise<readonly StopRow[]> {
    const stops = await listStops(this.runtime.database);
    return stops.filter(({ scope, target, liftedAt }) => scope === 'store' && target === id && liftedAt === null);
  }

  /** This process knows of it when it answers; the others do within a second. */
  private async afterStops(store: Owned): Promise<StoreDetail> {
    await this.runtime.stores.connections.stops.refresh();
    return await readStoreDetail(this.runtime, store);
  }

  /** Rows are the truth: where the queue is away, workers find them within seconds all the same. */
  private soon(...ticks: readonly TickName[]): void {
    for (const tick of ticks) void this.jobs.add(tick, {}).catch(() => undefined);
  }
}

function presentFailure({ code, message, context: { platform } }: GatewayError): NonNullable<ProbeResult['error']> {
  return {
    ...{ code, message: withoutPeople(message) },
    platformStatus: platform?.status ?? null,
    platformMessage: platform?.message === undefined ? null : withoutPeople(platform.message),
  };
}
