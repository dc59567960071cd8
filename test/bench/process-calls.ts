import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

interface Question {
  readonly id: number;
  readonly name: string;
  readonly given: unknown;
}

interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly failure?: string;
}

type Calls = Readonly<Record<string, (given: never) => unknown>>;

/** Answers the calls of the process that started this one, and ends with it. */
export function serve(calls: Calls): void {
  const answer = async ({ id, name, given }: Question): Promise<void> => {
    try {
      const call = calls[name];
      if (call === undefined) throw new Error(`no call ${name}`);
      process.send?.({ id, value: await call(given as never) } satisfies Reply);
    } catch (error) {
      process.send?.({
        id,
        failure: error instanceof Error ? (error.stack ?? error.message) : 'failed',
      } satisfies Reply);
    }
  };
  process.on('message', (question) => void answer(question as Question));
  process.on('disconnect', () => process.exit(0));
}

/** A process of its own that answers calls. */
export interface Helper {
  readonly pid: number;
  /** @throws Error what the other process says, or that it has ended */
  call<T>(name: string, given?: unknown): Promise<T>;
  /** Lets it end by itself. */
  stop(): Promise<void>;
  /** At once, with whatever is under way. */
  kill(): Promise<void>;
}

/** Starts a module of this folder as a process. */
export function startHelper(module: string, nodeOptions: readonly string[] = []): Helper {
  const file = fileURLToPath(new URL(`./${module}.js`, import.meta.url));
  const child: ChildProcess = fork(file, [], {
    execArgv: ['--enable-source-maps', ...nodeOptions],
    serialization: 'advanced',
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  child.on('message', (message) => {
    const { id, value, failure } = message as Reply;
    const one = waiting.get(id);
    waiting.delete(id);
    if (failure === undefined) one?.resolve(value);
    else one?.reject(new Error(`${module}: ${failure}`));
  });
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error(`${module} has ended`));
    waiting.clear();
  });
  return {
    pid: child.pid ?? 0,
    call: async <T>(name: string, given?: unknown) =>
      (await new Promise<unknown>((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        child.send({ id: last, name, given } satisfies Question, (error) => {
          if (error !== null) reject(error);
        });
      })) as T,
    stop: () => ending(child, () => child.disconnect()),
    kill: () => ending(child, () => child.kill('SIGKILL')),
  };
}

async function ending(child: ChildProcess, end: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  end();
  await once(child, 'exit');
}
