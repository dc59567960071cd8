const OTHER_RESOURCE = 'Not a resource of the gateway; reachable by raw calls.';
const SCALAR = 'Its answer is a number or a word; it is one of the calls of a write among the fixtures.';
const CART = 'Orders are written as they are: a cart cannot be found again by a reference of ours.';

/** Recordings of orders, of connecting and of the shop that no test reads, and why. */
export const NOT_READ: Readonly<Record<string, string>> = {
  'auth-admin-token': 'The token of a person, which lives an hour and cannot be renewed: no way of connecting.',
  'consent-1-activation-callback': 'Its keys are redacted, so it is none any more; activation.spec.ts has one of its form.',
  'graphql-store': 'The API for shop windows, which knows no orders but those of one customer.',
  'invoice-create': SCALAR,
  'invoices-list': 'Invoices only help to tell what a transaction was; one made from it is among the fixtures.',
  modules: 'Which modules there are is seen by what they answer.',
  'order-cancel': SCALAR,
  'order-cancel-again': SCALAR,
  'order-comment-add': SCALAR,
  'order-comments-list': 'Comments of an order are only written.',
  'order-create-1-guest-cart': CART,
  'order-create-2-add-item': CART,
  'order-create-3-shipping': CART,
  'order-create-4-place': CART,
  'order-hold': 'No status of ours means that an order is on hold.',
  'order-statuses': 'An order says its status itself.',
  'order-unhold': SCALAR,
  'refund-create-adjustment-only': SCALAR,
  'refund-create-partial-item': SCALAR,
  'shipment-create-partial': SCALAR,
  'shipment-create-rest': SCALAR,
  'shipment-track-add': 'The shipment is read again afterwards; it is one of the calls of a write among the fixtures.',
  'store-groups': OTHER_RESOURCE,
  'store-views': OTHER_RESOURCE,
  'tax-rates': OTHER_RESOURCE,
};
