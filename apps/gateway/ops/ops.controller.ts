import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { listStoresForOperator } from '#persistence';
import type { Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { operatorOf } from '../http/operator-access.js';
import { asSeen } from '../routes/as-seen.js';
import { storesPage } from './stores-page.js';

const PAGE_SIZE = 200;

const storesQuery = z.strictObject({ after: z.uuid().optional() });

/** What an operator sees, server-rendered. */
@Controller('ops')
export class OpsController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForOperator('viewer')
  @Get('stores')
  async stores(
    @Query({ schema: storesQuery }) query: z.infer<typeof storesQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const rows = await listStoresForOperator(this.runtime.database, query.after, PAGE_SIZE);
    const next = rows.length < PAGE_SIZE ? null : (rows.at(-1)?.id ?? null);
    const seen = rows.map((row) => asSeen(this.runtime.stores.connections, row));
    const shown = storesPage(seen, next, { now: new Date(), operator: operatorOf(request) });
    void reply.type('text/html; charset=utf-8').send(shown);
  }
}
