import { z } from 'zod';
import type { Shop } from './shops.js';

const jsonSchema = z.json();

/** A slice's state as JSON. */
export type SavedState = z.infer<typeof jsonSchema>;

/** A shop with everything it holds. What it holds is read and changed through {@link ShopSlice}s. */
export interface ShopData {
  readonly shop: Shop;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The moment the shops were first started, in milliseconds since 1970. */
  readonly seededAt: number;
  /** A number no record of any shop has yet. */
  nextId(): number;
  /** What an earlier run saved of a slice. */
  savedOf(slice: string): SavedState | undefined;
  /** Asks for the slice to be part of every snapshot from now on. */
  keep(slice: string, snapshot: () => SavedState): void;
}

/**
 * One area's part of a shop. The state is a plain value that is replaced, never changed in place, so that what was worked out from it
 * can be remembered by it.
 */
export interface ShopSlice<State> {
  readonly name: string;
  read(data: ShopData): State;
  /** Replaces the state; it survives a restart from then on. */
  update(data: ShopData, change: (state: State) => State): void;
  /** @throws {z.ZodError} when a saved state is not of this slice's making */
  check(saved: SavedState): void;
}

/**
 * Declares a slice. List it in slices.ts too.
 * @param schema of the state as JSON: what it reads back must be what was saved
 * @param seed the state of a shop nobody has written to yet
 */
export function createSlice<State>(
  name: string,
  schema: z.ZodType<State>,
  seed: (data: ShopData) => State,
): ShopSlice<State> {
  const states = new WeakMap<ShopData, State>();
  const first = (data: ShopData): State => {
    const saved = data.savedOf(name);
    return saved === undefined ? seed(data) : schema.parse(saved);
  };
  const read = (data: ShopData): State => {
    const known = states.get(data);
    if (known !== undefined) return known;
    const state = first(data);
    states.set(data, state);
    return state;
  };
  return {
    name,
    read,
    update(data, change) {
      states.set(data, change(read(data)));
      data.keep(name, () => jsonSchema.parse(JSON.parse(JSON.stringify(read(data)))));
    },
    check: (saved) => void schema.parse(saved),
  };
}
