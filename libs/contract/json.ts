/** What JSON can hold. Paging states and raw payloads are of this type, so that they survive being sealed and stored. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
