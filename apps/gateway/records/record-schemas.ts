import { z } from 'zod';
import { type OperationShape, references, type RecordKind, SORTS } from '#contract';
import { cursor, include, limit, storeParameter } from '../routes/query-schemas.js';
import type { RecordRoute } from './record-routes.js';

const flag = z
  .enum(['true', 'false'])
  .optional()
  .transform((text) => text === 'true');

const place = { id: z.string(), storeId: z.string(), platform: z.string() };
const raw = z.json().optional().meta({ description: "The platform's own payload, with include=raw." });

const quarantined = z
  .array(
    z.object({ storeId: z.string(), platformId: z.string().nullable(), reason: z.string(), raw: z.json().optional() }),
  )
  .meta({ description: 'Records of this page that could not be trusted, and why.' });

const freshness = z.object({
  mode: z.literal('live'),
  oldestAsOf: z.iso.datetime(),
  stores: z.number(),
  stale: z.number(),
  worst: z.array(z.object({ storeId: z.string(), asOf: z.iso.datetime() })),
});

const lost = z.array(z.object({ path: z.string(), why: z.string() }));

/** What `dryRun=true` answers. */
export const writePlan = z
  .object({
    dryRun: z.literal(true),
    written: z.array(z.string()).meta({ description: 'Paths of the fields that would be written as they are.' }),
    ignored: lost.meta({ description: 'Fields that this platform does not take, and why.' }),
    changed: lost.meta({ description: 'Fields that would be stored in another form, and how.' }),
  })
  .meta({ id: 'WritePlan' });

const dropped = z
  .array(z.object({ path: z.string(), fate: z.enum(['ignored', 'changed']), why: z.string() }))
  .meta({ description: 'What was sent and is not stored as it was sent.' });

const NAMES: Readonly<Record<RecordKind, string>> = {
  order: 'Order',
  fulfillment: 'FulfillmentRecord',
  refund: 'RefundRecord',
  return: 'Return',
  transaction: 'Transaction',
  product: 'Product',
  variant: 'Variant',
  inventoryLevel: 'InventoryLevel',
  location: 'Location',
  customer: 'Customer',
  address: 'CustomerAddress',
  category: 'Category',
  coupon: 'Coupon',
  cart: 'Cart',
};

const answers = new Map<RecordKind, z.ZodObject>();

/** A record as the API answers it. */
function answerOf(kind: RecordKind, record: z.ZodType): z.ZodObject {
  const known = answers.get(kind);
  if (known !== undefined) return known;
  if (!(record instanceof z.ZodObject)) throw new TypeError(`the record of a ${kind} is no object`);
  const made = z.object({ ...place, ...record.shape, raw }).meta({ id: NAMES[kind] });
  answers.set(kind, made);
  return made;
}

const lists = new Map<RecordKind, z.ZodType>();

/** What the route answers when all went well. */
export function responseOf(shape: OperationShape): z.ZodType {
  switch (shape.shape) {
    case 'get':
      return answerOf(shape.kind, shape.record);
    case 'list': {
      const data = z.array(answerOf(shape.kind, shape.record));
      const list =
        lists.get(shape.kind) ??
        z
          .object({ data, quarantined, nextCursor: z.string().nullable(), freshness })
          .meta({ id: `${NAMES[shape.kind]}List` });
      lists.set(shape.kind, list);
      return list;
    }
    case 'write': {
      const data = shape.record === null ? z.null() : answerOf(shape.kind, shape.record);
      return z.union([z.object({ data, dropped }), writePlan]);
    }
  }
}

/** The parameters of the query; unknown ones are refused: a misspelt filter must not silently return everything. */
export function queryOf(route: RecordRoute, shape: OperationShape): z.ZodObject {
  const store = route.storeFrom === 'query' ? storeParameter(shape.shape === 'list' ? 50 : 1) : {};
  switch (shape.shape) {
    case 'get':
      return z.strictObject({ include });
    case 'list':
      return z.strictObject({
        ...store,
        ...without(shape.filter, route),
        sort: z.enum(SORTS).optional(),
        limit,
        cursor,
        include,
      });
    case 'write':
      return z.strictObject({
        ...store,
        dryRun: flag.meta({ description: 'true: only say what would be written.' }),
        include,
      });
  }
}

/** The body as it is described: what the path says already is not in it. */
export function bodyOf(route: RecordRoute, input: z.ZodType): z.ZodObject {
  const id = z.globalRegistry.get(input)?.id;
  const body = z.strictObject(without(input, route));
  return id === undefined ? body : body.meta({ id });
}

function without(schema: z.ZodType, { parameters }: RecordRoute): Readonly<Record<string, z.ZodType>> {
  if (!(schema instanceof z.ZodObject)) throw new TypeError('an input is an object');
  const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
  return Object.fromEntries(Object.entries(shape).filter(([name]) => !Object.values(parameters).includes(name)));
}

/** Which kind of record a field of an input names. */
export function kindOfField(schema: z.ZodType, field: string): RecordKind | undefined {
  if (!(schema instanceof z.ZodObject)) return undefined;
  const part = (schema.shape as Readonly<Record<string, z.ZodType>>)[field];
  return part === undefined ? undefined : references.get(part)?.kind;
}
