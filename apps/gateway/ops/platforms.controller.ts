import { Controller, Get, Param } from '@nestjs/common';
import { capabilities, type Connector, isUnsupported } from '#contract';
import { connectorOf, connectors } from '#connectors';
import { healthWords } from '#health';
import type { CallSpan, CapabilityMatrix, PlatformDetail, PlatformRow, Platforms } from '#operator-api';
import { countStoresAsSeen, listBudgets, listStoreErrors, listStops } from '#persistence';
import type { Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { type CallSpans, readCallSpans } from './activity.js';

const HOUR_SECONDS = 3600;
const DETAIL_STEP_SECONDS = 15 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;
const ALL: readonly Connector[] = connectors;

/** What platforms can do, and how they are doing. */
@Controller('ops')
export class OperatorPlatformsController {
  private readonly words = healthWords();

  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForOperator('viewer')
  @Get('platforms')
  async list(): Promise<Platforms> {
    const now = new Date();
    const rowOf = await this.rows(now, this.spans(now, DAY_SECONDS, null));
    return { asOf: now.toISOString(), data: ALL.map(rowOf) };
  }

  @ForOperator('viewer')
  @Get('platforms/:id')
  async get(@Param('id') id: string): Promise<PlatformDetail> {
    const connector = connectorOf(id);
    const now = new Date();
    const day = this.spans(now, DAY_SECONDS, DETAIL_STEP_SECONDS);
    const [rowOf, spans] = await Promise.all([this.rows(now, day), day]);
    const { docs, webhooks, limits, operations } = connector;
    return {
      ...rowOf(connector),
      docs,
      spans: [...(spans.get(id) ?? [])],
      operations: capabilities(operations).map(({ operation, support, note = null }) => ({ operation, support, note })),
      webhooks: isUnsupported(webhooks) ? { supported: false, note: webhooks.reason } : { supported: true, note: null },
      limits: limits.map(({ kind, why }) => ({ kind, why })),
    };
  }

  @ForOperator('viewer')
  @Get('capabilities')
  capabilities(): CapabilityMatrix {
    const tables = ALL.map(({ id, operations }) => ({ id, can: capabilities(operations) }));
    const names = [...new Set(tables.flatMap(({ can }) => can.map(({ operation }) => operation)))];
    return {
      platforms: ALL.map(({ id, name }) => ({ id, name })),
      operations: names.map((operation) => ({
        operation,
        support: Object.fromEntries(
          tables.map(({ id, can }) => [id, can.find((one) => one.operation === operation)?.support ?? 'none']),
        ),
      })),
    };
  }

  private async spans(now: Date, seconds: number, stepSeconds: number | null): Promise<CallSpans> {
    return await readCallSpans(this.runtime.database, new Date(now.getTime() - seconds * 1000), stepSeconds);
  }

  /** @param lastDay in spans of any length. @returns what makes the row of a platform */
  private async rows(now: Date, lastDay: Promise<CallSpans>): Promise<(connector: Connector) => PlatformRow> {
    const { database } = this.runtime;
    const [counts, budgets, errors, stops, hour, day] = await Promise.all([
      countStoresAsSeen(database, this.words),
      listBudgets(database),
      listStoreErrors(database),
      listStops(database),
      this.spans(now, HOUR_SECONDS, null),
      lastDay,
    ]);
    return ({ id, name, apiVersion, apiVersionUntil }) => {
      const own = counts.filter(({ platform, isConnected }) => platform === id && isConnected);
      const states: Record<string, number> = {};
      for (const { state, stores } of own) states[state] = (states[state] ?? 0) + stores;
      const budget = budgets.find(({ platform }) => platform === id);
      const stop = stops.find(
        ({ scope, target, liftedAt }) => scope === 'platform' && target === id && liftedAt === null,
      );
      return {
        ...{ id, name, apiVersion, apiVersionUntil: apiVersionUntil ?? null },
        stores: { total: own.reduce((sum, { stores }) => sum + stores, 0), states },
        lastHour: hour.get(id)?.at(-1) ?? emptySpan(now),
        availability: availabilityOf(day.get(id) ?? []),
        budgetUsed: budget === undefined ? null : { mean: budget.mean, worst: budget.worst, stores: budget.stores },
        errors: errors.filter(({ platform }) => platform === id).map(({ code, stores }) => ({ code, stores })),
        stop: stop === undefined ? null : { id: stop.id, reason: stop.reason },
      };
    };
  }
}

function emptySpan(now: Date): CallSpan {
  return {
    at: new Date(now.getTime() - HOUR_SECONDS * 1000).toISOString(),
    calls: 0,
    outcomes: {},
    medianMs: null,
    slowMs: null,
  };
}

/** What the platform was not up to: an answer that is none, or not the documented one. */
function availabilityOf(spans: readonly CallSpan[]): number | null {
  const calls = spans.reduce((sum, span) => sum + span.calls, 0);
  const failed = spans.reduce((sum, { outcomes }) => sum + (outcomes.unavailable ?? 0) + (outcomes.contract ?? 0), 0);
  return calls === 0 ? null : (calls - failed) / calls;
}
