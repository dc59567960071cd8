const OTHER_RESOURCE = 'Not a resource of the gateway; reachable by raw calls.';
const NOTES = 'Notes of an order are only written, and what the platform answers is not looked at.';
const ONE_VARIATION = 'Variants are read in lists of their product; no call of ours asks for one alone.';

/** Recordings of a genuine shop that no test reads, and why. */
export const NOT_READ: Readonly<Record<string, string>> = {
  'attribute-terms-list': OTHER_RESOURCE,
  'attributes-list': OTHER_RESOURCE,
  'consent-5-callback-post': 'Its keys are redacted, so it is no callback any more; auth.spec.ts has one of its form.',
  'data-countries-de': OTHER_RESOURCE,
  'order-note-create': NOTES,
  'order-notes-list': NOTES,
  'orders-list-head': 'Nothing is asked for with HEAD.',
  'orders-list-options': 'The schema of an order, held against what is sent in another form: see routes.spec.ts.',
  'orders-totals-report': OTHER_RESOURCE,
  'product-batch': 'Nothing is written in batches: they skip the checks of what is written (fact sheet, 4.5).',
  'product-delete-force': 'The answer to a deletion, which is not looked at, of a product that lay in the trash.',
  'reports-sales': OTHER_RESOURCE,
  'reviews-list': OTHER_RESOURCE,
  'shipping-zone-methods': OTHER_RESOURCE,
  'shipping-zones-list': OTHER_RESOURCE,
  'store-payment-gateways': OTHER_RESOURCE,
  'store-settings-general': OTHER_RESOURCE,
  'store-settings-tax': OTHER_RESOURCE,
  'store-shipping-methods': OTHER_RESOURCE,
  'store-v3-index': 'The schema of all routes, held against what is sent in another form: see routes.spec.ts.',
  'tags-list': OTHER_RESOURCE,
  'taxes-list': OTHER_RESOURCE,
  'variation-create': ONE_VARIATION,
  'variation-delete': ONE_VARIATION,
  'variation-get': ONE_VARIATION,
  'variation-get-inherited-stock': ONE_VARIATION,
  'variation-update-stock': ONE_VARIATION,
};
