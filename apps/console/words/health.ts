import type { StoreRow, WhoActs } from '#operator-api';
import type { IconName } from '../parts/icon.js';

/** How serious something is. Each has a colour, and is never told by it alone. */
export type Tone = 'good' | 'bad' | 'warn' | 'wait' | 'still' | 'unknown';

export interface Words {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

type HealthState = StoreRow['health']['state'];

const STATES: Readonly<Record<HealthState, Words>> = {
  healthy: { word: 'Healthy', tone: 'good', icon: 'check' },
  degraded: { word: 'Degraded', tone: 'warn', icon: 'warning' },
  rateLimited: { word: 'Rate limited', tone: 'wait', icon: 'clock' },
  needsReauth: { word: 'Must reconnect', tone: 'bad', icon: 'key' },
  revoked: { word: 'Revoked', tone: 'bad', icon: 'ban' },
  paused: { word: 'Paused', tone: 'still', icon: 'pause' },
};

export const STATE_NAMES = Object.keys(STATES) as readonly HealthState[];

/** What is said where nothing is known: never green by default. */
export const UNKNOWN: Words = { word: 'Unknown', tone: 'unknown', icon: 'question' };

/** How a state is said and shown; one that this console does not know is unknown, with its name. */
export function stateWords(state: string): Words {
  const known = Object.hasOwn(STATES, state) ? STATES[state as HealthState] : undefined;
  return known ?? { ...UNKNOWN, word: `Unknown (${state})` };
}

export interface WhoWords extends Words {
  /** Heading of the group on the first screen. */
  readonly heading: string;
  readonly lead: string;
  /** What is said where the group is empty. */
  readonly none: string;
}

export const WHO: Readonly<Record<WhoActs, WhoWords>> = {
  you: {
    word: 'You',
    tone: 'bad',
    icon: 'hand',
    heading: 'You must act',
    lead: 'Nothing here gets better before an operator does something.',
    none: 'Nothing waits for an operator.',
  },
  merchant: {
    word: 'The merchant',
    tone: 'warn',
    icon: 'shop',
    heading: 'The merchant must act',
    lead: 'Make a link and send it; only the merchant can agree.',
    none: 'No merchant has to do anything.',
  },
  nobody: {
    word: 'Nobody',
    tone: 'wait',
    icon: 'heal',
    heading: 'Nobody: it heals by itself',
    lead: 'The gateway or the platform is at it. Wait.',
    none: 'Nothing is healing.',
  },
};

/** A platform's availability in words. @param share 0 to 1, null without calls */
export function availabilityWords(share: number | null): Words {
  if (share === null) return { word: 'No calls', tone: 'unknown', icon: 'question' };
  if (share >= 0.99) return { word: 'Answers', tone: 'good', icon: 'check' };
  if (share >= 0.9) return { word: 'Falters', tone: 'warn', icon: 'warning' };
  return { word: 'Fails', tone: 'bad', icon: 'cross' };
}
