import { num, type Row, text } from '../row.js';
import { idIn, objectIn, type RestCall, type RestRoute, snakeKeys } from '../rest/rest-call.js';
import { noSuch, RestError } from '../rest/rest-error.js';
import { searchPage } from '../rest/search.js';

/** Two tables of the same kind: what the entity is called, its key and what a new one begins with. */
interface Kind {
  readonly table: 'salesRules' | 'coupons';
  readonly member: string;
  readonly key: string;
  readonly sequence: string;
}

const RULE: Kind = { table: 'salesRules', member: 'rule', key: 'rule_id', sequence: 'rule' };
const COUPON: Kind = { table: 'coupons', member: 'coupon', key: 'coupon_id', sequence: 'coupon' };

function rowOf(call: RestCall, { table, key }: Kind): Row {
  const id = idIn(call);
  const row = call.data.tables[table].find((one) => one[key] === id);
  if (!row) throw noSuch('id', id);
  return row;
}

function save(call: RestCall, kind: Kind, known?: Row): Row {
  const given = snakeKeys(objectIn(call, kind.member));
  const code = text(given, 'code');
  const isTaken = call.data.tables.coupons.some(
    (one) => one !== known && code !== '' && text(one, 'code').toLowerCase() === code.toLowerCase(),
  );
  // Recorded: coupon-create-duplicate.json.
  if (kind === COUPON && isTaken) throw new RestError(400, '%1 already exists.', ['Coupon with the same code']);
  const row = known ?? { [kind.key]: call.data.next(kind.sequence), times_used: 0 };
  const id = num(row, kind.key);
  Object.assign(row, given, { [kind.key]: id });
  if (!known) call.data.tables[kind.table].push(row);
  return row;
}

function remove(call: RestCall, kind: Kind): boolean {
  const rows = call.data.tables[kind.table];
  rows.splice(rows.indexOf(rowOf(call, kind)), 1);
  return true;
}

const QUOTE = 'Magento_SalesRule::quote';

function routesOf(kind: Kind, path: string): RestRoute[] {
  return [
    {
      method: 'GET',
      path: `${path}/search`,
      resource: QUOTE,
      answer: (call) =>
        searchPage(call, { rows: call.data.tables[kind.table], columns: ['description', 'code', 'expiration_date'] }),
    },
    { method: 'POST', path, resource: QUOTE, answer: (call) => save(call, kind) },
    { method: 'GET', path: `${path}/:id`, resource: QUOTE, answer: (call) => rowOf(call, kind) },
    { method: 'PUT', path: `${path}/:id`, resource: QUOTE, answer: (call) => save(call, kind, rowOf(call, kind)) },
    { method: 'DELETE', path: `${path}/:id`, resource: QUOTE, answer: (call) => remove(call, kind) },
  ];
}

/** Cart price rules and their coupons. */
export const promotionRoutes: readonly RestRoute[] = [
  ...routesOf(RULE, '/V1/salesRules'),
  ...routesOf(COUPON, '/V1/coupons'),
];
