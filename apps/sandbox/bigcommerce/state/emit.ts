/** Tells hooks of a scope. */
export type Emit = (scope: string, payload: Readonly<Record<string, unknown>>) => void;
