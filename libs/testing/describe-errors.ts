import type { Connector } from '#contract';
import { expect, it } from 'vitest';

/** Bodies that no platform documents and some shop will send. */
export const NONSENSE: readonly unknown[] = [
  undefined,
  null,
  '',
  'text',
  0,
  NaN,
  true,
  [],
  {},
  [null],
  [[]],
  { errors: null },
  { errors: 'x' },
  { errors: [null, 1, 'x', {}, []] },
  { errors: { base: [null] } },
  { error: { message: 7 } },
  { code: {}, message: [], data: null },
  { code: 0, message: null, data: 500 },
  { data: null, extensions: null },
  { extensions: { cost: null } },
  { extensions: { cost: { throttleStatus: 'x' } } },
  Object.create(null),
];

/** What a connector reads out of any answer, whatever it holds. */
export function describeErrors(connector: Connector): void {
  it('finds problems in any body without throwing', () => {
    for (const body of NONSENSE) {
      for (const { code, message } of connector.errors.problems(body)) {
        expect(typeof (code ?? '')).toBe('string');
        expect(typeof (message ?? '')).toBe('string');
      }
    }
  });

  it('reads the budget from any answer without throwing', () => {
    for (const body of NONSENSE) {
      for (const header of [() => undefined, () => '', () => 'x', () => '-1', () => '1/0']) {
        const budget = connector.budget?.(body, header);
        for (const value of Object.values(budget ?? {})) expect(value).toEqual(expect.any(Number));
      }
    }
  });
}
