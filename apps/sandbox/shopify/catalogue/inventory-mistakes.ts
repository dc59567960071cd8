import type { RequestContext } from '../graphql/request-context.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import { gid } from '../views/gid.js';
import { rowsOf } from './catalogue-queries.js';
import type { Row } from './catalogue-search.js';
import { locationsOf, type Location } from './catalogue-slice.js';
import type { Level, Variant } from './product.js';
import { quantityOf } from './views.js';

export interface QuantityRow {
  readonly inventoryItemId: string;
  readonly locationId: string;
  readonly quantity?: number;
  readonly delta?: number;
  readonly changeFromQuantity?: number | null;
}

export interface QuantitiesInput {
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

export const rowOf = (itemId: string, context: RequestContext): Row | undefined =>
  rowsOf(context).find(({ variant }) => gid('InventoryItem', variant.itemId) === itemId);
export const locationOf = (id: string, { shop }: RequestContext): Location | undefined =>
  locationsOf(shop).find((one) => gid('Location', one.id) === id);
export const levelAt = ({ levels }: Variant, location: Location): Level | undefined =>
  levels.find(({ locationId }) => locationId === location.id);

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

export function inputMistakes(input: QuantitiesInput, setting: boolean, context: RequestContext): readonly UserError[] {
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
