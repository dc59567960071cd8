import { expect, test } from 'vitest';
import { callbackHmac } from './callback-hmac.js';

test('matches the vector of the documentation', () => {
  const parameters = {
    timestamp: '1337178173',
    code: '0907a61c0c8d55e99db179b68161bc00',
    state: '0.6784241404160823',
    shop: 'some-shop.myshopify.com',
  };
  expect(callbackHmac(parameters, 'hush')).toBe('700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf');
});

test('matches a vector with the host parameter', () => {
  const parameters = {
    shop: 'gateway-test.myshopify.com',
    code: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
    host: 'YWRtaW4uc2hvcGlmeS5jb20vc3RvcmUvZ2F0ZXdheS10ZXN0',
    state: '6f1c0a9d2e7b4835',
    timestamp: '1795344000',
  };
  expect(callbackHmac(parameters, 'shpss_test_secret_0123456789abcdef')).toBe(
    '297c354dbb005c413a963230a141b658d13895110771fd3db1e23f4a4aa6d099',
  );
  expect(callbackHmac({ ...parameters, state: '6f1c0a9d2e7b4836' }, 'shpss_test_secret_0123456789abcdef')).not.toMatch(
    /^297c/,
  );
});
