import { GatewayError } from '#contract';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does many small pieces of work together: what comes while one batch is under way waits for the next. Whoever is alone
 * waits for nobody.
 * @param work answers in the order of the items; when it fails, each of its items is done alone, so that one that cannot be
 * done takes nobody with it
 */
export function createBatcher<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  most: number,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let isRunning = false;

  async function settle(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await work(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (result === undefined) reject(new Error('a batch has fewer results than items'));
        else resolve(result);
      }
    } catch (error) {
      // While nothing can be reached, each alone would only wait as long as all together.
      if (batch.length > 1 && !GatewayError.is(error, 'database_unavailable'))
        for (const one of batch) await settle([one]);
      else for (const { reject } of batch) reject(error);
    }
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) await settle(waiting.splice(0, most));
    isRunning = false;
  }

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isRunning) void run();
    });
}
