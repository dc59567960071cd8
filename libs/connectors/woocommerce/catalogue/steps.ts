import { classify, type ConnectedStore, GatewayError, type JsonValue } from '#contract';
import { errors } from '../errors.js';
import { deleteCall } from '../record-calls.js';

/** What a batch, which always answers 200, says of a part that failed. */
export function partError(error: JsonValue, status: number): GatewayError {
  const [problem] = errors.problems(error);
  const code = classify(errors, { status, html: false, body: error });
  const platform = { id: 'woocommerce', status, ...problem };
  return new GatewayError(code, `woocommerce refused a variant: ${problem?.message ?? 'no reason given'}`, {
    platform,
  });
}

/** Into the trash, where the merchant finds it again; a shop that keeps no trash deletes for good. */
export async function trashCall(store: ConnectedStore, path: string): Promise<null> {
  try {
    return await deleteCall(store, path, { force: false });
  } catch (error) {
    const hasNone = 'woocommerce_rest_trash_not_supported';
    if (GatewayError.is(error) && error.context.platform?.code === hasNone) return deleteCall(store, path);
    throw error;
  }
}
