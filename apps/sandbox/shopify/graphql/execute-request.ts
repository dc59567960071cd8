import {
  execute,
  Kind,
  OperationTypeNode,
  parse,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
} from 'graphql';
import { resolveWithAccess } from './access.js';
import type { CostBuckets, ThrottleStatus } from './cost-bucket.js';
import { parseError } from './parse-error.js';
import { queryCost } from './query-cost.js';
import type { RequestContext } from './request-context.js';
import { ROOT_RESOLVERS } from './root-resolvers.js';
import { adminSchema } from './schema.js';
import { validationErrors, type DocumentError } from './validation-errors.js';
import { readVariables } from './variables.js';

/** A GraphQL request as it came in. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

/** The body of the answer; the HTTP status is always 200. */
export interface GraphqlAnswer {
  readonly errors?: readonly (DocumentError | GraphQLFormattedError | { readonly message: string })[];
  readonly data?: ExecutionResult['data'];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** docs: https://shopify.dev/docs/api/usage/limits, regardless of the plan. */
const MOST_POINTS = 1_000;
const MOST_TOKENS = 10_000;
const LIMITS_PAGE = 'https://shopify.dev/api/usage/rate-limits';

interface Prepared {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Outcome<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly answer: GraphqlAnswer };

const refused = (errors: NonNullable<GraphqlAnswer['errors']>): { ok: false; answer: GraphqlAnswer } => ({
  ok: false,
  answer: { errors },
});

function readDocument(query: string): Outcome<DocumentNode> {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: MOST_TOKENS });
  } catch (error) {
    return refused([parseError(error, query)]);
  }
  const errors = validationErrors(adminSchema(), document);
  return errors.length > 0 ? refused(errors) : { ok: true, value: document };
}

/** Documents that are valid: an app sends the same few again and again. */
const checked = new Map<string, DocumentNode>();
const MOST_CHECKED = 100;

function checkedDocument(query: string): Outcome<DocumentNode> {
  const known = checked.get(query);
  if (known !== undefined) return { ok: true, value: known };
  const read = readDocument(query);
  if (checked.size >= MOST_CHECKED) checked.clear();
  if (read.ok) checked.set(query, read.value);
  return read;
}

function chooseOperation(document: DocumentNode, name: string | undefined): Outcome<OperationDefinitionNode> {
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const [first] = operations;
  if (first === undefined) return refused([{ message: 'A query must contain an operation' }]);
  if (name === undefined && operations.length > 1) return refused([{ message: 'An operation name is required' }]);
  const chosen = name === undefined ? first : operations.find((one) => one.name?.value === name);
  if (chosen === undefined) return refused([{ message: `No operation named "${name}"` }]);
  const known = chosen.operation === OperationTypeNode.MUTATION && adminSchema().getMutationType();
  if (chosen.operation !== OperationTypeNode.QUERY && !known) {
    return refused([{ message: `Schema is not configured for ${chosen.operation}s` }]);
  }
  return { ok: true, value: chosen };
}

function prepare({ query, variables, operationName }: GraphqlRequest): Outcome<Prepared> {
  const document = checkedDocument(query);
  if (!document.ok) return document;
  const operation = chooseOperation(document.value, operationName);
  if (!operation.ok) return operation;
  const read = readVariables(adminSchema(), operation.value, variables);
  if (!read.ok) return refused(read.errors);
  return { ok: true, value: { document: document.value, operation: operation.value, variables: read.values } };
}

function tooDear(cost: number): GraphqlAnswer {
  const message = `Query cost is ${cost}, which exceeds the single query max cost limit (${MOST_POINTS}).`;
  const extensions = { code: 'MAX_COST_EXCEEDED', cost, maxCost: MOST_POINTS, documentation: LIMITS_PAGE };
  return { errors: [{ message, extensions }] };
}

function costExtension(requested: number, actual: number | null, throttleStatus: ThrottleStatus) {
  return { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus };
}

function throttled(requested: number, status: ThrottleStatus): GraphqlAnswer {
  const errors = [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: LIMITS_PAGE } }];
  return { errors, extensions: { cost: costExtension(requested, null, status) } };
}

/** graphql-js puts its own order and adds nothing; recorded: message, locations, extensions, path. */
function printError(error: GraphQLFormattedError): GraphQLFormattedError {
  const { message, locations, extensions, path } = error;
  return { message, ...(locations && { locations }), ...(extensions && { extensions }), ...(path && { path }) };
}

function run({ document, operation, variables }: Prepared, context: RequestContext): ExecutionResult {
  const result = execute({
    schema: adminSchema(),
    document,
    rootValue: ROOT_RESOLVERS,
    contextValue: context,
    variableValues: variables,
    operationName: operation.name?.value,
    fieldResolver: resolveWithAccess,
  });
  if (result instanceof Promise) throw new Error('Every resolver is synchronous.');
  return result;
}

/**
 * Answers a GraphQL request the way the Admin API does: parse, validate, price, throttle, execute.
 * @param bucket which bucket pays, one per app and shop
 */
export function executeRequest(
  request: GraphqlRequest,
  context: RequestContext,
  buckets: CostBuckets,
  bucket: string,
): GraphqlAnswer {
  const prepared = prepare(request);
  if (!prepared.ok) return prepared.answer;
  const costed = { schema: adminSchema(), ...prepared.value };
  const requested = queryCost(costed);
  if (requested > MOST_POINTS) return tooDear(requested);
  if (!buckets.take(bucket, requested)) return throttled(requested, buckets.status(bucket));
  const { data, errors } = run(prepared.value, context);
  const actual = Math.min(requested, queryCost(costed, data ?? null));
  buckets.giveBack(bucket, requested - actual);
  const cost = costExtension(requested, actual, buckets.status(bucket));
  return {
    ...(errors && { errors: errors.map((error) => printError(error.toJSON())) }),
    ...(data !== undefined && { data }),
    extensions: { cost, ...(context.searches.length > 0 && { search: context.searches }) },
  };
}
