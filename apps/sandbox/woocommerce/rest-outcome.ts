import type { JsonValue } from '#contract';
import type { PhpArray } from '../php-query.js';
import type { JsonObject } from './response-fields.js';
import type { RestError } from './rest-error.js';

/** One page of a collection. Each item brings its own `_links`. */
export interface PageOutcome {
  readonly kind: 'page';
  readonly items: readonly JsonObject[];
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
  /** The collection's path below `wp-json`, for the paging links. */
  readonly path: string;
  /** What the paging links repeat. */
  readonly query: PhpArray;
}

/** One object. Its links are added after `_fields` was applied, so they are always there. */
interface ItemOutcome {
  readonly kind: 'item';
  readonly body: JsonValue;
  readonly links?: JsonObject;
  /** `_fields` knows only whole members. */
  readonly wholeMembers?: true;
  /** It was made just now: the answer is 201 and names this address. */
  readonly location?: string;
  /** It was deleted just now: nobody may do anything with it any more, so there is no `Allow` header. */
  readonly isGone?: true;
}

interface ErrorOutcome {
  readonly kind: 'error';
  readonly error: RestError;
  /** The permission check itself met the error, so there is no `Allow` header. */
  readonly isGone?: true;
}

export type RestOutcome = PageOutcome | ItemOutcome | ErrorOutcome;

export function refused(error: RestError): ErrorOutcome {
  return { kind: 'error', error };
}
