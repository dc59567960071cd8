import { Controller, Get, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DEATH_REASONS, HEALTH_ACTORS, HEALTH_REASON_CODES, HEALTH_STATES, publicId } from '#contract';
import { type Health, readHealth } from '#health';
import type { StoreRow } from '#persistence';
import type { Runtime } from '#runtime';
import { requireStore } from '#store';
import { callerOf, ForCaller } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { asSeen } from './as-seen.js';
import { historySince } from './history-since.js';
import { storeUuid } from './query-schemas.js';

const instant = z.iso.datetime();
const actor = z
  .enum(HEALTH_ACTORS)
  .meta({ description: 'Who can act. `nobody`: there is nothing to do; `us`: the gateway is at it, wait.' });

const health = z
  .object({
    storeId: z.string(),
    state: z.enum(HEALTH_STATES),
    reason: z.object({ code: z.enum(HEALTH_REASON_CODES), message: z.string() }),
    since: instant,
    actor,
    diesAt: z
      .object({ at: instant, why: z.enum(DEATH_REASONS), actor, message: z.string() })
      .nullable()
      .meta({ description: 'When the connection dies if nobody acts, `us` included; null: no end is known.' }),
    dying: z.boolean().meta({ description: 'Whether that is within 14 days and not averted by renewals that work.' }),
    lastSuccessAt: instant.nullable(),
    lastError: z.object({ code: z.string(), message: z.string(), at: instant, actor: z.string() }).nullable(),
    lastRefreshedAt: instant.nullable(),
    nextRefreshAt: instant.nullable(),
    scopesLost: z.array(z.string()).meta({ description: 'Permissions the grant once had and has no more.' }),
    historySince: instant.nullable(),
    reconnect: z
      .object({ method: z.literal('POST'), path: z.string(), body: z.object({ storeId: z.string() }) })
      .nullable()
      .meta({
        description:
          'The request whose answer is the link for the merchant, where a new consent helps. A link is a secret that is used once, so reading this makes none.',
      }),
  })
  .meta({ id: 'StoreHealth' });

@ApiTags('stores')
@Controller('v1/stores')
export class StoreHealthController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForCaller('read:stores')
  @Get(':id/health')
  @ApiOperation({ summary: 'How a store is, who can act, and when the connection dies if nobody does' })
  @ApiOkResponse({ standardSchema: health })
  async get(@Param('id') id: string, @Req() request: FastifyRequest): Promise<z.infer<typeof health>> {
    const stored = await requireStore(this.runtime.stores, callerOf(request), storeUuid(id));
    const row = asSeen(this.runtime.stores.connections, stored);
    const found = await this.runtime.database.withTenant(row.tenantId, (tx) => readHealth(tx, row, new Date()));
    return present(row, found);
  }
}

const text = (date: Date | null): string | null => date?.toISOString() ?? null;

function present(row: StoreRow, found: Health): z.infer<typeof health> {
  const { state, reason, sentence, actor: who, since, diesAt, dying, lastError, scopesLost } = found;
  const storeId = publicId('store', row.id);
  return {
    storeId,
    state,
    reason: { code: reason, message: sentence },
    since: since.toISOString(),
    actor: who,
    diesAt:
      diesAt === null
        ? null
        : { at: diesAt.at.toISOString(), why: diesAt.why, actor: diesAt.actor, message: diesAt.sentence },
    dying,
    lastSuccessAt: text(found.lastSuccessAt),
    lastError: lastError === null ? null : { ...lastError, at: lastError.at.toISOString() },
    lastRefreshedAt: text(found.lastRefreshedAt),
    nextRefreshAt: text(found.nextRefreshAt),
    scopesLost: [...scopesLost],
    historySince: historySince(row),
    reconnect: found.reconnectHelps ? { method: 'POST', path: '/v1/connect-sessions', body: { storeId } } : null,
  };
}
