import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Logger } from '#observability';
import { type Database, listTicks, noteTick } from '#persistence';
import type { JobHandlers, JobProducer, TickName, TickPeriods } from '#queue';

// One period may pass without a run when the next one comes a moment late.
const LATE_PERIODS = 2;
const LONGEST_PAUSE_SECONDS = 30;
// Whatever a run does has an end; one that is still going after this is stuck.
const LONGEST_RUN_MS = 600_000;

/** The handlers as they are, and each recurring one tells the database that it goes well. */
export function noting(database: Database, handlers: JobHandlers, periods: TickPeriods): JobHandlers {
  const noted = tickNames(periods).map((name): [TickName, () => Promise<void>] => [
    name,
    () => noteRun(database, name, periods[name], () => handlers[name]({})),
  ]);
  return { ...handlers, ...Object.fromEntries(noted) };
}

function tickNames(periods: TickPeriods): readonly TickName[] {
  return Object.keys(periods) as TickName[];
}

async function noteRun(database: Database, name: string, seconds: number, run: () => Promise<void>): Promise<void> {
  // A run with much to do takes longer than its period: it goes well as long as it goes on.
  const giveUpAt = performance.now() + LONGEST_RUN_MS;
  const pulse = setInterval(() => {
    if (performance.now() > giveUpAt) clearInterval(pulse);
    else noteTick(database, name, seconds).catch(() => undefined);
  }, seconds * 1000);
  try {
    await run();
  } finally {
    clearInterval(pulse);
  }
  await noteTick(database, name, seconds);
}

export interface TickWatchParts {
  readonly database: Database;
  readonly jobs: Pick<JobProducer, 'every'>;
  readonly handlers: Pick<JobHandlers, TickName>;
  readonly periods: TickPeriods;
  readonly logger: Logger;
}

/**
 * Has recurring jobs made by the queue, and does not trust it: a queue that was emptied has forgotten them, one that is away
 * makes none. What is late is put in again and, until that helps, done by each worker itself. Nothing that is done twice
 * does harm, because rows are claimed.
 */
export class TickWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private readonly scheduling = new Set<TickName>();
  private readonly running = new Map<TickName, Promise<void>>();

  constructor(private readonly parts: TickWatchParts) {}

  onApplicationBootstrap(): void {
    for (const name of tickNames(this.parts.periods)) this.schedule(name);
    const seconds = Math.min(...Object.values(this.parts.periods), LONGEST_PAUSE_SECONDS);
    this.timer = setInterval(() => void this.look(), seconds * 1000);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.running.values());
  }

  /** Never waited for: a queue that is away answers when it is back. */
  private schedule(name: TickName): void {
    if (this.scheduling.has(name)) return;
    this.scheduling.add(name);
    const { jobs, periods, logger } = this.parts;
    jobs
      .every(name, periods[name])
      .catch((error: unknown) => logger.warn({ err: error }, `the queue did not take ${name}`))
      .finally(() => this.scheduling.delete(name));
  }

  private async look(): Promise<void> {
    const { database, periods, logger } = this.parts;
    try {
      const ages = new Map((await listTicks(database)).map(({ name, ageSeconds }) => [name, ageSeconds]));
      for (const name of tickNames(periods)) {
        const age = ages.get(name);
        if (age === undefined || age > LATE_PERIODS * periods[name]) this.catchUp(name, age);
      }
    } catch (error) {
      logger.warn({ err: error }, 'whether recurring work is late cannot be read');
    }
  }

  private catchUp(name: TickName, age: number | undefined): void {
    if (this.running.has(name)) return;
    const { handlers, logger } = this.parts;
    // Nothing is wrong where none has run yet.
    if (age !== undefined)
      logger.warn(`${name} last ran ${age.toFixed(0)} s ago: it is put into the queue again, and done without it`);
    this.schedule(name);
    const run = handlers[name]({})
      .catch((error: unknown) => logger.error({ err: error }, `${name} failed`))
      .finally(() => this.running.delete(name));
    this.running.set(name, run);
  }
}
