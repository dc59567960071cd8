import { randomUUID } from 'node:crypto';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireDone } from '#auth';
import { presentStop, readStopTarget } from '#connections';
import { liftStop, listStops, setStop, STOP_SCOPES } from '#persistence';
import type { Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { knownUuid, operatorOf } from '../http/operator-access.js';

const stopBody = z.strictObject({
  scope: z.enum(STOP_SCOPES),
  target: z.string().max(100).optional(),
  reason: z.string().trim().min(1).max(500),
});

/** The kill switch: what is stopped here, no process uses a token for within a second, until it is lifted. */
@Controller('ops/stops')
export class StopsController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForOperator('viewer')
  @Get()
  async list(): Promise<unknown> {
    return { data: (await listStops(this.runtime.database)).map(presentStop) };
  }

  @ForOperator('operator')
  @Post()
  async set(
    @Body({ schema: stopBody }) body: z.infer<typeof stopBody>,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const { scope, reason } = body;
    const stop = { id: randomUUID(), scope, target: readStopTarget(scope, body.target), reason };
    requireDone(await setStop(this.runtime.database, operatorOf(request).hash, stop), scope);
    return await this.inForce(stop.id);
  }

  @ForOperator('operator')
  @Delete(':id')
  @HttpCode(200)
  async lift(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const stop = knownUuid(id, 'stop in force');
    const outcome = await liftStop(this.runtime.database, operatorOf(request).hash, stop);
    requireDone(outcome, 'stop in force');
    // It holds until a second person wants it lifted too.
    if (outcome === 'asked') void reply.status(202);
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
