import { type Actor, ERRORS, type Retry } from './errors.js';

const RETRY: Readonly<Record<Retry, string>> = {
  never: 'no',
  backoff: 'later',
  refresh: 'in a moment',
};

const ACTOR: Readonly<Record<Actor, string>> = {
  caller: 'you',
  merchant: 'the merchant',
  operator: 'the operator',
  platform: 'nobody; it passes',
};

/** The table of all error codes as Markdown, one line per code in the order of {@link ERRORS}; ends with a line break. */
export function errorTable(): string {
  const rows = Object.entries(ERRORS).map(([code, { http, retry, actor, advice }]) =>
    row(`<a id="${code}"></a>\`${code}\``, String(http), RETRY[retry], ACTOR[actor], advice),
  );
  return [
    row('Code', 'HTTP', 'Retry', 'Who can act', 'What to do'),
    row('---', '---', '---', '---', '---'),
    ...rows,
  ].join('');
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
}
