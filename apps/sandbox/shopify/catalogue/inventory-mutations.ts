import type { GraphQLResolveInfo } from 'graphql';
import { idempotently } from '../graphql/idempotency.js';
import { graphqlFailure } from '../graphql/graphql-failure.js';
import { printMoment } from '../graphql/moment.js';
import type { RequestContext } from '../graphql/request-context.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import type { SavedState } from '../shop-slice.js';
import { gid } from '../views/gid.js';
import type { Row } from './catalogue-search.js';
import { locationsOf, saveProduct, type Location } from './catalogue-slice.js';
import {
  inputMistakes,
  levelAt,
  locationOf,
  rowOf,
  type QuantitiesInput,
  type QuantityRow,
} from './inventory-mistakes.js';
import { tellLevels } from './payloads.js';
import type { Level } from './product.js';
import { withItem, type ItemInput } from './variant-inputs.js';
import { itemView, levelView, locationView, quantityOf } from './views.js';
import { wholeSecondOf } from './write-context.js';

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
