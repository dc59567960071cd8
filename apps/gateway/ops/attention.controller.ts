import { Controller, Get } from '@nestjs/common';
import { healthWords } from '#health';
import { type Attention, type AttentionRow, WHO_ACTS, type WhoActs } from '#operator-api';
import {
  countFailedDeliveries,
  countStoresAsSeen,
  listRefusedApps,
  listRefusedClients,
  listStops,
  listStoresInTrouble,
  listTicks,
  loadStoresForOperator,
  readInbox,
  type StoreCount,
  type TroubledStore,
} from '#persistence';
import { JobProducer } from '#queue';
import type { Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import {
  rowOfClient,
  rowOfDeliveries,
  rowOfInbox,
  rowOfQueue,
  rowOfRefusedApp,
  rowOfStop,
  rowOfStore,
  rowOfSunset,
  rowOfTick,
} from './attention-rows.js';
import { judge } from './present.js';

/** Rows of a kind; totals count the others. */
const MOST_ROWS = 100;
const DAY_MS = 24 * 3600_000;

/** Rows, and how many there are of which only the first are shown. */
interface Part {
  readonly rows: readonly AttentionRow[];
  readonly total: number;
}

const whole = (rows: readonly AttentionRow[]): Part => ({ rows, total: rows.length });

/** What an operator has to know at a glance: what to do, whom to write to, and what heals by itself. */
@Controller('ops/attention')
export class AttentionController {
  private readonly words = healthWords();

  constructor(
    @InjectRuntime() private readonly runtime: Runtime,
    private readonly jobs: JobProducer,
  ) {}

  @ForOperator('viewer')
  @Get()
  async read(): Promise<Attention> {
    const now = new Date();
    const { database } = this.runtime;
    const [counts, troubled, own, clients, apps] = await Promise.all([
      countStoresAsSeen(database, this.words),
      listStoresInTrouble(database, this.words, MOST_ROWS),
      this.ownMatters(now),
      listRefusedClients(database, this.words, MOST_ROWS),
      listRefusedApps(database, MOST_ROWS),
    ]);
    const stores = await this.storeRows(troubled, now);
    const ofYou: readonly Part[] = [
      whole(own),
      { rows: clients.map(rowOfClient), total: clients[0]?.total ?? 0 },
      whole(sunsets(counts)),
      stores('you'),
      { rows: apps.map(rowOfRefusedApp), total: apps[0]?.total ?? 0 },
    ];
    const parts = { you: ofYou, merchant: [stores('merchant')], nobody: [stores('nobody')] };
    return {
      asOf: now.toISOString(),
      groups: WHO_ACTS.map((who) => groupOf(who, parts[who])),
      stores: {
        total: sum(counts.filter(({ isConnected }) => isConnected)),
        healthy: sum(
          counts.filter(({ isConnected, state, isDying }) => isConnected && state === 'healthy' && !isDying),
        ),
        dying: sum(counts.filter(({ isConnected, isDying }) => isConnected && isDying)),
      },
    };
  }

  /** What is about the gateway itself, and what operators did and may have forgotten. */
  private async ownMatters(now: Date): Promise<readonly AttentionRow[]> {
    const { database } = this.runtime;
    const [queue, ticks, inbox, failed, stops] = await Promise.all([
      this.jobs.condition(),
      listTicks(database),
      readInbox(database),
      countFailedDeliveries(database),
      listStops(database),
    ]);
    const old = stops.filter(({ liftedAt, setAt }) => liftedAt === null && now.getTime() - setAt.getTime() > DAY_MS);
    return [
      ...rowOfQueue(queue, now),
      ...ticks.flatMap((tick) => rowOfTick(tick, now)),
      ...rowOfInbox(inbox),
      ...failed.map(rowOfDeliveries),
      ...old.map((stop) => rowOfStop(stop)),
    ];
  }

  /** @returns the rows of a group; each store's words come from the one place that judges health */
  private async storeRows(troubled: readonly TroubledStore[], now: Date): Promise<(who: WhoActs) => Part> {
    const loaded = await loadStoresForOperator(this.runtime.database, troubled);
    const byId = new Map(loaded.map((one) => [one.store.id, one]));
    return (who) => {
      const places = troubled.filter((one) => one.who === who);
      const rows = places.flatMap(({ id }) => {
        const one = byId.get(id);
        return one === undefined ? [] : [rowOfStore(one, judge(this.runtime, one, now).health, who)];
      });
      return { rows, total: places[0]?.total ?? 0 };
    };
  }
}

function groupOf(who: WhoActs, parts: readonly Part[]): Attention['groups'][number] {
  const rows = parts.flatMap((part) => part.rows).slice(0, MOST_ROWS);
  return { who, total: parts.reduce((count, { total }) => count + total, 0), rows };
}

function sum(counts: readonly StoreCount[]): number {
  return counts.reduce((all, { stores }) => all + stores, 0);
}

/** All stores of a platform die of it on the same day. */
function sunsets(counts: readonly StoreCount[]): readonly AttentionRow[] {
  const dying = counts.filter(({ isSunset, isConnected }) => isSunset && isConnected);
  const platforms = [...new Set(dying.map(({ platform }) => platform))];
  return platforms.map((id) => rowOfSunset(id, sum(dying.filter(({ platform }) => platform === id))));
}
