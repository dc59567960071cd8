import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireScope } from '#auth';
import { order, type OrderFilter } from '#contract';
import type { Runtime } from '#runtime';
import { getOrder, listOrders } from '#store';
import { callerOf, ForCaller } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { abortOnClose } from '../http/abort-on-close.js';
import { given, orderListQuery, recordQuery, storeUuid } from './query-schemas.js';

const orderAnswer = order.extend({ raw: z.json().optional() }).meta({ id: 'OrderAnswer' });

const orderList = z
  .object({
    data: z.array(orderAnswer),
    quarantined: z
      .array(
        z.object({
          storeId: z.string(),
          platformId: z.string().nullable(),
          reason: z.string(),
          raw: z.json().optional(),
        }),
      )
      .meta({ description: 'Records of this page that could not be trusted, and why.' }),
    nextCursor: z.string().nullable(),
    freshness: z.object({
      mode: z.literal('live'),
      oldestAsOf: z.iso.datetime(),
      stores: z.number(),
      stale: z.number(),
      worst: z.array(z.object({ storeId: z.string(), asOf: z.iso.datetime() })),
    }),
  })
  .meta({ id: 'OrderList' });

@ApiTags('orders')
@Controller('v1/orders')
export class OrdersController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForCaller('read:orders')
  @Get()
  @ApiOperation({ summary: 'List orders of one or more stores, read live from their platforms' })
  @ApiOkResponse({ standardSchema: orderList })
  async list(
    @Query({ schema: orderListQuery }) query: z.infer<typeof orderListQuery>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const caller = callerOf(request);
    const { store = [], limit, cursor, sort, include, ...filter } = query;
    const includeRaw = include !== undefined;
    if (includeRaw) requireScope(caller, 'read:customers.pii');
    const stores = [...new Set(store)].map(storeUuid);
    const personalData = caller.scopes.has('read:customers.pii');
    const wanted: OrderFilter = given(filter);
    const list = await listOrders(
      this.runtime.stores,
      caller,
      { stores, filter: wanted, sort, limit, cursor, personalData, includeRaw },
      abortOnClose(reply),
    );
    const { data, quarantined, nextCursor, asOf } = list;
    const freshness = { mode: 'live', oldestAsOf: asOf.toISOString(), stores: stores.length, stale: 0, worst: [] };
    return { data, quarantined, nextCursor, freshness };
  }

  @ForCaller('read:orders')
  @Get(':id')
  @ApiOperation({ summary: 'Read one order, live' })
  @ApiOkResponse({ standardSchema: orderAnswer })
  async get(
    @Param('id') id: string,
    @Query({ schema: recordQuery }) query: z.infer<typeof recordQuery>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const caller = callerOf(request);
    const includeRaw = query.include !== undefined;
    if (includeRaw) requireScope(caller, 'read:customers.pii');
    const personalData = caller.scopes.has('read:customers.pii');
    return await getOrder(this.runtime.stores, caller, { id, personalData, includeRaw }, abortOnClose(reply));
  }
}
