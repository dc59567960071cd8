import { hostname } from 'node:os';
import { GatewayError, Secret } from '#contract';
import { describe, expect, it } from 'vitest';
import { createLogger, type Logger } from './logger.js';
import { nestLogger } from './nest-logger.js';

const CANARY = 'canary7Yq2Zk9Lm4Xw8Vb1';

function recording(): { logger: Logger; line: () => Record<string, unknown>; text: () => string } {
  let text = '';
  const logger = createLogger('test', 'debug', { write: (line) => void (text += line) });
  return { logger, text: () => text, line: () => JSON.parse(text) as Record<string, unknown> };
}

function logged(...args: readonly unknown[]): string {
  const { logger, text } = recording();
  // A caller may pass anything at run time.
  Reflect.apply(logger.warn, logger, args);
  expect(text()).toMatch(/^\{.*\}\n$/);
  return text();
}

/** An error as HTTP clients throw it, with all of the exchange hung on it. */
function clientError(message = 'Request failed with status code 401'): Error {
  const headers = { Authorization: `Bearer ${CANARY}`, 'X-Shop-Access-Token': CANARY };
  return Object.assign(new Error(message), {
    code: 'ERR_BAD_REQUEST',
    config: { headers, auth: { username: 'u', password: CANARY }, data: `{"refresh_token":"${CANARY}"}` },
    request: { _header: `GET / HTTP/1.1\r\nAuthorization: Basic ${CANARY}` },
    response: { data: { access_token: CANARY }, headers: { 'set-cookie': [CANARY] } },
  });
}

describe('a log line', () => {
  it('is one JSON text with name, level and an instant in UTC', () => {
    const { logger, line } = recording();
    logger.info({ storeId: 's', attempts: 2, at: new Date(0), none: null, big: 10n }, 'a\r\nb');
    expect(line()).toEqual({
      level: 30,
      pid: process.pid,
      hostname: hostname(),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      name: 'test',
      storeId: 's',
      attempts: 2,
      at: '1970-01-01T00:00:00.000Z',
      none: null,
      big: '10',
      msg: 'a\r\nb',
    });
  });

  it('says of an error what went wrong, with code, stack and causes', () => {
    const below = Object.assign(new TypeError('below'), { code: 'ECONNRESET' });
    const { logger, line } = recording();
    logger.error({ err: new GatewayError('platform_unavailable', 'It is down.', { cause: below }) }, 'failed');
    expect(line()['err']).toMatchObject({
      type: 'GatewayError',
      code: 'platform_unavailable',
      message: 'It is down.',
      stack: expect.stringContaining('logger.spec') as string,
      cause: { type: 'TypeError', message: 'below', code: 'ECONNRESET' },
    });
  });

  it('case 114: names nobody, whoever said it', () => {
    const cause = new Error('An account is already registered with ada@example.com');
    const err = new Error('refused: +49 30 1234567', { cause });
    const text = logged({ err, said: ['to ada@example.com'] }, 'ada@example.com');
    expect(text).not.toMatch(/ada@|1234567/);
    expect(text).toContain('already registered with ***');
  });

  it('tells its error apart when that is all there is', () => {
    const { logger, line } = recording();
    logger.error(new RangeError('out of range'));
    expect(line()).toMatchObject({ msg: 'out of range', err: { type: 'RangeError', message: 'out of range' } });
  });

  it('of a request has its method and path, of an answer its status, and nothing else', () => {
    const { logger, line } = recording();
    const req = {
      id: 'r1',
      method: 'GET',
      url: `/v1/orders?cursor=${CANARY}`,
      headers: { cookie: CANARY },
      body: CANARY,
    };
    logger.info({ req, res: { statusCode: 404, body: CANARY } });
    expect(line()).toMatchObject({ req: { id: 'r1', method: 'GET', path: '/v1/orders' }, res: { status: 404 } });
    expect(JSON.stringify(line())).not.toContain(CANARY);
  });

  it('keeps what is no secret, though its name sounds like one', () => {
    const fields = {
      tokenSeconds: 60,
      tokens: 3,
      hasSecret: true,
      secret: null,
      token: undefined,
      code: 'platform_timeout',
      keyId: 'k',
      state: 'active',
    };
    const { logger, line } = recording();
    logger.info(fields, 'token renewed: the secret of a good tea');
    expect(line()).toMatchObject({
      tokenSeconds: 60,
      tokens: 3,
      hasSecret: true,
      secret: null,
      code: 'platform_timeout',
      keyId: 'k',
      state: 'active',
    });
    expect(line()['msg']).toBe('token renewed: the secret of a good tea');
  });
});

describe('a secret never reaches a log line', () => {
  const token = `tok_${CANARY}`;
  const deep = (value: unknown): unknown => ({ a: { b: { c: { d: value } } } });

  it.each<[string, readonly unknown[]]>([
    ['as a Secret', [{ value: new Secret(CANARY) }]],
    [
      'by its name',
      [{ accessToken: CANARY, refresh_token: CANARY, clientSecret: CANARY, password: CANARY, apiKey: CANARY }],
    ],
    [
      'by its name in any spelling',
      [
        {
          Authorization: CANARY,
          'X-Shop-Access-Token': CANARY,
          'SET-COOKIE': [CANARY],
          hmac: CANARY,
          consumer_key: CANARY,
        },
      ],
    ],
    ['four levels down', [deep({ token: CANARY })]],
    ['in a list', [{ list: [{ secret: { nested: CANARY } }] }]],
    ['deeper than is looked at', [deep(deep(deep(CANARY)))]],
    [
      'in an object of a class',
      [
        {
          holder: new (class Holder {
            readonly value = CANARY;
          })(),
        },
      ],
    ],
    ['in bytes', [{ bytes: Buffer.from(CANARY), more: new Uint8Array(Buffer.from(CANARY)) }]],
    ['in a Map', [{ map: new Map([['x', CANARY]]) }]],
    ['on an error of a client', [{ err: clientError() }, 'failed']],
    ['on an error alone', [clientError()]],
    ['on an error under another name', [{ problem: clientError(), problems: [clientError()] }]],
    ['on causes', [{ err: new Error('a', { cause: new Error('b', { cause: clientError() }) }) }]],
    ['as a cause that is no error', [{ err: new Error('a', { cause: { headers: { authorization: CANARY } } }) }]],
    ['in what only looks like an error', [{ err: { message: `Bearer ${CANARY}` } }]],
    ['thrown without an error', [{ err: { token: CANARY } }]],
    [
      'in the message of an error',
      [{ err: new Error(`GET https://u:${CANARY}@shop.example.com/x?code=${CANARY}#${CANARY} failed`) }],
    ],
    ['in the message of an error alone', [new Error(`connect to postgres://app:${CANARY}@127.0.0.1:5432/db`)]],
    [
      'in an address',
      [{ url: `https://shop.example.com/cb?hmac=${CANARY}`, other: new URL(`https://a.example.com/?state=${CANARY}`) }],
    ],
    ['in words', [`callback https://shop.example.com/cb?code=${CANARY} came`]],
    ['in words behind fields', [{ a: 1 }, `sent Authorization: Bearer ${CANARY}`]],
    ['in interpolated words', ['sent %s', `Basic ${CANARY}`]],
    [
      'in a body that is quoted',
      [{ err: new Error(`unexpected answer {"access_token":"${CANARY}","refresh_token": "${CANARY}"}`) }],
    ],
    ['in a form that is quoted', [`grant_type=refresh_token&refresh_token=${CANARY}&client_secret=${CANARY}`]],
    ['as a key that says what it is', [`the key ssk_live_${CANARY} and ${token} and sso_${CANARY}`]],
    ['in a connect link', [{ req: { url: `/connect/${CANARY}/keys` }, at: `/connect/keys/${CANARY}` }]],
    ['in a sign-in link', [{ req: { url: `/ops/link/${CANARY}` } }]],
  ])('%s', (_, args) => {
    expect(logged(...args)).not.toContain(CANARY);
  });
});

describe('what cannot be printed', () => {
  it('is cut, and ends', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const looped = new Error('loop');
    looped.cause = looped;
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (__, at) => [`k${at}`, 'x'.repeat(100)]));
    expect(logged({ circle, err: looped }).length).toBeLessThan(40_000);
    expect(logged({ wide }).length).toBeLessThan(20_000);
    expect(logged({ text: 'x'.repeat(10_000_000), err: new Error('y'.repeat(10_000_000)) }).length).toBeLessThan(
      20_000,
    );
    expect(
      logged({ list: Array.from({ length: 100_000 }, () => 1), call: () => 1, nothing: Object.create(null) as object }),
    ).toContain('"nothing":{}');
  });

  it('takes no time that grows with its square', () => {
    const nasty = [
      'a'.repeat(1_000_000),
      'https://'.repeat(100_000),
      '://@'.repeat(100_000),
      'Bearer '.repeat(100_000),
      '_'.repeat(1_000_000),
    ];
    expect(nasty.map((text) => logged({ text }, text).length < 20_000)).toEqual(nasty.map(() => true));
  });
});

it("prints Nest's own messages, and its routes only for who debugs", () => {
  const { logger, line } = recording();
  nestLogger(logger).warn(`token ssk_live_${CANARY}`, 'Injector');
  expect(line()).toMatchObject({ level: 40, context: 'Injector', msg: 'token [secret]' });
  const routes = recording();
  nestLogger(routes.logger).log('Mapped {/x, GET}', 'Router');
  expect(routes.line()).toMatchObject({ level: 20 });
});
