/** A JSON schema as the description of the API holds it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The description of the API, as far as requests are made from it. */
export interface ApiDescription {
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** The schema of a route's body, its path as the router writes it. */
  bodyOf(method: string, path: string): JsonSchema | undefined;
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
  return {
    schemas: document.components.schemas,
    bodyOf(method, path) {
      const body = operation(method, path)?.['requestBody'] as { content: Record<string, { schema: JsonSchema }> };
      return (body as typeof body | undefined)?.content['application/json']?.schema;
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
  switch (schema['type']) {
    case 'object': {
      const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
      const required = (schema['required'] ?? []) as readonly string[];
      return Object.fromEntries(required.map((name) => [name, exampleOf(schemas, properties[name] ?? {})]));
    }
    case 'array': {
      const items = (schema['items'] ?? {}) as JsonSchema;
      return Array.from({ length: Number(schema['minItems'] ?? 0) }, () => exampleOf(schemas, items));
    }
    case 'number':
    case 'integer':
      return Math.max(1, Number(schema['minimum'] ?? 1));
    case 'boolean':
      return true;
    default:
      return textOf(schema);
  }
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
