import { gid, numberOfGid } from '../views/gid.js';

/** A reason goods come back for. */
export interface ReturnReason {
  readonly id: number;
  /** The value of the older enum. */
  readonly name: string;
  readonly handle: string;
  readonly title: string;
}

const NAMES = [
  'UNKNOWN',
  'SIZE_TOO_SMALL',
  'SIZE_TOO_LARGE',
  'UNWANTED',
  'NOT_AS_DESCRIBED',
  'WRONG_ITEM',
  'DEFECTIVE',
  'STYLE',
  'COLOR',
  'OTHER',
] as const;

const titled = (name: string): string => `${name.slice(0, 1)}${name.slice(1).toLowerCase().replaceAll('_', ' ')}`;

/** Every reason a shop knows. */
export const RETURN_REASONS: readonly ReturnReason[] = NAMES.map((name, index) => ({
  id: 4_100_001 + index,
  name,
  handle: name.toLowerCase().replaceAll('_', '-'),
  title: titled(name),
}));

/** The reason of that enum value; an unknown one is `UNKNOWN`. */
export function reasonByName(name: string): ReturnReason | undefined {
  return RETURN_REASONS.find((one) => one.name === name);
}

/** The reason of that global id. */
export function reasonById(globalId: string): ReturnReason | undefined {
  const id = numberOfGid(globalId, 'ReturnReasonDefinition');
  return RETURN_REASONS.find((one) => one.id === id);
}

/** `ReturnReasonDefinition`. */
export function reasonView(reason: ReturnReason | undefined) {
  if (reason === undefined) return null;
  return { id: gid('ReturnReasonDefinition', reason.id), handle: reason.handle, name: reason.title, deleted: false };
}
