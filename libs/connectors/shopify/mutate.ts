import { type ConnectedStore, GatewayError, type JsonValue, type PlatformErrorCode } from '#contract';
import { graphql } from '#kit';
import { z } from 'zod';
import { GRAPHQL_PATH } from './documents.js';

/** Every mutation costs the same, whatever is selected of its answer (fitted model: see `documents.ts`). */
const MUTATION_COST = 10;

export interface Mutation<T> {
  /** The operation of ours it is part of, for the error. */
  readonly operation: string;
  readonly document: string;
  /** The mutation's field, such as `orderCreate`, whose payload is checked and answered. */
  readonly root: string;
  readonly variables: Readonly<Record<string, JsonValue>>;
  /** Only what is read of the payload. */
  readonly answer: z.ZodType<T>;
}

/** One refusal beside the data of a 200; many mutations name no code. */
export interface UserError {
  readonly field: string;
  readonly message: string;
  readonly code: string | undefined;
}

interface Refusal {
  readonly code?: RegExp;
  readonly message?: RegExp;
  readonly as: PlatformErrorCode;
}

/**
 * What a refusal means; the first row that fits, else `request_rejected`. Codes are those of the schema's enumerations of
 * errors, messages those recorded at live shops: older mutations have no codes.
 */
const REFUSALS: readonly Refusal[] = [
  // The first attempt with this key is still being worked on: the same key again, later (docs: usage/idempotent-requests).
  { code: /^IDEMPOTENCY_CONCURRENT_REQUEST$/, as: 'platform_unavailable' },
  { message: /idempoten.*(concurrent|in progress|being processed)/i, as: 'platform_unavailable' },
  { code: /^IDEMPOTENCY_KEY_PARAMETER_MISMATCH$/, as: 'conflict' },
  { message: /idempoten.*(different|mismatch|another)/i, as: 'conflict' },
  { code: /^(CHANGE_FROM|COMPARE)_QUANTITY_STALE$/, as: 'conflict' },
  { code: /^(SERVICE_UNAVAILABLE|OPERATION_IN_PROGRESS|INTERNAL_ERROR)$/, as: 'platform_unavailable' },
  { message: /operation .*already in progress/i, as: 'platform_unavailable' },
  // Trial and development shops take five new orders a minute.
  { code: /^(THROTTLED|TOO_MANY_REQUESTS)$/, as: 'platform_rate_limited' },
  { message: /too many (attempts|requests)/i, as: 'platform_rate_limited' },
  { code: /^(ACCESS_DENIED|UNAUTHORIZED)$/, as: 'platform_scope_missing' },
  { message: /app is not approved|access denied/i, as: 'platform_scope_missing' },
  { code: /(^|_)(NOT_FOUND|DOES_NOT_EXIST)$/, as: 'not_found' },
  { message: /does(n't| not) exist|not found|(couldn't|could not) be found/i, as: 'not_found' },
  { code: /(^|_)(TAKEN|ALREADY_EXISTS|DUPLICATE)$/, as: 'conflict' },
  {
    message: /already (been taken|in use|exists|been cancell?ed|cancell?ed)|must be unique/i,
    as: 'conflict',
  },
];

const userError = z.object({
  field: z.union([z.array(z.union([z.string(), z.number()])), z.string()]).nullish(),
  message: z.string().catch('The platform gave no reason'),
  code: z.string().nullish(),
});

/**
 * Runs one mutation and answers its payload. Sent once: whether it may be sent again is the operation's to say.
 * @throws GatewayError by the platform's refusal, with each field and message; nothing was written then
 */
export async function mutate<T>(store: ConnectedStore, mutation: Mutation<T>): Promise<T> {
  const { operation, document, root, variables, answer } = mutation;
  const data = await graphql(store, {
    path: GRAPHQL_PATH,
    document,
    variables,
    effect: 'write',
    expect: z.object({ [root]: z.record(z.string(), z.unknown()) }),
    cost: MUTATION_COST,
  });
  const payload = data[root] ?? {};
  const refused = userErrorsIn(payload);
  if (refused.length > 0) throw refusal(operation, refused);
  const read = answer.safeParse(payload);
  if (read.success) return read.data;
  throw new GatewayError('platform_contract_broken', `Shopify answered ${root} in another form than it documents`, {
    platform: { id: 'shopify' },
    operation,
    cause: read.error,
  });
}

/** `userErrors`, `orderCancelUserErrors` and their like: whatever name the payload gives its list. */
function userErrorsIn(payload: Readonly<Record<string, unknown>>): readonly UserError[] {
  return Object.entries(payload)
    .filter(([name, value]) => /errors$/i.test(name) && Array.isArray(value))
    .flatMap(([, value]) => z.array(userError.catch({ message: 'The platform gave no reason' })).parse(value))
    .map(({ field, message, code }) => ({ field: pathOf(field), message, code: code ?? undefined }));
}

function pathOf(field: string | readonly (string | number)[] | null | undefined): string {
  return typeof field === 'string' ? field : (field ?? []).join('.');
}

/** The error for what the platform refused. */
export function refusal(operation: string, refused: readonly UserError[]): GatewayError<PlatformErrorCode> {
  const found = REFUSALS.find((row) => refused.some((error) => means(row, error)));
  const [first] = refused;
  return new GatewayError(found?.as ?? 'request_rejected', `Shopify refused: ${sentences(refused)}`, {
    operation,
    platform: {
      id: 'shopify',
      status: 200,
      ...(first?.code === undefined ? {} : { code: first.code }),
      ...(first === undefined ? {} : { message: first.message }),
    },
    fields: refused.map(({ field, message }) => ({ path: field, message })),
  });
}

function means({ code, message }: Refusal, error: UserError): boolean {
  return code === undefined ? message?.test(error.message) === true : code.test(error.code ?? '');
}

function sentences(refused: readonly UserError[]): string {
  return [...new Set(refused.map(({ message }) => message))].join('; ').slice(0, 500);
}
