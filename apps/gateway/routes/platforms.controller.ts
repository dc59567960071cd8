import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { AUTH_KINDS, capabilities, type Connector, isUnsupported, SORTS } from '#contract';
import { connectorOf, connectors } from '#connectors';
import { ForCaller } from '../http/access.js';

const platform = z
  .object({
    id: z.string(),
    name: z.string(),
    apiVersion: z.string(),
    docs: z.string(),
    client: z.enum(['required', 'none']).meta({ description: 'Whether your app needs a client of its own there.' }),
    connect: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(AUTH_KINDS),
        title: z.string(),
        form: z.array(
          z.object({
            name: z.string(),
            label: z.string(),
            kind: z.string(),
            help: z.string(),
            example: z.string(),
            optional: z.boolean(),
          }),
        ),
      }),
    ),
    operations: z.array(
      z.object({
        operation: z.string(),
        support: z.enum(['native', 'emulated', 'none']),
        note: z.string().optional().meta({ description: 'The reason for none, the price of emulated.' }),
        filters: z.record(z.string(), z.union([z.literal(true), z.array(z.string())])).optional(),
        sorts: z.array(z.enum(SORTS)).optional(),
        repeat: z
          .object({ kind: z.enum(['native', 'sameEffect', 'clientReference', 'undecidable']), why: z.string() })
          .optional()
          .meta({ description: 'Of a write: how it is made safe to repeat.' }),
        losses: z
          .array(z.object({ path: z.string(), fate: z.enum(['ignored', 'changed']), why: z.string() }))
          .optional()
          .meta({ description: 'Of a write: fields that are not stored as they are sent.' }),
      }),
    ),
    limits: z.array(z.object({ kind: z.string(), why: z.string() }).loose()),
    webhooks: z.object({
      supported: z.boolean(),
      note: z.string().optional(),
      topics: z
        .record(z.string(), z.array(z.string()))
        .meta({ description: 'What is subscribed to, by what you ask for.' }),
    }),
    polling: z
      .object({ everySeconds: z.number(), price: z.string(), lists: z.array(z.string()) })
      .optional()
      .meta({
        description:
          'Where the platform tells nobody: which lists are asked for what changed, how often, and what that misses.',
      }),
    passthrough: z.object({ prefixes: z.array(z.string()), note: z.string() }),
  })
  .meta({ id: 'Platform' });

const platformList = z.object({ data: z.array(platform), nextCursor: z.null() }).meta({ id: 'PlatformList' });

@ApiTags('platforms')
@Controller('v1/platforms')
export class PlatformsController {
  @ForCaller(null)
  @Get()
  @ApiOperation({ summary: 'What every platform can do, and how a shop is connected' })
  @ApiOkResponse({ standardSchema: platformList })
  list(): unknown {
    return { data: connectors.map(presentPlatform), nextCursor: null };
  }

  @ForCaller(null)
  @Get(':id')
  @ApiOperation({ summary: 'What one platform can do' })
  @ApiOkResponse({ standardSchema: platform })
  get(@Param('id') id: string): unknown {
    return presentPlatform(connectorOf(id));
  }
}

function presentPlatform(connector: Connector) {
  const { id, name, apiVersion, docs, client, limits, passthrough, polling } = connector;
  const operations = capabilities(connector.operations);
  const webhooks = isUnsupported(connector.webhooks)
    ? { supported: false, note: connector.webhooks.reason, topics: {} }
    : { supported: true, topics: connector.webhooks.topics.byAccess };
  return {
    id,
    name,
    apiVersion,
    docs,
    client,
    connect: connector.auth.map(presentStrategy),
    operations,
    limits,
    webhooks,
    ...(polling === undefined
      ? {}
      : { polling: { ...polling, lists: polling.lists.map(({ operation }) => operation) } }),
    passthrough: { prefixes: passthrough.prefixes, note: passthrough.note },
  };
}

function presentStrategy({ id, kind, title, form }: Connector['auth'][number]) {
  const fields = Object.entries(form).map(([name, field]) => {
    const { label, kind: fieldKind, help, example, optional = false } = field;
    return { name, label, kind: fieldKind, help, example, optional };
  });
  return { id, kind, title, form: fields };
}
