import type { GraphQLResolveInfo } from 'graphql';
import { idempotently } from '../graphql/idempotency.js';
import { graphqlFailure } from '../graphql/graphql-failure.js';
import { printMoment } from '../graphql/moment.js';
import type { RequestContext } from '../graphql/request-context.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import type { SavedState } from '../shop-slice.js';
import { gid } from '../views/gid.js';
import { rowsOf } from './catalogue-queries.js';
import type { Row } from './catalogue-search.js';
import { locationsOf, saveProduct, type Location } from './catalogue-slice.js';
import { tellLevels } from './payloads.js';
import type { Level, Variant } from './product.js';
import { withItem, type ItemInput } from './variant-inputs.js';
import { itemView, levelView, locationView, quantityOf } from './views.js';
import { wholeSecondOf } from './write-context.js';

interface QuantityRow {
  readonly inventoryItemId: string;
  readonly locationId: string;
  readonly quantity?: number;
  readonly delta?: number;
  readonly changeFromQuantity?: number | null;
}

interface QuantitiesInput {
  readonly name: string;
  readonly reason: string;
  readonly referenceDocumentUri?: string | null;
  readonly quantities?: readonly QuantityRow[];
  readonly changes?: readonly QuantityRow[];
}

const MOST_UNITS = 1_000_000_000;
/** docs: https://shopify.dev/docs/apps/build/orders-fulfillment/inventory-management-apps/manage-quantities-states */
const REASONS =
  `correction cycle_count_available damaged movement_created movement_updated movement_received movement_canceled other
  promotion quality_control received reservation_created reservation_updated reservation_deleted restock safety_stock shrinkage`.split(
    /\s+/,
  );

const rowOf = (itemId: string, context: RequestContext): Row | undefined =>
  rowsOf(context).find(({ variant }) => gid('InventoryItem', variant.itemId) === itemId);
const locationOf = (id: string, { shop }: RequestContext): Location | undefined =>
  locationsOf(shop).find((one) => gid('Location', one.id) === id);
const levelAt = ({ levels }: Variant, location: Location): Level | undefined =>
  levels.find(({ locationId }) => locationId === location.id);

interface Target {
  readonly row: Row;
  readonly location: Location;
  readonly level: Level | undefined;
}

const target = (given: QuantityRow, context: RequestContext): Target | undefined => {
  const row = rowOf(given.inventoryItemId, context);
  const location = locationOf(given.locationId, context);
  return row && location && { row, location, level: levelAt(row.variant, location) };
};

type Place = readonly (string | number)[];

/** The codes of this file's refusals are the schema's; of the wordings none is recorded. */
function sizeMistakes(given: QuantityRow, place: Place): readonly UserError[] {
  const units = given.quantity ?? given.delta ?? 0;
  const field = [...place, given.quantity === undefined ? 'delta' : 'quantity'];
  if (units > MOST_UNITS)
    return [userError(field, "The quantity can't be higher than 1,000,000,000.", 'INVALID_QUANTITY_TOO_HIGH')];
  if (units < -MOST_UNITS)
    return [userError(field, "The quantity can't be lower than -1,000,000,000.", 'INVALID_QUANTITY_TOO_LOW')];
  return [];
}

function rowMistakes(given: QuantityRow, name: string, place: Place, context: RequestContext): readonly UserError[] {
  const mistakes = [...sizeMistakes(given, place)];
  const own = (field: string, message: string, code: string) =>
    mistakes.push(userError([...place, field], message, code));
  const row = rowOf(given.inventoryItemId, context);
  const location = locationOf(given.locationId, context);
  if (row === undefined)
    own('inventoryItemId', 'The specified inventory item could not be found.', 'INVALID_INVENTORY_ITEM');
  if (location?.isActive !== true) own('locationId', 'The specified location could not be found.', 'INVALID_LOCATION');
  if (row === undefined || location === undefined) return mistakes;
  if (!row.variant.tracked) {
    own(
      'inventoryItemId',
      'The specified inventory item is not allowed to be adjusted via API.',
      'NON_MUTABLE_INVENTORY_ITEM',
    );
  }
  const level = levelAt(row.variant, location);
  const current = level === undefined ? 0 : quantityOf(level, name);
  const expected = given.changeFromQuantity;
  if (typeof expected === 'number' && expected !== current) {
    const message = 'The changeFromQuantity argument no longer matches the persisted quantity.';
    own('changeFromQuantity', message, 'CHANGE_FROM_QUANTITY_STALE');
  }
  return mistakes;
}

function duplicate(rows: readonly QuantityRow[], place: string): readonly UserError[] {
  const keys = rows.map(({ inventoryItemId, locationId }) => `${inventoryItemId} ${locationId}`);
  const at = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  if (at < 0) return [];
  const message = 'The combination of inventoryItemId and locationId must be unique.';
  return [userError(['input', place, at, 'locationId'], message, 'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR')];
}

function inputMistakes(input: QuantitiesInput, setting: boolean, context: RequestContext): readonly UserError[] {
  const [place, rows] = setting ? ['quantities', input.quantities ?? []] : ['changes', input.changes ?? []];
  const mistakes: UserError[] = [];
  const names = setting ? ['available', 'on_hand'] : ['available'];
  if (!names.includes(input.name)) {
    const message = setting
      ? "The quantity name must be either 'available' or 'on_hand'."
      : 'The specified quantity name is invalid. Valid values are: available.';
    mistakes.push(userError(['input', 'name'], message, setting ? 'INVALID_NAME' : 'INVALID_QUANTITY_NAME'));
  }
  if (!REASONS.includes(input.reason)) {
    const message = `The specified reason is invalid. Valid values are: ${REASONS.join(', ')}.`;
    mistakes.push(userError(['input', 'reason'], message, 'INVALID_REASON'));
  }
  const { referenceDocumentUri: uri } = input;
  if (uri && !URL.canParse(uri)) {
    mistakes.push(
      userError(
        ['input', 'referenceDocumentUri'],
        'The specified reference document is invalid.',
        'INVALID_REFERENCE_DOCUMENT',
      ),
    );
  }
  return [
    ...mistakes,
    ...(setting ? duplicate(rows, place) : []),
    ...rows.flatMap((row, index) => rowMistakes(row, input.name, ['input', place, index], context)),
  ];
}

/** Puts a level in the place of the one at its location; the stock alone leaves the product's and the item's own times. */
function saveLevel({ variant, product }: Row, level: Level, context: RequestContext): void {
  const levels = [...variant.levels.filter(({ locationId }) => locationId !== level.locationId), level];
  const changed = { ...variant, levels };
  const variants = product.variants.map((one) => (one.id === variant.id ? changed : one));
  saveProduct(context.data, { ...product, variants });
  tellLevels(changed, variant, context);
}

interface Change {
  readonly name: string;
  readonly delta: number;
  readonly after: number;
  readonly itemId: number;
  readonly locationId: number;
}

function apply(given: QuantityRow, name: string, context: RequestContext): readonly Change[] {
  const found = target(given, context);
  if (found === undefined) return [];
  const { row, location, level } = found;
  const at = wholeSecondOf(context);
  const before = level ?? {
    ...{ id: context.data.nextId(), locationId: location.id, available: 0, committed: 0, createdAt: at, updatedAt: at },
  };
  const delta = given.delta ?? (given.quantity ?? 0) - quantityOf(before, name);
  const after = { ...before, available: before.available + delta, updatedAt: at };
  saveLevel(row, after, context);
  // Not recorded: which changes are told. On hand follows from what is available, so both are.
  return ['available', 'on_hand'].map((one) => ({
    ...{ name: one, delta, after: quantityOf(after, one), itemId: row.variant.itemId, locationId: location.id },
  }));
}

function groupView(
  id: number,
  at: number,
  input: QuantitiesInput,
  changes: readonly Change[],
  context: RequestContext,
) {
  return {
    id: gid('InventoryAdjustmentGroup', id),
    ...{ createdAt: printMoment(at), reason: input.reason, referenceDocumentUri: input.referenceDocumentUri ?? null },
    changes: changes.map(({ name, delta, after, itemId, locationId }) => {
      const location = locationsOf(context.shop).find((one) => one.id === locationId);
      const row = rowOf(gid('InventoryItem', itemId), context);
      return {
        ...{ name, delta, quantityAfterChange: after },
        item: row === undefined ? null : itemView(row.variant, row.product, context),
        location: location === undefined ? null : locationView(location, context),
      };
    }),
  };
}

interface Payload {
  readonly inventoryAdjustmentGroup: unknown;
  readonly userErrors: readonly UserError[];
}

function runQuantities(
  input: QuantitiesInput,
  setting: boolean,
  context: RequestContext,
): { payload: Payload; reference?: SavedState } {
  const rows = (setting ? input.quantities : input.changes) ?? [];
  const userErrors = inputMistakes(input, setting, context);
  if (userErrors.length > 0) return { payload: { inventoryAdjustmentGroup: null, userErrors } };
  const changes = rows.flatMap((row) => apply(row, input.name, context)).filter(({ delta }) => delta !== 0);
  const [id, at] = [context.data.nextId(), wholeSecondOf(context)];
  const group = changes.length === 0 ? null : groupView(id, at, input, changes, context);
  const reference = { id, at, changes: changes.map((change) => ({ ...change })) };
  return { payload: { inventoryAdjustmentGroup: group, userErrors: [] }, reference };
}

/** Only ever what {@link runQuantities} remembered. */
function replayQuantities(reference: SavedState, input: QuantitiesInput, context: RequestContext): Payload {
  // The reference was written by this file.
  const { id, at, changes } = reference as unknown as { id: number; at: number; changes: readonly Change[] };
  const group = changes.length === 0 ? null : groupView(id, at, input, changes, context);
  return { inventoryAdjustmentGroup: group, userErrors: [] };
}

function requireComparison(rows: readonly QuantityRow[]): void {
  // docs (2026-04): null turns the comparison off, leaving it out is refused; the wording is not recorded.
  if (rows.some((row) => row.changeFromQuantity === undefined)) {
    throw graphqlFailure(
      'BAD_REQUEST',
      'The changeFromQuantity argument must be provided; pass null to skip the comparison.',
    );
  }
}

function quantities(setting: boolean) {
  return ({ input }: { readonly input: QuantitiesInput }, context: RequestContext, info: GraphQLResolveInfo): Payload =>
    idempotently<Payload>(context, info, {
      input,
      run: () => {
        requireComparison((setting ? input.quantities : input.changes) ?? []);
        return runQuantities(input, setting, context);
      },
      replay: (reference) => replayQuantities(reference, input, context),
      refuse: (error) => ({ inventoryAdjustmentGroup: null, userErrors: [error] }),
    });
}

interface ActivateArguments {
  readonly inventoryItemId: string;
  readonly locationId: string;
  readonly available?: number | null;
  readonly onHand?: number | null;
}

function activated(
  args: ActivateArguments,
  context: RequestContext,
): { readonly inventoryLevel: unknown; readonly userErrors: readonly UserError[] } {
  const refuse = (field: string, message: string) => ({
    inventoryLevel: null,
    userErrors: [userError([field], message)],
  });
  const row = rowOf(args.inventoryItemId, context);
  if (row === undefined) return refuse('inventoryItemId', "The product couldn't be stocked because it wasn't found.");
  const location = locationOf(args.locationId, context);
  if (location?.isActive !== true)
    return refuse('locationId', "The product couldn't be stocked because the location wasn't found.");
  const known = levelAt(row.variant, location);
  const stock = args.available ?? args.onHand;
  if (known !== undefined && typeof stock === 'number') {
    return refuse(
      'available',
      'Not allowed to set available quantity when the item is already active at the location.',
    );
  }
  const at = wholeSecondOf(context);
  const level = known ?? {
    id: context.data.nextId(),
    locationId: location.id,
    available: stock ?? 0,
    committed: 0,
    createdAt: at,
    updatedAt: at,
  };
  if (known === undefined) saveLevel(row, level, context);
  const now = rowOf(args.inventoryItemId, context) ?? row;
  return { inventoryLevel: levelView(level, now.variant, now.product, context), userErrors: [] };
}

function inventoryActivate(args: ActivateArguments, context: RequestContext, info: GraphQLResolveInfo) {
  return idempotently(context, info, {
    input: args,
    run: () => {
      const payload = activated(args, context);
      return payload.inventoryLevel === null ? { payload } : { payload, reference: null };
    },
    replay: () => activated({ inventoryItemId: args.inventoryItemId, locationId: args.locationId }, context),
    refuse: (error) => ({ inventoryLevel: null, userErrors: [error] }),
  });
}

function inventoryItemUpdate(
  { id, input }: { readonly id: string; readonly input: ItemInput },
  context: RequestContext,
) {
  const row = rowOf(id, context);
  const message = "The product couldn't be updated because it does not exist.";
  if (row === undefined) return { inventoryItem: null, userErrors: [userError(['id'], message)] };
  const variant = withItem(row.variant, input, context);
  const variants = row.product.variants.map((one) => (one.id === variant.id ? variant : one));
  const product = { ...row.product, variants };
  saveProduct(context.data, product);
  return { inventoryItem: itemView(variant, product, context), userErrors: [] };
}

/** The fields of Mutation that write stock. */
export const inventoryMutations = {
  inventorySetQuantities: quantities(true),
  inventoryAdjustQuantities: quantities(false),
  inventoryActivate,
  inventoryItemUpdate,
};
