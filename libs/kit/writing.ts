import { GatewayError, type JsonValue } from '#contract';

/** A body without the fields that were not given. */
export function bodyOf(fields: Readonly<Record<string, JsonValue | undefined>>): Readonly<Record<string, JsonValue>> {
  const given = Object.entries(fields).filter((field): field is [string, JsonValue] => field[1] !== undefined);
  return Object.fromEntries(given);
}

/** Whether the platform said that there is no such record. */
export function isMissing(error: unknown): boolean {
  return GatewayError.is(error, 'not_found');
}

/** The failure of a later call, which also says what was done before it. */
export function halfDone(done: string, error: unknown): unknown {
  if (!GatewayError.is(error)) return error;
  return new GatewayError(error.code, `${done}: ${error.message}`, { ...error.context, cause: error });
}

/** A further step of a write, whose failure says what was done before. */
export async function after<T>(done: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!GatewayError.is(error)) throw error;
    throw new GatewayError(error.code, `${error.message} Before that, ${done}.`, { ...error.context, cause: error });
  }
}
