import {
  type ConnectedStore,
  type CouponChange,
  type CouponInput,
  type CouponRecord,
  type JsonValue,
  type Losses,
  type WriteOperation,
  type Written,
  couponDeletion,
} from '#contract';
import { z } from 'zod';
import { afterFirst } from '../change-order.js';
import { mutate } from '../mutate.js';
import { given } from '../order-input.js';
import * as documents from './coupon-documents.js';
import { commonFields, itemsOf, requireCoupon, requireKind, valueOf } from './coupon-input.js';
import { discountId, oneCoupon } from './coupons.js';
import { readOne } from './read-one.js';

type Coupon = Written<CouponRecord>;

const LOSSES: Losses = {
  disabled: {
    fate: 'changed',
    why: 'Shopify switches a code off by ending it now, so that it counts as expired, and on by starting it at once.',
  },
  endsAt: { fate: 'changed', why: 'A code that is disabled ends at that moment.' },
};

const node = z.object({ codeDiscountNode: z.object({ id: z.string() }) });

async function send(store: ConnectedStore, operation: string, root: keyof typeof SENT, variables: Variables) {
  return mutate(store, { operation, document: SENT[root], root, variables, answer: node });
}
type Variables = Readonly<Record<string, JsonValue>>;

const SENT = {
  discountCodeBasicCreate: documents.BASIC_CREATE,
  discountCodeBasicUpdate: documents.BASIC_UPDATE,
  discountCodeFreeShippingCreate: documents.SHIPPING_CREATE,
  discountCodeFreeShippingUpdate: documents.SHIPPING_UPDATE,
  discountCodeActivate: documents.CODE_ACTIVATE,
  discountCodeDeactivate: documents.CODE_DEACTIVATE,
} as const;

export const createCoupon: WriteOperation<CouponInput, Coupon> = {
  repeat: {
    kind: 'undecidable',
    why: 'Shopify refuses a second discount of the same code, but cannot tell who made the first.',
  },
  losses: LOSSES,
  async run(store, input) {
    requireCoupon(store, 'coupons.create', input, input.kind);
    const shipping = input.kind === 'freeShipping';
    const common = {
      title: input.code,
      startsAt: new Date().toISOString(),
      ...commonFields(input),
      context: { all: 'ALL' },
    };
    const discount = shipping
      ? { ...common, destination: { all: true } }
      : {
          ...common,
          customerGets: given({ value: valueOf(input.kind, input), items: itemsOf(input) ?? { all: true } }),
        };
    const { codeDiscountNode } = await send(
      store,
      'coupons.create',
      shipping ? 'discountCodeFreeShippingCreate' : 'discountCodeBasicCreate',
      { discount },
    );
    const { id } = codeDiscountNode;
    if (input.disabled === true) {
      await send(store, 'coupons.create', 'discountCodeDeactivate', { id }).catch((error: unknown) => {
        throw afterFirst(`the code was made as ${id} and is not disabled`, error);
      });
    }
    return readOne(store, 'coupons.create', oneCoupon, id);
  },
};

export const updateCoupon: WriteOperation<CouponChange, Coupon> = {
  repeat: { kind: 'sameEffect', why: 'Every field is set, and a code that is off stays off.' },
  losses: LOSSES,
  async run(store, { couponId, disabled, ...input }) {
    const operation = 'coupons.update';
    const before = (await readOne(store, operation, oneCoupon, couponId)).record;
    const id = discountId(couponId, 'DiscountCodeNode');
    requireKind(operation, before, input);
    const kind = input.kind ?? before.kind;
    requireCoupon(store, operation, input, kind, {
      productIds: input.productIds ?? [...before.productIds],
      categoryIds: input.categoryIds ?? [...before.categoryIds],
    });
    const shipping = kind === 'freeShipping';
    const gets = given({
      value: shipping ? undefined : valueOf(kind, input),
      items: shipping ? undefined : itemsOf(input, before),
    });
    const discount = { ...commonFields(input), ...(Object.keys(gets).length === 0 ? {} : { customerGets: gets }) };
    const changed = Object.keys(discount).length > 0;
    if (changed) {
      const root = shipping ? 'discountCodeFreeShippingUpdate' : 'discountCodeBasicUpdate';
      await send(store, operation, root, { id, discount });
    }
    const move = disabled === undefined ? undefined : moveOf(disabled, before);
    if (move !== undefined) {
      await send(store, operation, move, { id }).catch((error: unknown) => {
        throw changed ? afterFirst('its fields were changed, it was not switched on or off', error) : error;
      });
    }
    return readOne(store, operation, oneCoupon, id);
  },
};

/** Only a code that has ended is switched on: one that waits for its time would start at once. */
function moveOf(disabled: boolean, { status }: CouponRecord) {
  if (disabled) return status === 'expired' ? undefined : 'discountCodeDeactivate';
  return status === 'expired' ? 'discountCodeActivate' : undefined;
}

export const deleteCoupon: WriteOperation<z.output<typeof couponDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'A discount that is gone stays gone.' },
  losses: {},
  async run(store, { couponId }) {
    const { record } = await readOne(store, 'coupons.delete', oneCoupon, couponId);
    const [document, root, type] =
      record.code === null
        ? ([documents.AUTOMATIC_DELETE, 'discountAutomaticDelete', 'DiscountAutomaticNode'] as const)
        : ([documents.CODE_DELETE, 'discountCodeDelete', 'DiscountCodeNode'] as const);
    await mutate(store, {
      operation: 'coupons.delete',
      document,
      root,
      variables: { id: discountId(couponId, type) },
      answer: z.object({ userErrors: z.array(z.unknown()) }),
    });
    return null;
  },
};
