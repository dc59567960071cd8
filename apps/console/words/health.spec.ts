import { describe, expect, it } from 'vitest';
import { HEALTH_STATES } from '#contract';
import { WHO_ACTS } from '#operator-api';
import { availabilityWords, STATE_NAMES, stateWords, UNKNOWN, WHO } from './health.js';

describe('states in words', () => {
  it('has words of its own for every state of the contract', () => {
    expect([...STATE_NAMES].sort()).toEqual([...HEALTH_STATES].sort());
    const words = HEALTH_STATES.map((state) => stateWords(state));
    // Nothing depends on colour: no two are told by the same word, or the same shape.
    expect(new Set(words.map(({ word }) => word)).size).toBe(HEALTH_STATES.length);
    expect(new Set(words.map(({ icon }) => icon)).size).toBe(HEALTH_STATES.length);
  });

  it('lets nothing but healthy be green', () => {
    const green = HEALTH_STATES.filter((state) => stateWords(state).tone === 'good');
    expect(green).toEqual(['healthy']);
    expect(UNKNOWN.tone).toBe('unknown');
  });

  it.each(['toString', '__proto__', 'brandNew', ''])('does not take %j for a state', (name) => {
    expect(stateWords(name)).toMatchObject({ tone: 'unknown', word: `Unknown (${name})` });
  });
});

it('has words for each who', () => {
  expect(Object.keys(WHO)).toEqual([...WHO_ACTS]);
});

it.each([
  [null, 'unknown'],
  [1, 'good'],
  [0.99, 'good'],
  [0.9899, 'warn'],
  [0.8, 'bad'],
  [0, 'bad'],
])('availability %s is %s', (share, tone) => {
  expect(availabilityWords(share).tone).toBe(tone);
});
