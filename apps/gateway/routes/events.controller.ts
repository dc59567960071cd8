import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { EVENT_TYPES, repeatable } from '#contract';
import { listEvents } from '#events';
import type { Runtime } from '#runtime';
import { requireStore } from '#store';
import { callerOf, ForCaller } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { limit, storeUuid } from './query-schemas.js';

const event = z
  .object({
    id: z.string(),
    type: z.enum(EVENT_TYPES),
    storeId: z.string(),
    record: z
      .object({ kind: z.string(), id: z.string(), platformId: z.string() })
      .nullable()
      .meta({ description: 'What it is about. Read it to know how it is now.' }),
    details: z.record(z.string(), z.json()).nullable(),
    occurredAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When it happened at the platform, where that is said.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Event' });

const eventList = z
  .object({
    data: z.array(event),
    nextCursor: z.string().nullable().meta({ description: 'The last id, while more follows now; pass it as `after`.' }),
  })
  .meta({ id: 'EventList' });

const eventQuery = z.strictObject({
  after: z.string().max(100).optional().meta({ description: 'Id of the last event you have read.' }),
  store: z.string().max(100).optional().meta({ description: 'Only of this store.' }),
  type: repeatable(z.enum(EVENT_TYPES), EVENT_TYPES.length),
  limit,
});

@ApiTags('events')
@Controller('v1/events')
export class EventsController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForCaller('read:events')
  @Get()
  @ApiOperation({
    summary: 'Read the event log of the app, oldest first; it has no end, keep the last id and ask again',
  })
  @ApiOkResponse({ standardSchema: eventList })
  async list(
    @Query({ schema: eventQuery }) { after, store, type, limit: most }: z.infer<typeof eventQuery>,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const caller = callerOf(request);
    const storeId = store === undefined ? undefined : storeUuid(store);
    if (storeId !== undefined) await requireStore(this.runtime.stores, caller, storeId);
    return await listEvents(this.runtime.stores, caller, { after, storeId, types: type, limit: most });
  }
}
