import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireDone } from '#auth';
import { listClients } from '#connections';
import { GatewayError, publicId } from '#contract';
import { type AppDetail, type AppRow, type AppsPage, appsQuery, limitChange } from '#operator-api';
import {
  actAsOperator,
  findApp,
  listApiKeys,
  listAppsForOperator,
  listClientFacts,
  type ListedApiKey,
  type ListedApp,
  type ListedOauthClient,
  listOauthClients,
  revokeApiKey,
  setAppLimit,
} from '#persistence';
import type { Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { operatorOf } from '../http/operator-access.js';
import { pagingOf } from './paging.js';
import { instant, instantOrNull, nothing, type Owned, requireOwned } from './present.js';

const byName = z.object({ text: z.string(), id: z.string() });

/** Who calls the API, and how much they may. */
@Controller('ops')
export class AppsController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForOperator('viewer')
  @Get('apps')
  async list(@Query({ schema: appsQuery }) query: z.infer<typeof appsQuery>): Promise<AppsPage> {
    const paging = pagingOf(this.runtime, 'apps', query, byName);
    const where = { after: paging.after, limit: query.limit + 1 };
    const found = await listAppsForOperator(this.runtime.database, { search: query.search }, where);
    const { rows, nextCursor } = paging.page(found.rows, ({ text, id }) => ({ text, id }));
    return { data: rows.map((row) => this.present(row)), nextCursor, total: found.total };
  }

  @ForOperator('viewer')
  @Get('apps/:id')
  async get(@Param('id') id: string): Promise<AppDetail> {
    return await this.detail(await requireOwned(this.runtime, 'app', id));
  }

  @ForOperator('operator')
  @Put('apps/:id/limit')
  async limit(
    @Param('id') id: string,
    @Body({ schema: limitChange }) { perMinute }: z.infer<typeof limitChange>,
    @Req() request: FastifyRequest,
  ): Promise<AppDetail> {
    const app = await requireOwned(this.runtime, 'app', id);
    const entry = { action: 'app.limitSet', target: `app ${app.id}`, details: { perMinute } } as const;
    await this.runtime.database.withTenant(app.tenantId, async (tx) => {
      if (!(await setAppLimit(tx, app.id, perMinute))) throw new GatewayError('not_found', 'There is no such app.');
      requireDone(await actAsOperator(tx, operatorOf(request).hash, entry), 'app');
    });
    return await this.detail(app);
  }

  @ForOperator('admin')
  @Post('keys/:id/revoke')
  @HttpCode(200)
  async revoke(
    @Param('id') id: string,
    @Body({ schema: nothing }) _: unknown,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    const key = await requireOwned(this.runtime, 'key', id);
    const entry = { action: 'key.revoked', target: `key ${key.id}`, details: {} } as const;
    await this.runtime.database.withTenant(key.tenantId, async (tx) => {
      if (!(await revokeApiKey(tx, key.id))) throw new GatewayError('not_found', 'There is no such key in force.');
      requireDone(await actAsOperator(tx, operatorOf(request).hash, entry), 'key');
    });
    return {};
  }

  private present(row: ListedApp): AppRow {
    const { name, tenantName, mode, stores, keys, clients, perMinute } = row;
    const usual = this.runtime.settings.SHOPSPAN_APP_REQUESTS_PER_MINUTE;
    return {
      ...{ id: publicId('app', row.id), name, tenantId: publicId('tenant', row.tenantId), tenantName, mode },
      ...{ suspendedAt: instantOrNull(row.suspendedAt), stores, keys, clients },
      limit: { perMinute: perMinute ?? usual, own: perMinute !== null },
      refusedLastHour: row.refused,
    };
  }

  private async detail({ id, tenantId, appId }: Owned): Promise<AppDetail> {
    const { database, stores } = this.runtime;
    const found = await listAppsForOperator(database, { id }, { after: undefined, limit: 1 });
    const [row] = found.rows;
    const kept = await database.withTenant(tenantId, async (tx) => ({
      app: await findApp(tx, appId),
      keys: await listApiKeys(tx, appId),
      clients: await listOauthClients(tx, appId),
      facts: await listClientFacts(tx, appId),
    }));
    if (row === undefined || kept.app === undefined) throw new GatewayError('not_found', 'There is no such app.');
    const platformClients = await listClients(stores.connections, { tenantId, appId });
    const updated = new Map(kept.facts.map(({ platform, updatedAt }) => [platform, updatedAt]));
    return {
      ...this.present(row),
      createdAt: instant(row.createdAt),
      returnOrigins: [...kept.app.returnOrigins],
      keyList: kept.keys.map(presentKey),
      clientList: kept.clients.map(presentClient),
      platformClients: platformClients.map(({ platform, clientId, webhookUrl, callbackUrl, previousSecretUntil }) => ({
        ...{ platform, clientId, webhookUrl, callbackUrl, previousSecretUntil: instantOrNull(previousSecretUntil) },
        updatedAt: instant(updated.get(platform) ?? row.createdAt),
      })),
    };
  }
}

function presentKey(key: ListedApiKey): AppDetail['keyList'][number] {
  const { name, lastFour, scopes, allowedAddresses, createdAt, expiresAt, revokedAt, lastUsedAt } = key;
  return {
    ...{ id: publicId('apiKey', key.id), name, lastFour, scopes: [...scopes], allowedAddresses: [...allowedAddresses] },
    ...{ createdAt: instant(createdAt), expiresAt: instantOrNull(expiresAt), revokedAt: instantOrNull(revokedAt) },
    lastUsedAt: instantOrNull(lastUsedAt),
  };
}

function presentClient(client: ListedOauthClient): AppDetail['clientList'][number] {
  const { name, kind, scopes, redirectUris, storeId, createdAt, disabledAt } = client;
  return {
    ...{ id: publicId('oauthClient', client.id), name, kind: kind === 'browser' ? 'browser' : 'confidential' },
    ...{ scopes: [...scopes], redirectUris: [...redirectUris] },
    storeId: storeId === null ? null : publicId('store', storeId),
    ...{ createdAt: instant(createdAt), disabledAt: instantOrNull(disabledAt) },
  };
}
