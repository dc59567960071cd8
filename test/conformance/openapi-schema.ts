/** A part of a description, as JSON. */
export type Part = Readonly<Record<string, unknown>>;

/** A whole description: Swagger 2.0 or OpenAPI 3.0. */
export type OpenApi = Part & { readonly paths: Part };

export const partOf = (value: unknown): Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Part) : {};
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const partsOf = (value: unknown): readonly Part[] => listOf(value).map(partOf);

/** @returns what a part refers to, or itself. @throws Error where the reference leads nowhere */
export function resolved(document: OpenApi, part: unknown): Part {
  const { $ref } = partOf(part);
  if (typeof $ref !== 'string') return partOf(part);
  const steps = $ref.split('/').slice(1);
  const found = steps.reduce<unknown>(
    (at, step) => partOf(at)[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')],
    $ref.startsWith('#/') ? document : undefined,
  );
  if (found === undefined) throw new Error(`the description refers to ${$ref}, which is not in it`);
  return resolved(document, found);
}

const BRANCHES = ['allOf', 'anyOf', 'oneOf'] as const;

/**
 * The JSON Schema (draft 7) of what may be sent: names that are not listed are refused wherever names are listed, also
 * next to `additionalProperties: true`, which editors add to everything; what is read-only is neither required nor
 * listed.
 */
export function requestSchema(document: OpenApi, schema: unknown): object {
  const definitions: Record<string, object> = {};
  return { ...valueSchema({ document, definitions }, schema), definitions };
}

interface Conversion {
  readonly document: OpenApi;
  /** What was referred to, by the reference; filled on the way. */
  readonly definitions: Record<string, object>;
}

/** Where a value stands, all branches together say which names it may have. */
function valueSchema(conversion: Conversion, schema: unknown): object {
  const open = openSchema(conversion, schema);
  const names = listedNames(conversion.document, schema, new Set());
  // An empty list would refuse every name.
  return names === undefined || names.size === 0 ? open : { allOf: [open], propertyNames: { enum: [...names] } };
}

function openSchema(conversion: Conversion, schema: unknown): object {
  const { $ref } = partOf(schema);
  if (typeof $ref !== 'string') return converted(conversion, partOf(schema));
  const { definitions, document } = conversion;
  const name = $ref.replaceAll(/[^A-Za-z0-9_-]/g, '.');
  if (definitions[name] === undefined) {
    // Before it is filled, so that what holds itself comes to an end.
    definitions[name] = {};
    definitions[name] = converted(conversion, resolved(document, schema));
  }
  return { $ref: `#/definitions/${name}` };
}

const COPIED = ['enum', 'format', 'pattern', 'minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength'];
const COPIED_OF_LISTS = ['minItems', 'maxItems', 'uniqueItems'];
const TYPES = new Set(['object', 'array', 'string', 'integer', 'number', 'boolean', 'null']);

function converted(conversion: Conversion, schema: Part): object {
  const { type, properties, items, additionalProperties, not } = schema;
  const copied = [...COPIED, ...COPIED_OF_LISTS].filter((name) => schema[name] !== undefined);
  const result = {
    ...Object.fromEntries(copied.map((name) => [name, schema[name]])),
    ...(typeof type === 'string' && TYPES.has(type) ? { type } : {}),
    ...ofProperties(conversion, schema),
    ...(items === undefined ? {} : { items: valueSchema(conversion, items) }),
    ...(additionalProperties === undefined || typeof additionalProperties === 'boolean' || properties !== undefined
      ? {}
      : { additionalProperties: valueSchema(conversion, additionalProperties) }),
    ...(not === undefined ? {} : { not: openSchema(conversion, not) }),
    ...ofBranches(conversion, schema),
    ...(schema['exclusiveMinimum'] === true ? { exclusiveMinimum: schema['minimum'] } : {}),
  };
  return schema['nullable'] === true ? { anyOf: [result, { type: 'null' }] } : result;
}

function ofProperties(conversion: Conversion, { properties, required }: Part): object {
  const own = Object.entries(partOf(properties)).filter(([, one]) => !isReadOnly(conversion.document, one));
  const readOnly = new Set(Object.keys(partOf(properties)));
  for (const [name] of own) readOnly.delete(name);
  return {
    properties: Object.fromEntries(own.map(([name, one]) => [name, valueSchema(conversion, one)])),
    required: listOf(required).filter((name) => typeof name === 'string' && !readOnly.has(name)),
  };
}

/** `oneOf` as `anyOf`: a value that fits two branches is no mistake of its sender. */
function ofBranches(conversion: Conversion, schema: Part): object {
  const open = (name: string) => partsOf(schema[name]).map((branch) => openSchema(conversion, branch));
  const any = [open('anyOf'), open('oneOf')].filter((branches) => branches.length > 0);
  const all = [...open('allOf'), ...any.map((anyOf) => ({ anyOf }))];
  return all.length === 0 ? {} : { allOf: all };
}

function isReadOnly(document: OpenApi, schema: unknown): boolean {
  return partOf(schema)['readOnly'] === true || resolved(document, schema)['readOnly'] === true;
}

/** @returns undefined where a branch lists no names, so that any may be sent */
function listedNames(document: OpenApi, part: unknown, seen: Set<Part>): ReadonlySet<string> | undefined {
  const schema = resolved(document, part);
  if (seen.has(schema)) return new Set();
  seen.add(schema);
  const { properties, additionalProperties } = schema;
  const branches = BRANCHES.flatMap((name) => partsOf(schema[name]));
  if (typeof additionalProperties === 'object' && properties === undefined) return undefined;
  if (properties === undefined && branches.length === 0) return undefined;
  const own = Object.entries(partOf(properties)).filter(([, one]) => !isReadOnly(document, one));
  const names = branches.map((branch) => listedNames(document, branch, seen));
  const isOpen = names.every((some) => some === undefined) && properties === undefined;
  return isOpen ? undefined : new Set([...own.map(([name]) => name), ...names.flatMap((some) => [...(some ?? [])])]);
}
