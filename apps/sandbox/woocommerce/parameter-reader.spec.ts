import { describe, expect, it } from 'vitest';
import { readOrderQuery } from './order-query.js';
import { ParameterReader } from './parameter-reader.js';
import { buildPhpQuery, parsePhpQuery } from '../php-query.js';
import { souq } from './seeds/souq.js';

function readerOf(query: string): ParameterReader {
  const reader = new ParameterReader(parsePhpQuery(query));
  readOrderQuery(reader, souq);
  return reader;
}

describe('ParameterReader', () => {
  // Recorded: captures/woocommerce/err-400-*.json.
  it.each([
    ['page=0', 'page', 'rest_out_of_bounds', 'page must be greater than or equal to 1'],
    ['per_page=0', 'per_page', 'rest_out_of_bounds', 'per_page must be between 1 (inclusive) and 100 (inclusive)'],
    ['per_page=101', 'per_page', 'rest_out_of_bounds', 'per_page must be between 1 (inclusive) and 100 (inclusive)'],
    ['modified_after=yesterday', 'modified_after', 'rest_invalid_date', 'Invalid date.'],
    [
      'status=foo',
      'status',
      'rest_not_in_enum',
      'status[0] is not one of any, trash, auto-draft, pending, processing, on-hold, completed, cancelled, refunded, failed, and checkout-draft.',
    ],
  ])('refuses %s as recorded', (query, name, code, message) => {
    expect(readerOf(query).problem()).toEqual({
      status: 400,
      code: 'rest_invalid_param',
      message: `Invalid parameter(s): ${name}`,
      data: { status: 400, params: { [name]: message }, details: { [name]: { code, message, data: null } } },
    });
  });

  it('names all that is wrong, in the order of the arguments', () => {
    const problem = readerOf('order=up&page=x&include=1,b&per_page[]=3').problem();
    expect(problem?.message).toBe('Invalid parameter(s): page, per_page, include, order');
    expect(problem?.data).toMatchObject({ params: { order: 'order is not one of asc and desc.' } });
  });

  it('writes values back as the links repeat them', () => {
    const { sanitized } = readerOf('dates_are_gmt=true&status=processing,completed&include=62,68&_x=1');
    expect(buildPhpQuery(sanitized)).toBe(
      'dates_are_gmt=1&status%5B0%5D=processing&status%5B1%5D=completed&include%5B0%5D=62&include%5B1%5D=68&_x=1',
    );
  });

  it('ignores what it does not know', () => {
    expect(readerOf('colour=green&_envelope=1').problem()).toBeUndefined();
  });
});
