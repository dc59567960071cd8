import { z } from 'zod';
import type { RecordKind } from './ids.js';

/** Which fields hold the platform's id of a record; the API answers and takes them as ids of its own. */
export const references = z.registry<{ readonly kind: RecordKind }>();

/** Which fields hold personal data; they are masked for whoever lacks `read:customers.pii`. */
export const personalFields = z.registry<{ readonly personal: true }>();

/** The id of a record: the platform's own inside, encoded (`prd_...`) in the API. */
export function reference(kind: RecordKind) {
  return z.string().min(1).max(1200).register(references, { kind });
}

/** A text that says something of a person. */
export function personal() {
  return z.string().register(personalFields, { personal: true });
}

// NUL cannot be stored by Postgres nor by most platforms; half a surrogate pair is no character.
const UNPRINTABLE = /\0|\p{Cs}/u;

/** A text a caller sends. */
export function inputText(most: number) {
  return z
    .string()
    .max(most)
    .refine((text) => !UNPRINTABLE.test(text), 'contains NUL or half a character');
}

/** The same, for personal data: it is masked wherever input is shown. */
export function personalInput(most: number) {
  return inputText(most).register(personalFields, { personal: true });
}

/** A query parameter that may be repeated; one value counts as a list of one. */
export function repeatable<T extends z.ZodType>(item: T, most: number) {
  return z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).min(1).max(most).optional(),
  );
}

/** An instant in a query or a body, with its zone. */
export const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** What every list may be narrowed by in time; connectors declare which of them their platform has. */
export const timeFilter = {
  updatedSince: moment.optional().meta({ description: 'Inclusive. With it, the default sort is updatedAt.' }),
  createdSince: moment.optional().meta({ description: 'Inclusive.' }),
  createdUntil: moment.optional().meta({ description: 'Exclusive.' }),
};

type ReadonlyValue<T> = T extends readonly (infer Item)[] ? readonly Item[] : T;
type OptionalKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** A filter as a connector gets it: what was not asked for is absent, never undefined. */
export type FilterOf<S extends z.ZodType> = {
  readonly [K in OptionalKeys<z.output<S>>]?: ReadonlyValue<Exclude<z.output<S>[K], undefined>>;
} & { readonly [K in Exclude<keyof z.output<S>, OptionalKeys<z.output<S>>>]: z.output<S>[K] };
