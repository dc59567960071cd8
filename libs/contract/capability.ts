const unsupportedMark: unique symbol = Symbol.for('shopspan.unsupported');
const emulatedMark: unique symbol = Symbol.for('shopspan.emulated');

/** Says, with a reason a merchant may read, that the platform cannot do this. Not callable: that is the point. */
export interface Unsupported<Reason extends string = string> {
  readonly [unsupportedMark]: true;
  readonly reason: Reason;
}

/** Declares an operation or a whole resource as impossible on this platform. */
export function unsupported<const Reason extends string>(reason: Reason): Unsupported<Reason> {
  return { [unsupportedMark]: true, reason };
}

export const NOT_BUILT = 'not built yet';

/** Honest gap: the platform can, we do not yet. Counted by a test until it is zero. */
export const notBuilt: Unsupported<typeof NOT_BUILT> = unsupported(NOT_BUILT);

export function isUnsupported(value: unknown): value is Unsupported {
  return typeof value === 'object' && value !== null && unsupportedMark in value;
}

/** Marks an operation that works by other means than one native call; `how` says at what price. */
export function emulated<Operation extends object>(operation: Operation, how: string): Operation {
  return { ...operation, [emulatedMark]: how };
}

/** The price of an emulated operation, or undefined for a native one. */
export function howEmulated(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && emulatedMark in value ? String(value[emulatedMark]) : undefined;
}
