import { RestFailure } from './answer.js';

type Value = string | number | boolean | null | readonly (string | number)[] | undefined;

/** What a list can be asked for by: the parameter's name without its operator, and where the value is. */
export type Fields<Row> = Readonly<Record<string, (row: Row) => Value>>;

const DATE = /^\d{4}-\d\d-\d\d/;

/** docs: a date without a time means the current time of day on that date. */
function momentIn(text: string, now: number): number {
  const timed = /[T ]\d\d:/.test(text) ? text : `${text}T${new Date(now).toISOString().slice(11)}`;
  const moment = Date.parse(timed.replace(' ', '+'));
  if (Number.isNaN(moment)) throw new RestFailure(422, 'The filter(s) are not valid.', { date: 'invalid' });
  return moment;
}

function compare(value: Value, text: string, now: number): number {
  if (typeof value === 'string' && DATE.test(value)) return Date.parse(value) - momentIn(text, now);
  return Number(value) - Number(text);
}

const same = (value: Value, text: string): boolean =>
  Array.isArray(value)
    ? value.map(String).includes(text)
    : String(value ?? '').toLowerCase() === text.toLowerCase() ||
      (typeof value === 'boolean' && String(Number(value)) === text);

const anyOf = (value: Value, text: string): boolean => text.split(',').some((one) => same(value, one.trim()));

const OPERATORS: Readonly<Record<string, (value: Value, text: string, now: number) => boolean>> = {
  '': same,
  in: anyOf,
  not_in: (value, text) => !anyOf(value, text),
  min: (value, text, now) => compare(value, text, now) >= 0,
  max: (value, text, now) => compare(value, text, now) <= 0,
  greater: (value, text, now) => compare(value, text, now) > 0,
  less: (value, text, now) => compare(value, text, now) < 0,
  like: (value, text) =>
    String(value ?? '')
      .toLowerCase()
      .includes(text.toLowerCase().replaceAll('%', '')),
};

/** docs: V3 filters, `name`, `name:in`, `name:min` and so on; unknown ones are passed over. */
export function filterRows<Row>(
  rows: readonly Row[],
  query: URLSearchParams,
  fields: Fields<Row>,
  now: number,
): readonly Row[] {
  const tests = [...query].flatMap(([parameter, text]) => {
    const [name = '', operator = ''] = parameter.split(':');
    const [read, holds] = [fields[name], OPERATORS[operator]];
    if (read === undefined || holds === undefined || text === '') return [];
    return [(row: Row) => holds(read(row), text, now)];
  });
  return rows.filter((row) => tests.every((test) => test(row)));
}

/** Sorts by one of the fields; equal rows keep the order of their ids. */
export function sortRows<Row extends { readonly id: number }>(
  rows: readonly Row[],
  field: string,
  direction: string,
  fields: Fields<Row>,
): readonly Row[] {
  const read = fields[field];
  if (read === undefined) throw new RestFailure(422, 'The sort is not valid.', { sort: 'invalid' });
  const sign = direction === 'desc' ? -1 : 1;
  return rows.toSorted((left, right) => {
    const [a, b] = [read(left) ?? '', read(right) ?? ''];
    if (a === b) return left.id - right.id;
    return a < b ? -sign : sign;
  });
}
