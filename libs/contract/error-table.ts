import { type Actor, ERRORS, type Retry } from './error-codes.js';

const RETRY: Readonly<Record<Retry, string>> = {
  never: 'no',
  backoff: 'later',
  refresh: 'in a moment',
};

const ACTOR: Readonly<Record<Actor, string>> = {
  caller: 'you',
  merchant: 'the merchant',
  operator: 'the operator',
  platform: 'the platform',
};

const HEAD = ['Code', 'HTTP', 'Retry', 'Who can act', 'What to do'];

/** The table of all error codes as Markdown, one line per code in the order of {@link ERRORS}; ends with a line break. */
export function errorTable(): string {
  const rows = Object.entries(ERRORS).map(([code, { http, retry, actor, advice }]) =>
    // The anchor is what the `type` of an error answer points to.
    [`<a id="${code}"></a>\`${code}\``, String(http), RETRY[retry], ACTOR[actor], advice],
  );
  return markdownTable(HEAD, rows);
}

/** A table in Markdown whose columns are padded as formatters of Markdown pad them, so that none changes it. */
export function markdownTable(head: readonly string[], cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map(escaped));
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map(({ length }) => length)),
  );
  const line = (row: readonly string[], filler: string): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0, filler)).join(' | ')} |\n`;
  return [
    line(head, ' '),
    line(
      head.map(() => '-'),
      '-',
    ),
    ...rows.map((row) => line(row, ' ')),
  ].join('');
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
