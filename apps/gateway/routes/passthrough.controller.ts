import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireScope } from '#auth';
import type { JsonValue } from '#contract';
import type { Runtime } from '#runtime';
import { passThrough, requireStore } from '#store';
import { abortOnClose } from '../http/abort-on-close.js';
import { callerOf, ForCaller } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { storeUuid } from './query-schemas.js';

const rawCall = z
  .strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
    path: z.string().min(1).max(2000).meta({ description: "Below the store's API address, without a leading slash." }),
    query: z.record(z.string().max(200), z.union([z.string().max(4000), z.number(), z.boolean()])).default({}),
    body: z.json().optional(),
  })
  .meta({ id: 'RawCall' });

const rawAnswer = z
  .object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.json() })
  .meta({ id: 'RawAnswer' });

@ApiTags('stores')
@Controller('v1/stores')
export class PassthroughController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForCaller('passthrough')
  @Post(':id/passthrough')
  @HttpCode(200)
  @ApiOperation({
    summary: "Make one raw call to a store's own API; it is signed for you, and a write is never sent twice",
  })
  @ApiOkResponse({ standardSchema: rawAnswer })
  async call(
    @Param('id') id: string,
    @Body({ schema: rawCall }) { method, path, query, body }: z.infer<typeof rawCall>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const caller = callerOf(request);
    // The platform's own payload cannot be masked.
    requireScope(caller, 'read:customers.pii');
    const store = await requireStore(this.runtime.stores, caller, storeUuid(id));
    // What the schema let through is JSON.
    const sent = body as JsonValue | undefined;
    return await passThrough(this.runtime.stores, store, { method, path, query, body: sent }, abortOnClose(reply));
  }
}
