/** A JSON schema as the description of the API holds it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The description of the API, as far as requests are made from it. */
export interface ApiDescription {
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** The schema of a route's body, its path as the router writes it. */
  bodyOf(method: string, path: string): JsonSchema | undefined;
  /** The schema of a route's answer when all went well. */
  answerOf(method: string, path: string): JsonSchema | undefined;
  /** Such as `GET /v1/orders/{id}`. */
  readonly operations: readonly string[];
  /** The names of the parameters of a route's query. */
  queryOf(method: string, path: string): readonly string[];
}

type Described = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export async function readDescription({ url }: { readonly url: string }): Promise<ApiDescription> {
  const document = (await (await fetch(`${url}/docs/openapi.json`)).json()) as {
    readonly paths: Readonly<Record<string, Described>>;
    readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
  };
  const operation = (method: string, path: string) =>
    document.paths[path.replace(/:([A-Za-z]+)/g, '{$1}')]?.[method.toLowerCase()];
  type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;
  const schemaIn = (part: unknown) =>
    (part as { content?: Content } | undefined)?.content?.['application/json']?.schema;
  return {
    schemas: document.components.schemas,
    operations: Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    ),
    bodyOf: (method, path) => schemaIn(operation(method, path)?.['requestBody']),
    answerOf(method, path) {
      const responses = (operation(method, path)?.['responses'] ?? {}) as Readonly<Record<string, unknown>>;
      return schemaIn(responses['200'] ?? responses['201']);
    },
    queryOf(method, path) {
      const parameters = (operation(method, path)?.['parameters'] ?? []) as { readonly in: string; name: string }[];
      return parameters.filter((one) => one.in === 'query').map(({ name }) => name);
    },
  };
}

/** Follows a reference, and takes the first of what may be chosen from. */
export function resolved(schemas: ApiDescription['schemas'], schema: JsonSchema): JsonSchema {
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const { $ref: _, ...beside } = schema;
    return resolved(schemas, { ...schemas[reference.split('/').at(-1) ?? ''], ...beside });
  }
  const choice = [schema['anyOf'], schema['oneOf'], schema['allOf']].find((one) => Array.isArray(one));
  return Array.isArray(choice) ? resolved(schemas, choice[0] as JsonSchema) : schema;
}

/** The smallest value that a schema takes, as far as the schema says what it takes. */
export function exampleOf(schemas: ApiDescription['schemas'], given: JsonSchema): unknown {
  const schema = resolved(schemas, given);
  if (Array.isArray(schema['enum'])) return schema['enum'][0] as unknown;
  if ('const' in schema) return schema['const'];
  if (schema['type'] === 'object') return objectOf(schemas, schema);
  if (schema['type'] === 'array') {
    const items = (schema['items'] ?? {}) as JsonSchema;
    return Array.from({ length: Number(schema['minItems'] ?? 0) }, () => exampleOf(schemas, items));
  }
  if (schema['type'] === 'boolean') return true;
  const isNumber = schema['type'] === 'number' || schema['type'] === 'integer';
  return isNumber ? Math.max(1, Number(schema['minimum'] ?? 1)) : textOf(schema);
}

function objectOf(schemas: ApiDescription['schemas'], schema: JsonSchema): Readonly<Record<string, unknown>> {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = (schema['required'] ?? []) as readonly string[];
  return Object.fromEntries(required.map((name) => [name, exampleOf(schemas, properties[name] ?? {})]));
}

function textOf({ format, pattern, minLength }: JsonSchema): string {
  if (format === 'date-time') return '2026-11-22T10:00:00Z';
  if (format === 'email') return 'ada@example.com';
  if (format === 'uri') return 'https://example.com/';
  // The patterns of the contract: a currency, a country, or an amount.
  const examples = ['EUR', 'DE', '1.00', '1', 'x'].filter((text) => text.length >= Number(minLength ?? 0));
  const found = examples.find((text) => typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text));
  return found ?? 'x'.repeat(Number(minLength ?? 1));
}
