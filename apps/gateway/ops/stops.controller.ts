import { randomUUID } from 'node:crypto';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { operatorHash } from '#auth';
import { GatewayError } from '#contract';
import { presentStop, readStopTarget } from '#connections';
import { liftStop, listStops, setStop, STOP_SCOPES } from '#persistence';
import type { Runtime } from '#runtime';
import { ForOperator, operatorToken } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';

const stopBody = z.strictObject({
  scope: z.enum(STOP_SCOPES),
  target: z.string().max(100).optional(),
  reason: z.string().trim().min(1).max(500),
});

/** The kill switch: what is stopped here, no process uses a token for within a second, until it is lifted. */
@Controller('ops/stops')
export class StopsController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForOperator()
  @Get()
  async list(): Promise<unknown> {
    return { data: (await listStops(this.runtime.database)).map(presentStop) };
  }

  @ForOperator()
  @Post()
  async set(
    @Body({ schema: stopBody }) body: z.infer<typeof stopBody>,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const { scope, reason } = body;
    const stop = { id: randomUUID(), scope, target: readStopTarget(scope, body.target), reason };
    const isSet = await setStop(this.runtime.database, operatorHash(operatorToken(request)), stop);
    if (!isSet) throw new GatewayError('not_found', `There is no such ${scope}.`);
    return await this.inForce(stop.id);
  }

  @ForOperator()
  @Delete(':id')
  @HttpCode(200)
  async lift(@Param('id') id: string, @Req() request: FastifyRequest): Promise<unknown> {
    const known = z.uuid().safeParse(id).success;
    const lifted = known && (await liftStop(this.runtime.database, operatorHash(operatorToken(request)), id));
    if (!lifted) throw new GatewayError('not_found', 'There is no such stop in force.');
    return await this.inForce(id);
  }

  /** This process knows of it when it answers; the others do within a second. */
  private async inForce(id: string): Promise<unknown> {
    await this.runtime.stores.connections.stops.refresh();
    const row = (await listStops(this.runtime.database)).find((stop) => stop.id === id);
    if (row === undefined) throw new Error('a stop that was just written is gone');
    return presentStop(row);
  }
}
