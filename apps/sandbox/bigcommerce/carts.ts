import { reading } from './oauth/scopes.js';
import { notFound, type Endpoint } from './rest/answer.js';
import { v3One } from './rest/paging.js';

/** Carts are found by their ids only; there is no list. */
export const CART_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v3/carts/:uuid',
    scopes: reading('store_cart'),
    handle({ data, params }) {
      const cart = data.tables.carts.where(({ uuid }) => uuid === params['uuid'])[0];
      if (cart === undefined) throw notFound('Cart not found.');
      const { uuid, token: _token, ...body } = cart;
      return v3One({ ...body, id: uuid });
    },
  },
  {
    method: 'GET',
    path: '/v3/abandoned-carts/:token',
    scopes: reading('store_cart'),
    handle({ data, params }) {
      const cart = data.tables.carts.where(({ token }) => token === params['token'])[0];
      if (cart === undefined) throw notFound('Cart not found.');
      return v3One({ cart_id: cart.uuid });
    },
  },
];
