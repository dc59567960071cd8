/** docs: GET /v2/order_statuses; `order` is where the control panel lists it. */
export const STATUSES = [
  {
    id: 0,
    name: 'Incomplete',
    order: 0,
    about: 'The shopper reached the payment page, but did not complete the transaction.',
  },
  { id: 1, name: 'Pending', order: 1, about: 'The customer started the checkout process, but did not complete it.' },
  { id: 2, name: 'Shipped', order: 8, about: 'The order has been shipped, but receipt has not been confirmed.' },
  { id: 3, name: 'Partially Shipped', order: 6, about: 'Only some items of the order have been shipped.' },
  { id: 4, name: 'Refunded', order: 11, about: 'The seller has refunded the order.' },
  { id: 5, name: 'Cancelled', order: 9, about: 'The seller has cancelled the order.' },
  { id: 6, name: 'Declined', order: 10, about: 'The seller has marked the order as declined.' },
  { id: 7, name: 'Awaiting Payment', order: 2, about: 'The checkout is complete, the payment is not confirmed.' },
  { id: 8, name: 'Awaiting Pickup', order: 5, about: 'The order awaits the customer at a location.' },
  { id: 9, name: 'Awaiting Shipment', order: 4, about: 'The order is packed and awaits a shipping provider.' },
  {
    id: 10,
    name: 'Completed',
    order: 7,
    about: 'The order has been received, or its files are available for download.',
  },
  { id: 11, name: 'Awaiting Fulfillment', order: 3, about: 'The checkout is complete and the payment is confirmed.' },
  {
    id: 12,
    name: 'Manual Verification Required',
    order: 13,
    about: 'The order is on hold until somebody confirms it.',
  },
  { id: 13, name: 'Disputed', order: 12, about: 'The customer disputes the payment.' },
  { id: 14, name: 'Partially Refunded', order: 14, about: 'The seller has partially refunded the order.' },
] as const;

export const SHIPPED = 2;
export const PARTIALLY_SHIPPED = 3;
export const REFUNDED = 4;
export const PARTIALLY_REFUNDED = 14;

/** What the merchant sees, by id. */
export function statusName(id: number): string {
  return STATUSES.find((status) => status.id === id)?.name ?? '';
}
