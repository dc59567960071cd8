import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { readPublicId } from '#contract';
import { type AuditPage, auditQuery } from '#operator-api';
import { listAuditForOperator } from '#persistence';
import type { Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { pagingOf } from './paging.js';
import { instant } from './present.js';

const sequence = z.string().regex(/^\d{1,18}$/);
const details = z.record(z.string(), z.unknown());

/** What was done, by whom, newest first. */
@Controller('ops/audit')
export class AuditController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForOperator('viewer')
  @Get()
  async list(@Query({ schema: auditQuery }) query: z.infer<typeof auditQuery>): Promise<AuditPage> {
    const paging = pagingOf(this.runtime, 'audit', query, sequence);
    const before = paging.after === undefined ? undefined : BigInt(paging.after);
    const { action, actor } = query;
    const wanted = { action, actor, target: targetOf(query.target) };
    const found = await listAuditForOperator(this.runtime.database, wanted, { before, limit: query.limit + 1 });
    const { rows, nextCursor } = paging.page(found.rows, (row) => String(row.sequence));
    return {
      data: rows.map((row) => ({
        ...{ sequence: String(row.sequence), at: instant(row.at), actor: row.actor, action: row.action },
        ...{ target: row.target, details: details.parse(JSON.parse(row.details)) },
      })),
      nextCursor,
      total: found.total,
    };
  }
}

/** The log names what it is about by plain uuids; people know public ids. */
function targetOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const kinds = ['store', 'app', 'tenant', 'apiKey'] as const;
  return kinds.map((kind) => readPublicId(kind, text)).find((id) => id !== undefined) ?? text;
}
