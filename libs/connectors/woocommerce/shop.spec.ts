import type { RawAnswer } from '#kit';
import { answeringStore, jsonAnswer } from '#testing';
import { describe, expect, it } from 'vitest';
import { getShop } from './shop.js';
import { woocommerce } from './woocommerce.js';

const EUR = jsonAnswer({ code: 'EUR', name: 'Euro', symbol: '&euro;' });
const STATUS = jsonAnswer({ environment: { store_id: '280f030a-0ee9-4c27-ac54-879bde3ce01e' } });
const INDEX = jsonAnswer({ name: 'Caf&eacute; &amp; Co', gmt_offset: 1, timezone_string: 'Europe/Berlin' });
const BLOCKED: RawAnswer = { status: 403, header: () => undefined, text: '<html>no</html>' };

function read(answers: { currency?: RawAnswer; status?: RawAnswer; index?: RawAnswer }, account = 'example.com/shop') {
  const paths: string[] = [];
  const store = answeringStore(
    woocommerce,
    ({ path }) => {
      paths.push(path);
      if (path.endsWith('current')) return answers.currency ?? EUR;
      return path.endsWith('system_status') ? (answers.status ?? STATUS) : (answers.index ?? INDEX);
    },
    account,
  );
  return { paths, shop: getShop.run(store) };
}

describe('the shop', () => {
  it('is described by three calls', async () => {
    const { paths, shop } = read({});
    expect(await shop).toEqual({
      platformId: '280f030a-0ee9-4c27-ac54-879bde3ce01e',
      name: 'Caf&eacute; & Co',
      domain: 'example.com',
      currency: 'EUR',
      timezone: 'Europe/Berlin',
      grantedScopes: null,
    });
    expect(paths).toEqual(['wp-json/wc/v3/data/currencies/current', 'wp-json/wc/v3/system_status', 'wp-json/']);
  });

  it('goes by its address when a host keeps the rest from us', async () => {
    expect(await read({ status: BLOCKED, index: BLOCKED }).shop).toEqual({
      platformId: 'example.com/shop',
      name: 'example.com',
      domain: 'example.com',
      currency: 'EUR',
      timezone: null,
      grantedScopes: null,
    });
  });

  it('asks nothing more when the key is not accepted', async () => {
    const refused = jsonAnswer({ code: 'woocommerce_rest_cannot_view', message: 'No.' }, {}, 401);
    const { paths, shop } = read({ currency: refused });
    await expect(shop).rejects.toMatchObject({ code: 'credential_revoked' });
    expect(paths).toHaveLength(1);
  });

  it.each([[{ code: 'EURO' }], [{ code: 7 }], [{}], [[]]])('needs a currency: %j', async (body) => {
    await expect(read({ currency: jsonAnswer(body) }).shop).rejects.toMatchObject({ code: 'platform_contract_broken' });
  });

  it('does not hide an error of ours behind an optional call', async () => {
    const store = answeringStore(woocommerce, ({ path }) => {
      if (path.endsWith('current')) return EUR;
      throw new TypeError('a bug');
    });
    await expect(getShop.run(store)).rejects.toThrow('a bug');
  });

  it.each([
    ['', 0, 'UTC'],
    ['', 1, 'Etc/GMT-1'],
    ['', '-5', 'Etc/GMT+5'],
    ['', 5.5, null],
    ['', 99, null],
    [null, null, null],
    ['America/New_York', -5, 'America/New_York'],
  ])('is in the zone %j, or %j hours from UTC', async (timezone_string, gmt_offset, timezone) => {
    expect((await read({ index: jsonAnswer({ name: 'x', timezone_string, gmt_offset }) }).shop).timezone).toBe(
      timezone,
    );
  });
});
