const MARK = / ?\[ref:([\w-]{1,60})\]$/;

/**
 * A refund's note, with the reference of the write at its end: the one place where the platform keeps it, and where an
 * earlier try can be told by, at once and for ever.
 */
export function noteWith(reason: string | undefined, reference: string): string {
  return `${reason ?? ''} [ref:${reference}]`.trimStart();
}

export function saysReference(note: string | null, reference: string): boolean {
  return MARK.exec(note ?? '')?.[1] === reference;
}

/** The reason without the reference. */
export function reasonIn(note: string | null): string | null {
  return note?.replace(MARK, '') || null;
}
