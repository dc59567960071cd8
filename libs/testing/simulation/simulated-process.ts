import { GatewayError } from '#contract';
import type { CredentialRepository } from '#persistence';
import type { LifecycleContext } from '../../connections/lifecycle/context.js';
import { createRefreshPool, type RefreshPool } from '../../connections/lifecycle/refresh-pool.js';
import { createRenewNow, type RenewNow } from '../../connections/lifecycle/renew-now.js';
import { createSimulatedCredentials, type Statement } from './simulated-credentials.js';
import type { SimulatedRows } from './simulated-rows.js';
import type { VirtualTime } from './virtual-time.js';

/** Continues one piece of the product's code. What a dead process waited for never comes. */
export type Resume = (run: () => void, isTimer?: boolean) => void;

export interface ProcessSurroundings {
  readonly time: VirtualTime;
  readonly rows: SimulatedRows;
  readonly random: () => number;
  readonly trace: (text: string) => void;
  readonly parts: Pick<LifecycleContext, 'vault' | 'connectorOf' | 'identityOf'>;
  readonly transport: (process: SimulatedProcess) => ReturnType<LifecycleContext['wayOut']>;
  /** What happens to a statement: nothing, or it fails before or after it took effect. */
  readonly failureOf: (process: SimulatedProcess, name: keyof CredentialRepository) => 'before' | 'after' | null;
}

export interface SimulatedProcess {
  readonly name: string;
  readonly state: 'running' | 'frozen' | 'dead';
  /** Names one life of the process. */
  readonly life: string;
  readonly pool: RefreshPool;
  readonly renewNow: RenewNow;
  readonly statement: Statement;
  readonly resume: () => Resume;
  kill(): void;
  start(): void;
  /** When it last went on after it had stood still. */
  readonly thawedAt: number;
  freeze(): void;
  thaw(): void;
  /** The clock of the machine jumps ahead. */
  jump(milliseconds: number): void;
}

/** A process of the product: the genuine code, its ways out simulated. */
export function createSimulatedProcess(name: string, around: ProcessSurroundings): SimulatedProcess {
  const { time, rows, random, trace } = around;
  const rate = 1 + (random() - 0.5) / 1000;
  let lives = 0;
  let thawedAt = -Infinity;
  let skew = 0;
  let state: SimulatedProcess['state'] = 'running';
  let waiting: { readonly run: () => void; readonly isTimer: boolean }[] = [];
  let running: Pick<SimulatedProcess, 'pool' | 'renewNow' | 'statement'>;

  const resume = (): Resume => {
    const life = lives;
    return (run, isTimer = false) => {
      if (life !== lives || state === 'dead') return;
      if (state === 'frozen') return void waiting.push({ run, isTimer });
      time.touch();
      run();
    };
  };

  const statement: Statement = (called, run) => {
    const go = resume();
    time.touch();
    return new Promise((resolve, reject) => {
      time.after(2 + random() * 18, () => {
        const failure = around.failureOf(process, called);
        const down = () => go(() => reject(new GatewayError('database_unavailable', 'It is down.')));
        if (failure === 'before') return down();
        const result = run();
        if (failure === 'after') return down();
        go(() => resolve(result));
      });
    });
  };

  const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> => {
    const go = resume();
    time.touch();
    return new Promise((resolve, reject) => {
      const abort = () => reject(new Error('aborted'));
      signal.addEventListener('abort', abort, { once: true });
      time.after(milliseconds / rate, () => {
        signal.removeEventListener('abort', abort);
        go(resolve, true);
      });
    });
  };

  function start(): void {
    lives += 1;
    state = 'running';
    waiting = [];
    const send = around.transport(process);
    const context: LifecycleContext = {
      ...around.parts,
      credentials: createSimulatedCredentials(rows, statement),
      wayOut: () => send,
      revokeOrphan: () => Promise.resolve(),
      processName: process.life,
      elapsed: () => time.now() * rate + skew,
      random,
      sleep,
      reportRefresh: ({ storeId, platform, outcome, code }) =>
        trace(`${process.life} ${platform} ${storeId}: ${outcome} ${code ?? ''}`),
    };
    running = { pool: createRefreshPool(context), renewNow: createRenewNow(context), statement };
  }

  const process: SimulatedProcess = {
    name,
    get state() {
      return state;
    },
    get thawedAt() {
      return thawedAt;
    },
    get life() {
      return `${name}.${lives}`;
    },
    get pool() {
      return running.pool;
    },
    get renewNow() {
      return running.renewNow;
    },
    get statement() {
      return running.statement;
    },
    resume,
    kill() {
      trace(`${process.life} is killed`);
      state = 'dead';
      waiting = [];
    },
    start,
    freeze() {
      trace(`${process.life} is frozen`);
      state = 'frozen';
    },
    thaw() {
      if (state !== 'frozen') return;
      trace(`${process.life} is thawed`);
      state = 'running';
      thawedAt = time.now();
      const queued = waiting;
      waiting = [];
      // Timers may fire before what has come is read.
      const timersFirst = random() < 0.5;
      const timers = queued.filter(({ isTimer }) => isTimer);
      const rest = queued.filter(({ isTimer }) => !isTimer);
      time.touch();
      for (const { run } of timersFirst ? [...timers, ...rest] : queued) run();
    },
    jump(milliseconds) {
      skew += milliseconds;
    },
  };
  start();
  return process;
}
