import { Controller, Get } from '@nestjs/common';
import { DEATHS } from '#contract';
import { healthWords } from '#health';
import { type Tokens, WHO_ACTS } from '#operator-api';
import {
  countRenewals,
  type LoadedStore,
  listDeathDays,
  listDueMinutes,
  listNextDeaths,
  loadStoresForOperator,
} from '#persistence';
import type { Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { readRefreshFailures, readRefreshMinutes } from './activity.js';
import { instant, judge, referenceOf } from './present.js';

const MOST_DEATHS = 20;
const REFRESHES_MS = 2 * 3600_000;

/** When credentials are renewed, and when connections end. */
@Controller('ops/tokens')
export class TokensController {
  private readonly words = healthWords();

  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForOperator('viewer')
  @Get()
  async read(): Promise<Tokens> {
    const { database } = this.runtime;
    const now = new Date();
    const [renewing, due, days, next, failures, refreshes] = await Promise.all([
      countRenewals(database),
      listDueMinutes(database),
      listDeathDays(database, this.words),
      listNextDeaths(database, this.words, MOST_DEATHS),
      readRefreshFailures(database, now),
      readRefreshMinutes(database, new Date(now.getTime() - REFRESHES_MS)),
    ]);
    const loaded = await loadStoresForOperator(database, next);
    const byId = new Map(loaded.map((one) => [one.store.id, one]));
    return {
      asOf: instant(now),
      renewing,
      due: due.map(({ at, count }) => ({ at: instant(at), count })),
      deaths: days.map(({ at, who, count }) => ({ at: instant(at), who: whoNamed(who), count })),
      nextDeaths: next.flatMap(({ id, diesAt, who }) => {
        const one = byId.get(id);
        if (one === undefined) return [];
        return [{ at: instant(diesAt), who: whoNamed(who), why: this.whyOf(one, now), store: referenceOf(one) }];
      }),
      refreshes,
      failures,
    };
  }

  private whyOf(loaded: LoadedStore, now: Date): string {
    const { diesAt } = judge(this.runtime, loaded, now).health;
    return diesAt?.sentence ?? DEATHS.refreshTokenLife.sentence;
  }
}

function whoNamed(text: string): (typeof WHO_ACTS)[number] {
  return WHO_ACTS.find((who) => who === text) ?? 'nobody';
}
