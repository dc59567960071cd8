import type { RequestContext } from '../graphql/request-context.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import type { Attribute, Order } from '../orders/order.js';
import { addressOfInput, type AddressInput } from './address-input.js';
import { answerOrder, commitOrder, visibleOrder } from './commit-order.js';

interface OrderInput {
  readonly id: string;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly note?: string | null;
  readonly poNumber?: string | null;
  readonly tags?: readonly string[] | null;
  readonly customAttributes?: readonly Attribute[] | null;
  readonly shippingAddress?: AddressInput | null;
  readonly metafields?: unknown;
  readonly localizedFields?: unknown;
}

/** As Shopify keeps tags: trimmed, each once whatever its case, in alphabetical order. */
export function tagsOf(tags: readonly string[]): readonly string[] {
  const kept = new Map<string, string>();
  for (const tag of tags.flatMap((one) => one.split(',')).map((one) => one.trim())) {
    if (tag !== '' && !kept.has(tag.toLowerCase())) kept.set(tag.toLowerCase(), tag);
  }
  return [...kept.values()].sort();
}

function refuse(error: UserError) {
  return { order: null, userErrors: [error] };
}

function changesOf(input: OrderInput, context: RequestContext): Partial<Order> {
  const { email, phone, note, poNumber, tags, customAttributes, shippingAddress } = input;
  return {
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(note !== undefined && { note }),
    ...(poNumber !== undefined && { poNumber }),
    ...(tags && { tags: tagsOf(tags) }),
    ...(customAttributes && { attributes: customAttributes }),
    ...(shippingAddress && { shippingAddress: addressOfInput(shippingAddress, context.data.nextId()) }),
  };
}

/** `orderUpdate`. */
export function orderUpdate({ input }: { readonly input: OrderInput }, context: RequestContext) {
  const order = visibleOrder(input.id, context);
  if (order === undefined) return refuse(userError(['id'], 'Order does not exist'));
  const { id: _id, ...rest } = input;
  // recorded message
  if (Object.keys(rest).length === 0) return refuse(userError(null, 'No valid update parameters have been provided'));
  if (typeof input.email === 'string' && input.email !== '' && !/^\S+@\S+$/.test(input.email)) {
    return refuse(userError(['email'], 'Email is invalid'));
  }
  const saved = commitOrder(context, { ...order, ...changesOf(input, context) }, order);
  return { order: answerOrder(saved, context), userErrors: [] };
}
