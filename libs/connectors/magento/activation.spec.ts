import { GatewayError, type OutgoingRequest, Secret } from '#contract';
import { describe, expect, it } from 'vitest';
import { activation } from './activation.js';
import { locate } from './address.js';
import { accessToken } from './auth.js';

const letters = (letter: string) => letter.repeat(32);
// Of the form of captures/magento/consent-1-activation-callback, whose values are redacted.
const POSTED = {
  oauth_consumer_key: letters('a'),
  oauth_consumer_secret: letters('b'),
  store_base_url: 'https://shop.example.com/',
  oauth_verifier: letters('c'),
};
const address = { account: 'shop.example.com', apiRoot: new URL('https://shop.example.com/de/index.php/') };
const { keys } = activation.receive(POSTED, address);

describe('the keys a shop posts', () => {
  it('are taken with the address it gives itself, as it is', () => {
    expect(keys.kind).toBe('activation');
    expect([keys.consumerKey, keys.consumerSecret, keys.verifier].map((secret) => secret.expose())).toEqual([
      letters('a'),
      letters('b'),
      letters('c'),
    ]);
    const at = (url: string, named = address) => activation.receive({ ...POSTED, store_base_url: url }, named).address;
    expect(at('https://shop.example.com/de/index.php/')).toEqual({ ...address, account: 'shop.example.com/de' });
    expect(at('http://127.0.0.1:8082/').apiRoot.href).toBe('http://127.0.0.1:8082/');
    expect(at('https://shop.example.com/', { ...address, account: 'shop.example.com/de#de' })).toEqual({
      account: 'shop.example.com#de',
      apiRoot: new URL('https://shop.example.com/'),
    });
  });

  it.each([
    [{}],
    [null],
    ['oauth_consumer_key=x'],
    [{ ...POSTED, oauth_verifier: undefined }],
    [{ ...POSTED, oauth_consumer_key: 'short' }],
    [{ ...POSTED, oauth_consumer_secret: `${letters('b')}\r\nx: 1` }],
    [{ ...POSTED, store_base_url: 'javascript:alert(1)' }],
    [{ ...POSTED, store_base_url: 'https://user@evil.example.net/' }],
  ])('are refused as %j', (body) => {
    expect(() => activation.receive(body, address)).toThrow(
      expect.objectContaining({ code: 'connect_callback_invalid' }),
    );
  });
});

/** A shop that answers the two requests for a token, and what it was sent. */
function shopThat(...answers: readonly { readonly status: number; readonly text: string }[]) {
  const sent: OutgoingRequest[] = [];
  const send = (request: OutgoingRequest) => {
    sent.push(request);
    return Promise.resolve(answers[sent.length - 1] ?? { status: 500, text: '' });
  };
  let nonce = 0;
  const moment = () => ({ timestamp: 1_700_000_000, nonce: `nonce-${(nonce += 1)}` });
  return { sent, activate: () => activation.activate(address, keys, send, moment) };
}

const token = (letter: string, secret: string) => ({
  status: 200,
  text: `oauth_token=${letters(letter)}&oauth_token_secret=${letters(secret)}`,
});

describe('activation', () => {
  it('trades the keys for a request token, and that with the verifier for the token', async () => {
    const shop = shopThat(token('r', 's'), token('t', 'u'));
    const credentials = await shop.activate();
    expect(
      [credentials.consumerKey, credentials.consumerSecret, credentials.token, credentials.tokenSecret].map((one) =>
        one.expose(),
      ),
    ).toEqual(['a', 'b', 't', 'u'].map(letters));
    expect(shop.sent.map(({ method, url, body }) => [method, url.href, body])).toEqual([
      ['POST', 'https://shop.example.com/de/index.php/oauth/token/request', undefined],
      ['POST', 'https://shop.example.com/de/index.php/oauth/token/access', undefined],
    ]);
    const [first = '', second = ''] = shop.sent.map(({ headers }) => headers['authorization']);
    expect(first).not.toMatch(/oauth_token=|oauth_verifier=/);
    expect(second).toContain(`oauth_token="${letters('r')}"`);
    expect(second).toContain(`oauth_verifier="${letters('c')}"`);
    // A nonce that comes twice is refused.
    expect([first, second].map((header) => /oauth_nonce="([^"]+)"/.exec(header)?.[1])).toEqual(['nonce-1', 'nonce-2']);
  });

  it.each([
    // Recorded: consent-err-verifier-reused.
    [{ status: 401, text: 'oauth_problem=Specified+token+does+not+exist' }, 'Specified token does not exist'],
    [{ status: 401, text: 'oauth_problem=Consumer%20key%20has%20expired' }, 'Consumer key has expired'],
    [{ status: 503, text: '<html><body>Maintenance</body></html>' }, '503'],
    [{ status: 200, text: 'oauth_token=&oauth_token_secret=' }, 'without a token'],
    [{ status: 500, text: '' }, '500'],
  ])('that is refused with %j says so', async (answer, words) => {
    const error: unknown = await shopThat(token('r', 's'), answer)
      .activate()
      .catch((thrown: unknown) => thrown);
    if (!GatewayError.is(error, 'connect_callback_invalid')) throw error;
    expect(error.message).toContain(words);
    for (const letter of ['a', 'b', 'c', 'r', 's']) expect(error.message).not.toContain(letters(letter));
  });

  it('gives the window back only to a page', () => {
    const back = (value: string) => activation.windowReturn(new URLSearchParams({ success_call_back: value }))?.href;
    expect(back('https://shop.example.com/admin/integration/loginSuccessCallback/')).toBe(
      'https://shop.example.com/admin/integration/loginSuccessCallback/',
    );
    for (const none of ['', 'javascript:alert(1)', '/admin', 'data:text/html,x']) expect(back(none)).toBeUndefined();
  });

  it('tells each of our addresses in a step of its own', () => {
    for (const name of ['{app}', '{callback}', '{identity}'])
      expect(activation.steps.filter((step) => step.includes(name))).toHaveLength(1);
  });
});

describe('the address of a shop', () => {
  it.each([
    ['shop.example.com', 'https://shop.example.com/', 'shop.example.com'],
    ['https://shop.example.com/rest/V1/orders?x=1', 'https://shop.example.com/', 'shop.example.com'],
    ['https://shop.example.com/rest/all/V1', 'https://shop.example.com/', 'shop.example.com'],
    [
      'https://shop.example.com/admin_1a2b3c/admin/dashboard/index/key/0a/',
      'https://shop.example.com/',
      'shop.example.com',
    ],
    ['https://shop.example.com/index.php/admin/', 'https://shop.example.com/index.php/', 'shop.example.com'],
    ['https://shop.example.com/sub/index.php', 'https://shop.example.com/sub/index.php/', 'shop.example.com/sub'],
    ['https://shop.example.com/sub/tea-cup.html', 'https://shop.example.com/sub/', 'shop.example.com/sub'],
    ['http://127.0.0.1:8082/customer/account/login', 'http://127.0.0.1:8082/', '127.0.0.1:8082'],
    [
      'https://shop.example.com/administration',
      'https://shop.example.com/administration/',
      'shop.example.com/administration',
    ],
  ])('is found in %s', (typed, apiRoot, account) => {
    expect(locate({ storeUrl: typed })).toEqual({ account, apiRoot: new URL(apiRoot) });
  });
});

describe('a store view', () => {
  const at = (storeView: string) => locate({ storeUrl: 'https://shop.example.com/sub', storeView });

  it('makes its shop another one, at the same address', () => {
    expect(at(' ch_fr ')).toEqual({
      account: 'shop.example.com/sub#ch_fr',
      apiRoot: new URL('https://shop.example.com/sub/'),
    });
    expect(at('').account).toBe('shop.example.com/sub');
  });

  it.each(['1de', 'de-ch', 'de/../all', '_de', 'de#fr'])('has no such code as %s', (code) => {
    expect(() => at(code)).toThrow(
      expect.objectContaining({
        code: 'request_invalid',
        context: expect.objectContaining({ fields: [expect.objectContaining({ path: 'storeView' })] }) as unknown,
      }),
    );
  });
});

it('sends a token alone as Bearer', () => {
  const request = { method: 'GET', url: new URL('https://shop.example.com/rest/V1/orders'), headers: {} };
  const credentials = { kind: 'token', accessToken: new Secret(letters('t')), webhookSecret: null } as const;
  expect(accessToken.sign(request, credentials, { timestamp: 0, nonce: '' }).headers).toEqual({
    authorization: `Bearer ${letters('t')}`,
  });
});
