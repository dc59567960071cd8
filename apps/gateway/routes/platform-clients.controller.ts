import { Body, Controller, Delete, Get, HttpCode, Param, Put, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Secret } from '#contract';
import {
  getPlatformClient,
  listClients,
  type PlatformClientView,
  putPlatformClient,
  removePlatformClient,
} from '#connections';
import type { Runtime } from '#runtime';
import { callerOf, ForCaller } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { scope } from './query-schemas.js';

const clientBody = z
  .strictObject({
    clientId: z.string().min(1).max(500),
    clientSecret: z
      .string()
      .min(1)
      .max(2000)
      .meta({ description: 'Sealed, never returned. A replaced one stays valid for a day.' }),
    installAccess: z.array(scope).max(30).optional().meta({
      description: 'What a merchant who starts at the platform is asked for; read:orders, unless you say more.',
    }),
  })
  .meta({ id: 'PlatformClientRequest' });

const client = z
  .object({
    platform: z.string(),
    clientId: z.string(),
    callbackUrl: z.url().meta({ description: 'Register this address at the platform.' }),
    installUrl: z
      .url()
      .nullable()
      .meta({ description: 'Register this one as the address of your app, where the platform has an app store.' }),
    webhookUrl: z
      .url()
      .nullable()
      .meta({ description: 'Register this one for messages that concern the whole app, such as privacy requests.' }),
    uninstallUrl: z.url().nullable().meta({
      description: 'Register this one for the message that a merchant removed your app, where the platform has one.',
    }),
    installAccess: z.array(z.string()),
    previousSecretUntil: z.iso.datetime().nullable(),
  })
  .meta({ id: 'PlatformClient' });

const clientList = z.object({ data: z.array(client), nextCursor: z.null() }).meta({ id: 'PlatformClientList' });

@ApiTags('connect')
@Controller('v1/platform-clients')
export class PlatformClientsController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForCaller('read:stores')
  @Get()
  @ApiOperation({ summary: "The app's own clients at the platforms" })
  @ApiOkResponse({ standardSchema: clientList })
  async list(@Req() request: FastifyRequest): Promise<unknown> {
    const views = await listClients(this.runtime.stores.connections, callerOf(request));
    return { data: views.map(present), nextCursor: null };
  }

  @ForCaller('read:stores')
  @Get(':platform')
  @ApiOperation({ summary: "The app's own client at one platform" })
  @ApiOkResponse({ standardSchema: client })
  async get(@Param('platform') platform: string, @Req() request: FastifyRequest): Promise<unknown> {
    return present(await getPlatformClient(this.runtime.stores.connections, callerOf(request), platform));
  }

  @ForCaller('write:stores')
  @Put(':platform')
  @ApiOperation({ summary: "Store or replace the app's own client at a platform" })
  @ApiOkResponse({ standardSchema: client })
  async put(
    @Param('platform') platform: string,
    @Body({ schema: clientBody }) { clientId, clientSecret, installAccess }: z.infer<typeof clientBody>,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const secret = new Secret(clientSecret);
    const view = await putPlatformClient(this.runtime.stores.connections, callerOf(request), platform, {
      clientId,
      clientSecret: secret,
      installAccess,
    });
    return present(view);
  }

  @ForCaller('write:stores')
  @Delete(':platform')
  @HttpCode(204)
  @ApiOperation({ summary: "Forget the app's own client at a platform" })
  @ApiNoContentResponse()
  async remove(@Param('platform') platform: string, @Req() request: FastifyRequest): Promise<void> {
    await removePlatformClient(this.runtime.stores.connections, callerOf(request), platform);
  }
}

function present({ previousSecretUntil, ...view }: PlatformClientView) {
  return { ...view, previousSecretUntil: previousSecretUntil?.toISOString() ?? null };
}
