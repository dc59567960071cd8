// Written by scripts/extract-shopify-schema.mjs from the documents in served/; do not edit.

import { TYPES_1 } from './schema-extract/types-1.js';
import { TYPES_2 } from './schema-extract/types-2.js';
import { TYPES_3 } from './schema-extract/types-3.js';
import { TYPES_4 } from './schema-extract/types-4.js';

export { ACCESS_REQUIREMENTS } from './schema-extract/access.js';

/** The reached part of the Admin schema, version 2026-10. */
export const SCHEMA_EXTRACT = [TYPES_1, TYPES_2, TYPES_3, TYPES_4].join('\n');
