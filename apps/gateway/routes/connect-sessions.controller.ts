import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireWholeApp } from '#auth';
import { publicId } from '#contract';
import { createSession } from '#connections';
import type { Runtime } from '#runtime';
import { requireStore } from '#store';
import { callerOf, ForCaller } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { scope, storeUuid } from './query-schemas.js';

const sessionBody = z
  .strictObject({
    platform: z.string().max(40).optional().meta({ description: 'Leads straight to this platform.' }),
    returnUrl: z
      .string()
      .max(2000)
      .optional()
      .meta({ description: 'Where the merchant goes afterwards; its origin must be registered.' }),
    openerOrigin: z.string().max(300).optional().meta({
      description:
        'The origin of the page that opens the link as a popup and is told what came of it; must be registered. Default: the origin of `returnUrl`.',
    }),
    externalId: z.string().max(200).optional().meta({ description: 'Your own id of the merchant.' }),
    storeId: z.string().max(100).optional().meta({ description: 'Connects this store again.' }),
    access: z
      .array(scope)
      .min(1)
      .max(30)
      .optional()
      .meta({ description: 'What the app needs; default ["read:orders"].' }),
  })
  .meta({ id: 'ConnectSessionRequest' });

const session = z.object({ id: z.string(), url: z.url(), expiresAt: z.iso.datetime() }).meta({ id: 'ConnectSession' });

@ApiTags('connect')
@Controller('v1/connect-sessions')
export class ConnectSessionsController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForCaller('write:stores')
  @Post()
  @ApiOperation({ summary: 'Make a link with which a merchant connects a shop' })
  @ApiCreatedResponse({ standardSchema: session })
  async create(
    @Body({ schema: sessionBody }) body: z.infer<typeof sessionBody>,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const storeId = body.storeId === undefined ? undefined : storeUuid(body.storeId);
    const caller = callerOf(request);
    // A new shop would be a second store.
    if (storeId === undefined) requireWholeApp(caller);
    else await requireStore(this.runtime.stores, caller, storeId);
    const { id, url, expiresAt } = await createSession(this.runtime.stores.connections, caller, {
      ...body,
      storeId,
    });
    return { id: publicId('connectSession', id), url, expiresAt: expiresAt.toISOString() };
  }
}
