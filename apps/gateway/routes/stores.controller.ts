import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { publicId } from '#contract';
import { importStore } from '#connections';
import {
  type CredentialTimes,
  findCredentialTimes,
  listStores,
  renameStore,
  STORE_STATUSES,
  type StoreRow,
} from '#persistence';
import { endSubscriptions } from '#events';
import type { Runtime } from '#runtime';
import { disconnectStore, openCursor, queryDigest, requireStore, sealCursor } from '#store';
import { callerOf, ForCaller } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { asSeen } from './as-seen.js';
import { historySince } from './history-since.js';
import { scope, storeListQuery, storeUuid } from './query-schemas.js';

const store = z
  .object({
    id: z.string(),
    platform: z.string(),
    name: z.string(),
    domain: z.string(),
    currency: z.string(),
    timezone: z.string().nullable(),
    mode: z.enum(['live', 'test']),
    status: z.enum(STORE_STATUSES),
    statusReason: z.string().nullable(),
    statusSince: z.iso.datetime(),
    scopesWanted: z.array(z.string()),
    scopesGranted: z.array(z.string()),
    access: z.array(z.string()).meta({ description: 'What the app asked for, in scopes of this API.' }),
    historySince: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Orders older than this are not shown by the platform; null: all of them are.' }),
    externalId: z.string().nullable(),
    credential: z
      .object({
        accessExpiresAt: z.iso.datetime().nullable(),
        refreshExpiresAt: z.iso.datetime().nullable(),
        nextRefreshAt: z.iso.datetime().nullable(),
        lastRefreshedAt: z.iso.datetime().nullable(),
      })
      .nullable()
      .optional(),
    sync: z.object({ orders: z.enum(['live', 'cache', 'synced']) }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Store' });

const storeList = z.object({ data: z.array(store), nextCursor: z.string().nullable() }).meta({ id: 'StoreList' });

const importBody = z
  .strictObject({
    platform: z.string().max(40),
    credentials: z.record(z.string().max(100), z.string().max(2000)).meta({
      description: "The fields of the platform's way of connecting with pasted keys; see GET /v1/platforms.",
    }),
    externalId: z.string().max(200).optional(),
    access: z.array(scope).max(30).optional(),
  })
  .meta({ id: 'StoreImport' });

const patchBody = z.strictObject({ externalId: z.string().max(200).nullable() }).meta({ id: 'StorePatch' });

@ApiTags('stores')
@Controller('v1/stores')
export class StoresController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForCaller('write:stores')
  @Post()
  @ApiOperation({ summary: 'Import a store whose keys you already hold' })
  @ApiCreatedResponse({ standardSchema: store })
  async import(
    @Body({ schema: importBody }) body: z.infer<typeof importBody>,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const { platform, credentials, externalId, access } = body;
    const row = await importStore(this.runtime.stores.connections, callerOf(request), {
      platform,
      answers: credentials,
      externalId,
      access,
    });
    return presentStore(row);
  }

  @ForCaller('read:stores')
  @Get()
  @ApiOperation({ summary: 'List the stores of the app' })
  @ApiOkResponse({ standardSchema: storeList })
  async list(
    @Query({ schema: storeListQuery }) query: z.infer<typeof storeListQuery>,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const { tenantId, appId } = callerOf(request);
    const { cursors } = this.runtime.stores;
    const digest = queryDigest({ tenantId, appId }, { operation: 'stores.list' });
    const state = query.cursor === undefined ? undefined : openCursor(cursors, digest, query.cursor).state;
    const after = typeof state === 'string' ? state : undefined;
    const rows = await this.runtime.database.withTenant(tenantId, (tx) =>
      listStores(tx, appId, after, query.limit + 1),
    );
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const nextCursor =
      rows.length > page.length && last !== undefined
        ? sealCursor(cursors, digest, { store: 0, state: last.id })
        : null;
    return { data: page.map((row) => presentStore(asSeen(this.runtime.stores.connections, row))), nextCursor };
  }

  @ForCaller('read:stores')
  @Get(':id')
  @ApiOperation({ summary: 'Read one store, with the times of its credential' })
  @ApiOkResponse({ standardSchema: store })
  async get(@Param('id') id: string, @Req() request: FastifyRequest): Promise<unknown> {
    const row = await requireStore(this.runtime.stores, callerOf(request), storeUuid(id));
    const times = await this.runtime.database.withTenant(row.tenantId, (tx) => findCredentialTimes(tx, row.id));
    return {
      ...presentStore(asSeen(this.runtime.stores.connections, row)),
      credential: times === undefined ? null : presentTimes(times),
    };
  }

  @ForCaller('write:stores')
  @Patch(':id')
  @ApiOperation({ summary: 'Change your own id of a store' })
  @ApiOkResponse({ standardSchema: store })
  async patch(
    @Param('id') id: string,
    @Body({ schema: patchBody }) { externalId }: z.infer<typeof patchBody>,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const row = await requireStore(this.runtime.stores, callerOf(request), storeUuid(id));
    await this.runtime.database.withTenant(row.tenantId, (tx) => renameStore(tx, row.id, externalId));
    return presentStore(asSeen(this.runtime.stores.connections, { ...row, externalId }));
  }

  @ForCaller('write:stores')
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Disconnect a store; its credential is destroyed here' })
  @ApiNoContentResponse()
  async remove(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const caller = callerOf(request);
    await endSubscriptions(this.runtime.stores, await requireStore(this.runtime.stores, caller, storeUuid(id)));
    await disconnectStore(this.runtime.stores, caller, storeUuid(id));
  }
}

function presentStore(row: StoreRow) {
  const {
    platform,
    name,
    domain,
    currency,
    timezone,
    mode,
    status,
    statusReason,
    scopesWanted,
    scopesGranted,
    externalId,
  } = row;
  return {
    id: publicId('store', row.id),
    ...{ platform, name, domain, currency, timezone, mode, status, statusReason },
    statusSince: row.statusSince.toISOString(),
    ...{ scopesWanted, scopesGranted, access: row.access, historySince: historySince(row), externalId },
    sync: { orders: 'live' },
    createdAt: row.createdAt.toISOString(),
  };
}

function presentTimes(times: CredentialTimes) {
  const instant = (date: Date | null) => date?.toISOString() ?? null;
  return {
    accessExpiresAt: instant(times.accessExpiresAt),
    refreshExpiresAt: instant(times.refreshExpiresAt),
    nextRefreshAt: instant(times.dueAt),
    lastRefreshedAt: instant(times.lastRefreshedAt),
  };
}
