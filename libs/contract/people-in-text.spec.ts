import { expect, it } from 'vitest';
import { likeness, withoutPeople } from './people-in-text.js';

it.each([
  [
    'An account is already registered with ada@example.com. Log in.',
    'An account is already registered with ***. Log in.',
  ],
  ['"ada+x@müller.example" is taken (call +49 30 123-4567)', '"***" is taken (call ***)'],
  ['to:<ada@a.b.example>,eve@c.example', 'to:<***>,***'],
  ['+14155550100', '***'],
])('case 114: a text without people in it: %s', (text, shown) => {
  expect(withoutPeople(text)).toBe(shown);
});

it.each(['order 1234567890123', '2026-11-22T10:00:00+01:00', '#1001 @ 9.99', 'a @ b', 'GET /v1/orders?x=1', '1+1=2'])(
  'case 114: leaves alone what is nobody: %s',
  (text) => {
    expect(withoutPeople(text)).toBe(text);
  },
);

it('case 114: a likeness says what a value looks like, and not what it is', () => {
  expect(likeness('12,5O EUR')).toBe('99,9a aaa');
  expect(likeness('Ada Müller <ada@example.com>')).toBe('aaa aaaaaa <aaa@aaaaaaa.aaa>');
  expect(likeness('٣x'.repeat(100))).toBe('9a'.repeat(20));
});
