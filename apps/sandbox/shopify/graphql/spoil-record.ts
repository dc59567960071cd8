/** A record's fields that hold something a reader has to understand, and what they become. */
const SPOILT: Readonly<Record<string, unknown>> = {
  createdAt: 'a while ago',
  updatedAt: null,
  totalPriceSet: { shopMoney: { amount: 'a lot', currencyCode: 'COINS' }, presentmentMoney: null },
  lineItems: 'many',
};

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function listOf(value: unknown, name: string): readonly unknown[] | undefined {
  const list = memberOf(value, name);
  return Array.isArray(list) ? list : undefined;
}

function rowsOf(value: unknown): readonly unknown[] | undefined {
  return listOf(value, 'nodes') ?? listOf(value, 'edges')?.map((edge) => memberOf(edge, 'node'));
}

/** The rows of the first page in an answer, or undefined when it holds no page with rows. */
export function pageRows(data: unknown): readonly unknown[] | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  return Object.values(data)
    .map(rowsOf)
    .find((rows) => rows !== undefined && rows.length > 0);
}

/** Spoils the middle row in place; its id stays, so that a reader can name what it could not read. */
export function spoilRow(rows: readonly unknown[]): void {
  const row = rows[Math.floor(rows.length / 2)];
  if (typeof row !== 'object' || row === null) return;
  for (const [field, value] of Object.entries(SPOILT)) if (field in row) Reflect.set(row, field, value);
}
