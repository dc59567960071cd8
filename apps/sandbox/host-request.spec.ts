import { expect, test } from 'vitest';
import { hostRequest } from './host-request.js';

test.each([
  ['/a.myshopify.com/admin/x?y=1', { host: 'a.myshopify.com', url: '/admin/x?y=1', path: '/admin/x' }],
  ['/A.MyShopify.com', { host: 'a.myshopify.com', url: '/', path: '/' }],
  ['/a.example?x=/y', { host: 'a.example', url: '/?x=/y', path: '/' }],
  ['/a.example//b', { host: 'a.example', url: '//b', path: '//b' }],
  ['/ledger?host=a.example', undefined],
  ['/control/faults/a.example', undefined],
  ['/', undefined],
])('%s', (url, expected) => {
  expect(hostRequest(url)).toEqual(expected);
});
