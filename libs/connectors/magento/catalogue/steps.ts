import { GatewayError } from '#contract';
import { halfDone } from '../record-calls.js';

/** A further step of a write, whose failure says what was done before. */
export async function after<T>(done: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw halfDone(done, error);
  }
}

/** Takes back what a write has made before it was refused, and fails as it did. */
export async function takeBack(made: string, refused: unknown, clean: () => Promise<unknown>): Promise<never> {
  if (!GatewayError.is(refused)) throw refused;
  const said = refused.message.replace(/\.$/, '');
  try {
    await clean();
  } catch (error) {
    throw halfDone(`${said}. ${made} could not be taken back`, error);
  }
  throw new GatewayError(refused.code, `${said}. Nothing of it is left.`, refused.context);
}
