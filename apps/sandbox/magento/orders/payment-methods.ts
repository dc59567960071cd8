import type { Cell, Row } from '../row.js';

/** Offline methods know no transactions. */
export interface PaymentMethod {
  readonly code: string;
  readonly title: string;
  readonly isOnline: boolean;
}

export const PAYMENT_METHODS: readonly PaymentMethod[] = [
  { code: 'checkmo', title: 'Check / Money order', isOnline: false },
  { code: 'banktransfer', title: 'Bank Transfer Payment', isOnline: false },
  { code: 'cashondelivery', title: 'Cash On Delivery', isOnline: false },
  { code: 'braintree', title: 'Credit Card', isOnline: true },
];

export function paymentMethod(code: string): PaymentMethod | undefined {
  return PAYMENT_METHODS.find((method) => method.code === code);
}

/** Values without their names; a bank transfer without instructions has a null (recorded: order-get-invoiced.json). */
export function additionalInformation(code: string): Cell[] {
  const title = paymentMethod(code)?.title;
  if (title === undefined) return [];
  return code === 'banktransfer' ? [title, null] : [title];
}

/** The same with names, printed beside the order (recorded: order-get-holded.json). */
export function paymentInfo(code: string): Row[] {
  const title = paymentMethod(code)?.title;
  if (title === undefined) return [];
  const named = { key: 'method_title', value: title };
  return code === 'banktransfer' ? [named, { key: 'instructions', value: 'null' }] : [named];
}
