import { describe, expect, it } from 'vitest';
import { meaningOf, numbersOf, paymentOf, STATUS_NUMBERS } from './order-status.js';

describe('the statuses of an order', () => {
  it('are the fifteen there are, and every one is found again by what it means', () => {
    expect(STATUS_NUMBERS).toEqual(Array.from({ length: 15 }, (_, number) => number));
    for (const number of STATUS_NUMBERS) expect(numbersOf(meaningOf(number).order)).toContain(number);
  });

  it.each([
    ['open', [1, 3, 7, 8, 9, 11, 12, 13, 14]],
    ['completed', [2, 4, 10]],
    ['canceled', [5, 6]],
    ['archived', []],
    ['other', [0]],
  ] as const)('that mean %s are %j', (status, numbers) => {
    expect(numbersOf(status)).toEqual(numbers);
  });

  it('that are new to us mean nothing', () => {
    expect(meaningOf(15)).toEqual({ order: 'other', payment: 'other' });
  });
});

describe('the payment of an order', () => {
  const order = (payment_status: string | null, status_id = 11) => ({ status_id, payment_status });

  it.each([
    ['authorized', 'authorized'],
    ['captured', 'paid'],
    ['capture pending', 'authorized'],
    ['declined', 'failed'],
    ['held for review', 'pending'],
    ['paid', 'paid'],
    ['partially refunded', 'partiallyRefunded'],
    ['pending', 'pending'],
    ['refunded', 'refunded'],
    ['void', 'voided'],
    ['void pending', 'authorized'],
    ['in another way', 'other'],
  ])('that is %s is %s', (word, status) => {
    expect(paymentOf(order(word), 'none')).toBe(status);
  });

  it('is what its status means where nothing is said of it', () => {
    expect([7, 11, 6, 14].map((number) => paymentOf(order(null, number), 'none'))).toEqual([
      'pending',
      'paid',
      'failed',
      'partiallyRefunded',
    ]);
  });

  it('is what was given back before all that', () => {
    expect(paymentOf(order('captured'), 'some')).toBe('partiallyRefunded');
    expect(paymentOf(order('captured'), 'all')).toBe('refunded');
  });
});
