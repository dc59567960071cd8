import { AsyncLocalStorage } from 'node:async_hooks';

/** For whom this process is at work just now. */
export interface Acting {
  /** A credential of ours, such as `key_...`, or a process. */
  readonly who: string;
  /** What is being done: a route, or a job. */
  readonly why: string;
  readonly requestId: string | null;
}

const current = new AsyncLocalStorage<Acting>();

/** Does work in somebody's name: whatever it calls, however deep, is attributed to them. */
export function actingAs<T>(acting: Acting, work: () => T): T {
  return current.run(acting, work);
}

/** In whose name this is done; undefined for what nobody declared. */
export function currentActing(): Acting | undefined {
  return current.getStore();
}
