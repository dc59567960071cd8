import { classify } from '#contract';
import { describe, expect, it } from 'vitest';
import { errors, filledIn } from './errors.js';

const code = (status: number, body: unknown, html = false) => classify(errors, { status, body, html });

describe('a message', () => {
  it.each([
    [
      { message: 'Signature method %1 is not supported', parameters: ['HMAC-SHA1'] },
      'Signature method HMAC-SHA1 is not supported',
    ],
    [{ message: '"%fieldName" is required.', parameters: { fieldName: 'customer' } }, '"customer" is required.'],
    [
      { message: 'No such entity with %fieldName = %fieldValue', parameters: { fieldName: 'id', fieldValue: 7 } },
      'No such entity with id = 7',
    ],
    [{ message: '%1 of %2 and %10', parameters: ['a', 'b'] }, 'a of b and %10'],
    [{ message: '100 % sure', parameters: [] }, '100 % sure'],
    [{ message: '%constructor %__proto__', parameters: {} }, '%constructor %__proto__'],
    [{ message: '%1', parameters: ['%2', 'x'] }, '%2'],
  ])('%j has its placeholders filled in', (body, text) => {
    expect(filledIn(body as Parameters<typeof filledIn>[0])).toBe(text);
    expect(errors.problems(body)[0]?.message).toBe(text);
  });

  it('names the field it is about, and those of further errors', () => {
    const body = {
      message: 'One or more input exceptions have occurred.',
      errors: [
        { message: '"%fieldName" is required. Enter and try again.', parameters: { fieldName: 'email' } },
        { message: '"%fieldName" is required. Enter and try again.', parameters: { fieldName: 'firstname' } },
        null,
      ],
    };
    expect(errors.problems(body)).toEqual([
      { message: 'One or more input exceptions have occurred.' },
      { message: '"email" is required. Enter and try again.', field: 'email' },
      { message: '"firstname" is required. Enter and try again.', field: 'firstname' },
    ]);
  });

  it('of a fault is found in its other shape', () => {
    const body = {
      messages: { error: [{ code: 500, message: 'Server internal error. See details in report api/1' }] },
    };
    expect(errors.problems(body)).toEqual([
      { code: '500', message: 'Server internal error. See details in report api/1' },
    ]);
    expect(code(500, body)).toBe('platform_unavailable');
  });
});

it('of a token endpoint is a form', () => {
  const text = 'oauth_problem=Specified+token+does+not+exist';
  expect(errors.problems(text)).toEqual([{ code: 'oauth_problem', message: 'Specified token does not exist' }]);
  expect(code(401, text, true)).toBe('credential_revoked');
  expect(errors.problems('<html>oauth_problem=x</html>')).toEqual([]);
});

const denied = (resources: string) => ({
  message: "The consumer isn't authorized to access %resources.",
  parameters: { resources },
});
const said = (text: string) => ({ message: text });

describe('a refusal', () => {
  it.each([
    [401, denied('Magento_Sales::actions_view'), 'platform_scope_missing'],
    // Who may not even read the shop may do nothing: the token is gone, or not taken by itself.
    [401, denied('Magento_Backend::store'), 'credential_revoked'],
    [401, said('Specified token does not exist'), 'credential_revoked'],
    [401, said('Access token has been revoked'), 'credential_revoked'],
    [401, said('The signature is invalid. Verify and try again.'), 'credential_revoked'],
    [401, said('A consumer having the specified key does not exist'), 'credential_revoked'],
    [401, said('The nonce is already being used by the consumer with ID 1'), 'platform_unavailable'],
    [401, said('An error occurred validating the nonce'), 'platform_unavailable'],
    [400, said('Incorrect timestamp value in the oauth_timestamp parameter'), 'platform_unavailable'],
    [400, said('A customer with the same email address already exists in an associated website.'), 'conflict'],
    [404, said('Request does not match any route.'), 'store_closed'],
    [404, said("The entity that was requested doesn't exist. Verify the entity and try again."), 'not_found'],
    [400, said('A hold action is not available.'), 'request_rejected'],
    [405, said('The PATCH HTTP method is not supported.'), 'request_rejected'],
    [429, said('Too Many Requests'), 'platform_rate_limited'],
    [
      500,
      said('Internal Error. Details are available in Magento log file. Report ID: webapi-6b03'),
      'platform_unavailable',
    ],
  ])('%i %j', (status, body, expected) => {
    expect(code(status, body)).toBe(expected);
  });

  it.each([
    [503, 'platform_unavailable'],
    [504, 'platform_timeout'],
    [401, 'platform_blocked'],
    [403, 'platform_blocked'],
    [302, 'platform_blocked'],
    [404, 'platform_blocked'],
    [200, 'platform_blocked'],
    [429, 'platform_rate_limited'],
  ])('with a page and %i', (status, expected) => {
    expect(code(status, undefined, true)).toBe(expected);
  });
});
