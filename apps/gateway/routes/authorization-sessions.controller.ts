import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AuthorizationServer } from '#auth';
import type { Runtime } from '#runtime';
import { requireStore } from '#store';
import { callerOf, ForCaller } from '../http/access.js';
import { InjectAuthorizationServer, InjectRuntime } from '../http/inject.js';
import { storeUuid } from './query-schemas.js';

const ticketBody = z
  .strictObject({
    user: z.strictObject({
      id: z.string().min(1).max(200).meta({ description: 'Your own id of the person; becomes part of `sub`.' }),
      name: z.string().min(1).max(200).meta({ description: 'Shown to that person on the consent screen.' }),
    }),
    storeId: z.string().max(100).optional().meta({ description: 'The one store this person may have touched.' }),
  })
  .meta({ id: 'AuthorizationSessionRequest' });

const ticketAnswer = z
  .object({
    loginHint: z.string().meta({ description: 'For `login_hint` of the authorization request; used once.' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'AuthorizationSession' });

@ApiTags('connect')
@Controller('v1/authorization-sessions')
export class AuthorizationSessionsController {
  constructor(
    @InjectRuntime() private readonly runtime: Runtime,
    @InjectAuthorizationServer() private readonly server: AuthorizationServer,
  ) {}

  @ForCaller('write:stores')
  @Post()
  @ApiOperation({ summary: 'Say who is signed in at your app, so that this person can be asked for consent' })
  @ApiCreatedResponse({ standardSchema: ticketAnswer })
  async create(
    @Body({ schema: ticketBody }) { user, storeId }: z.infer<typeof ticketBody>,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const caller = callerOf(request);
    const { tenantId, appId, scopes } = caller;
    // Who may touch one store alone passes on no more than that.
    const only =
      storeId === undefined ? caller.storeId : (await requireStore(this.runtime.stores, caller, storeUuid(storeId))).id;
    const ticket = { tenantId, appId, user, scopes: [...scopes], storeId: only };
    const { text, expiresAt } = await this.server.makeTicket(ticket);
    return { loginHint: text, expiresAt: expiresAt.toISOString() };
  }
}
