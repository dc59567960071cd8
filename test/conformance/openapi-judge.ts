import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { listOf, type OpenApi, type Part, partOf, requestSchema, resolved } from './openapi-schema.js';

/** Names and values of a query, decoded. */
type Query = readonly (readonly [string, string])[];

/** An operation of a description. */
export interface Operation {
  /** As `GET /orders/{id}`. */
  readonly name: string;
  /** The names of all described query parameters. */
  readonly queryNames: ReadonlySet<string>;
  /** @returns what is wrong, each a sentence without the operation's name */
  pathProblems(route: string): readonly string[];
  queryProblems(query: Query): readonly string[];
  bodyProblems(body: string): readonly string[];
}

const ANYTHING = {};
const options = {
  strict: false,
  allErrors: true,
  verbose: true,
  logger: false,
  unicodeRegExp: false,
  validateSchema: false,
} as const;
const ajv = addFormats.default(new Ajv(options));
const ajvOfTexts = addFormats.default(new Ajv({ ...options, coerceTypes: true }));

/** @returns the operation a request means, or why there is none; a path in words goes before one with a parameter */
export function operationOf(documents: readonly OpenApi[], method: string, route: string): Operation | string {
  if (!isEscaped(route)) return `${method} ${route}: the path is not escaped as it must be`;
  const found = documents
    .flatMap((document) => Object.entries(document.paths).map(([template, item]) => ({ document, template, item })))
    .filter(({ template }) => parametersIn(template, route) !== undefined)
    .sort((left, right) => left.template.split('{').length - right.template.split('{').length);
  if (found.length === 0) return `${method} ${route}: there is no such path`;
  const known = found.find(({ document, item }) => method.toLowerCase() in resolved(document, item));
  if (known === undefined) return `${method} ${route}: the path does not take ${method}`;
  return described(known.document, known.template, known.item, method);
}

const described = memoized((document: OpenApi, template: string, item: unknown, method: string): Operation => {
  const path = resolved(document, item);
  const operation = partOf(path[method.toLowerCase()]);
  const parameters = [...listOf(operation['parameters']), ...listOf(path['parameters'])].map((one) =>
    resolved(document, one),
  );
  const inQuery = parameters.filter((one) => one['in'] === 'query');
  const rules = new Map(inQuery.map((one) => [String(one['name']), one]));
  return {
    name: `${method} ${template}`,
    queryNames: new Set(rules.keys()),
    pathProblems: (route) =>
      Object.entries(parametersIn(template, route) ?? {}).flatMap(([name, text]) => {
        const rule = parameters.find((one) => one['in'] === 'path' && one['name'] === name);
        return textProblems(document, rule ?? ANYTHING, text).map((problem) => `${name} in the path ${problem}`);
      }),
    queryProblems: (query) => [
      ...query.flatMap(([name, text]) => {
        const rule = rules.get(name);
        if (rule === undefined) return [`query parameter ${name} is unknown`];
        return textProblems(document, rule, text).map((problem) => `query parameter ${name} ${problem}`);
      }),
      ...inQuery
        .filter(({ name, required }) => required === true && !query.some(([one]) => one === name))
        .map(({ name }) => `query parameter ${String(name)} is missing`),
    ],
    bodyProblems: bodyJudge(document, operation, parameters),
  };
});

function isEscaped(route: string): boolean {
  try {
    return decodeURIComponent(route) !== '';
  } catch {
    return false;
  }
}

/** @returns the values of the template's parameters; undefined where the route is another */
function parametersIn(template: string, route: string): Readonly<Record<string, string>> | undefined {
  const [known, asked] = [template.split('/'), route.split('/')];
  if (known.length !== asked.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, step] of known.entries()) {
    const text = decodeURIComponent(asked[index] ?? '');
    const name = /^\{(.+)\}$/.exec(step)?.[1];
    if (name === undefined ? step !== text : text === '') return undefined;
    if (name !== undefined) found[name] = text;
  }
  return found;
}

/** A list is one text with commas; `id:in` is a list also where only the type of its parts is described. */
function textProblems(document: OpenApi, rule: Part, text: string): readonly string[] {
  // OpenAPI 3.0 keeps a parameter's type in its schema, Swagger 2.0 beside its name.
  const schema = resolved(document, rule['schema'] ?? rule);
  const isList = schema['type'] === 'array' || /:(?:not_)?in$/.test(String(rule['name']));
  const each = schema['type'] === 'array' ? (schema['items'] ?? ANYTHING) : (rule['schema'] ?? withoutPlace(rule));
  const validate = compiled(ajvOfTexts, document, each);
  const texts = isList ? text.split(',') : [text];
  return [...new Set(texts.flatMap((value) => problemsOf(validate, value, '')))];
}

const withoutPlace = memoized((rule: Part): Part => ({ ...rule, required: undefined }));

function bodyJudge(document: OpenApi, operation: Part, parameters: readonly Part[]): Operation['bodyProblems'] {
  const { content, required } = resolved(document, operation['requestBody']);
  const ofSwagger = parameters.find((one) => one['in'] === 'body');
  const media = partOf(content);
  const schema = ofSwagger?.['schema'] ?? partOf(media['application/json'])['schema'];
  const isRequired = ofSwagger !== undefined || required === true;
  return (text) => {
    if (schema === undefined) return text === '' ? [] : ['takes no JSON body'];
    if (text === '') return isRequired ? ['the body is missing'] : [];
    const body = jsonOf(text);
    if (body === undefined) return ['the body is no JSON'];
    return problemsOf(compiled(ajv, document, schema), body, 'body');
  };
}

/** @returns undefined where the text is no JSON */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const compiled = memoized((validator: Ajv, document: OpenApi, schema: unknown): ValidateFunction => {
  const { definitions, ...value } = requestSchema(document, schema) as { readonly definitions: object };
  return validator.compile({ definitions, type: 'object', properties: { value } });
});

/** @param name of what is held against the schema, as problems are to call it */
function problemsOf(validate: ValidateFunction, value: unknown, name: string): readonly string[] {
  if (validate({ value })) return [];
  const problems = (validate.errors ?? [])
    // What a name is compared with says less than that the name is unknown; what no branch takes, each branch says.
    .filter(({ propertyName, keyword }) => propertyName === undefined && keyword !== 'anyOf')
    .map((error) => worded(error, name).trim());
  return problems.length === 0 ? [`${name} does not fit`] : [...new Set(problems)];
}

function worded({ instancePath, keyword, params, data, message = '' }: ErrorObject, name: string): string {
  const inside = instancePath
    .slice('/value'.length)
    .replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.');
  const path = `${name}${inside}`;
  const { missingProperty, propertyName, type, allowedValues } = params as Readonly<Record<string, unknown>>;
  if (keyword === 'required') return `${path}.${String(missingProperty)} is missing`;
  if (keyword === 'propertyNames') return `${path}.${String(propertyName)} is unknown or read-only`;
  // What stands in a path or a query is a text whatever it means.
  if (keyword === 'type') return `${path} is no ${String(type)}${name === '' ? '' : `, but ${kindOf(data)}`}`;
  if (keyword === 'enum') return `${path} is none of ${listOf(allowedValues).join(', ')}: ${String(data)}`;
  return `${path} ${message}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Remembers results by all arguments; descriptions are read once and live as long as the process. */
function memoized<Given extends readonly unknown[], Result>(make: (...given: Given) => Result) {
  const known = new Map<unknown, unknown>();
  return (...given: Given): Result => {
    let at = known;
    for (const one of given.slice(0, -1)) {
      if (!at.has(one)) at.set(one, new Map());
      at = at.get(one) as Map<unknown, unknown>;
    }
    const last = given.at(-1);
    if (!at.has(last)) at.set(last, make(...given));
    return at.get(last) as Result;
  };
}
