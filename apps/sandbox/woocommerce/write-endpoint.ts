import { restError } from './rest-error.js';

/** What a stranger is told who wants to write. */
export const CANNOT_CREATE = restError(
  401,
  'woocommerce_rest_cannot_create',
  'Sorry, you are not allowed to create resources.',
);
export const CANNOT_EDIT = restError(
  401,
  'woocommerce_rest_cannot_edit',
  'Sorry, you are not allowed to edit this resource.',
);
export const CANNOT_DELETE = restError(
  401,
  'woocommerce_rest_cannot_delete',
  'Sorry, you are not allowed to delete this resource.',
);
