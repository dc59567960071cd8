import type { ReplayResult } from './replay-exchange.js';

/** A result with the name of what it came from. */
export type Replayed = ReplayResult & { readonly file: string };

export interface Summary {
  readonly exchanges: number;
  readonly records: number;
  readonly quarantined: number;
  readonly errors: number;
  readonly noOperation: number;
  readonly sentence: string;
}

/** One line for each outcome; a page that was mapped in part has a line for what was, and one for each record that was not. */
export function linesOf(replayed: Replayed): readonly string[] {
  return outcomesOf(replayed).map((outcome) => withoutControls(`${replayed.file}: ${outcome}`));
}

function outcomesOf(replayed: Replayed): readonly string[] {
  switch (replayed.outcome) {
    case 'noOperation':
      return ['no operation'];
    case 'error':
      return [`error: ${replayed.code} (${replayed.message})`];
    case 'read': {
      const { records, quarantined } = replayed;
      const mapped =
        records.length > 0 || quarantined.length === 0 ? [`mapped (${count(records.length, 'record')})`] : [];
      return [
        ...mapped,
        ...quarantined.map(({ platformId, reason }) => `quarantined: ${platformId ?? 'no id'}: ${reason}`),
      ];
    }
  }
}

export function summaryOf(all: readonly Replayed[]): Summary {
  const read = all.flatMap((replayed) => (replayed.outcome === 'read' ? [replayed] : []));
  const records = read.reduce((sum, replayed) => sum + replayed.records.length, 0);
  const quarantined = read.reduce((sum, replayed) => sum + replayed.quarantined.length, 0);
  const errors = all.filter(({ outcome }) => outcome === 'error').length;
  const noOperation = all.filter(({ outcome }) => outcome === 'noOperation').length;
  const sentence = [
    `${count(all.length, 'exchange')}: ${count(records, 'record')} mapped`,
    `${quarantined} quarantined`,
    count(errors, 'error'),
    `${noOperation} without an operation`,
  ].join(', ');
  return { exchanges: all.length, records, quarantined, errors, noOperation, sentence };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Recorded text could otherwise move the cursor of the terminal it is printed on, or forge a line. */
export function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
