import { expect, it } from 'vitest';
import { callbackOf, CLIENT, hostOfHash, startBigCommerce, USD } from '../testing/running-bigcommerce.js';
import { signJwt } from './signed-payload.js';

const SECRET = 'bc_test_client_secret_0123456789abcdef';

it("signs as the vector that the vendor's own library accepts", () => {
  const claims = {
    ...{ aud: 'bc-client-id-123', iss: 'bc', iat: 1_795_344_000, nbf: 1_795_343_995, exp: 1_795_430_400 },
    ...{ jti: '11111111-2222-4333-8444-555555555555', sub: 'stores/abc123xyz' },
    user: { id: 9128, email: 'owner@example.com', locale: 'en-US' },
    ...{ owner: { id: 9128, email: 'owner@example.com' }, url: '/', channel_id: null },
  };
  expect(signJwt(claims, SECRET)).toBe(
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiJiYy1jbGllbnQtaWQtMTIzIiwiaXNzIjoiYmMiLCJpYXQiOjE3OTUzNDQwMDAsIm5iZiI6MTc5NTM0Mzk5NSwiZXhwIjoxNzk1NDMwNDAwLCJqdGkiOiIxMTExMTExMS0yMjIyLTQzMzMtODQ0NC01NTU1NTU1NTU1NTUiLCJzdWIiOiJzdG9yZXMvYWJjMTIzeHl6IiwidXNlciI6eyJpZCI6OTEyOCwiZW1haWwiOiJvd25lckBleGFtcGxlLmNvbSIsImxvY2FsZSI6ImVuLVVTIn0sIm93bmVyIjp7ImlkIjo5MTI4LCJlbWFpbCI6Im93bmVyQGV4YW1wbGUuY29tIn0sInVybCI6Ii8iLCJjaGFubmVsX2lkIjpudWxsfQ.As3HMRcluTQQhQGwX0SCegQREzHlsQmVArheJq-vRv0',
  );
});

it('opens an installed app with a signed payload, and asks again when the app asks for more', async () => {
  const shop = await startBigCommerce();
  const page = `${shop.url}/${hostOfHash(USD)}/manage/app/${CLIENT.clientId}`;
  const open = (): Promise<Response> => fetch(page, { redirect: 'manual' });
  expect((await open()).status).toBe(404);
  await shop.connect(USD);
  const load = callbackOf(await open());
  const [, claims = ''] = (load.searchParams.get('signed_payload_jwt') ?? '').split('.');
  expect(load.origin + load.pathname).toBe(CLIENT.appUrl);
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    aud: CLIENT.clientId,
    sub: `stores/${USD}`,
  });
  await shop.control('PUT', `/login.bigcommerce.com/control/apps/${CLIENT.clientId}/scopes`, {
    scopes: ['store_v2_orders'],
  });
  const asked = await open();
  await shop.sandbox.close();
  expect([asked.status, await asked.text()]).toEqual([200, expect.stringContaining('Orders (modify)')]);
});
