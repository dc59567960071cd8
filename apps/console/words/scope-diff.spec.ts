import { expect, it } from 'vitest';
import { scopeRows } from './scope-diff.js';

it('tells what is lost and missing first, each scope once', () => {
  const rows = scopeRows({
    wanted: ['read_orders', 'write_orders', 'read_products', 'read_products'],
    granted: ['read_orders', 'read_locations'],
    lost: ['write_orders', 'read_orders'],
    access: ['read:orders'],
  });
  expect(rows).toEqual([
    { scope: 'write_orders', state: 'lost' },
    { scope: 'read_products', state: 'missing' },
    { scope: 'read_orders', state: 'granted' },
    { scope: 'read_locations', state: 'extra' },
  ]);
});

it('has nothing to say of nothing', () => {
  expect(scopeRows({ wanted: [], granted: [], lost: [], access: [] })).toEqual([]);
});

it('does not compare scopes of ours with words of a platform that has none', () => {
  const rows = scopeRows({ wanted: ['read:orders'], granted: ['read'], lost: [], access: ['read:orders'] });
  expect(rows).toEqual([{ scope: 'read', state: 'granted' }]);
});
