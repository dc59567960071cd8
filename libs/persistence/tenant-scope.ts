import { Prisma, type PrismaClient } from './generated/client.js';

/** A transaction in which only one tenant's rows exist, for Postgres and for the queries that are made here. */
export type TenantTransaction = Prisma.TransactionClient & {
  /** What raw statements name as the owner of the rows they mean. */
  readonly tenantId: string;
};

/** A statement would have written a row of another tenant. */
export class ForeignTenant extends Error {
  override readonly name = 'ForeignTenant';
}

type Arguments = Readonly<Record<string, unknown>>;

/** A client for the transactions of one tenant. */
interface TenantClient {
  $transaction<T>(
    work: (tx: TenantTransaction) => Promise<T>,
    limits: { readonly maxWait: number; readonly timeout: number },
  ): Promise<T>;
}

/**
 * A client whose every query says whose rows it means, whatever row-level security does beneath: reads and changes find no
 * other tenant's rows, and what is written belongs to this one. Raw statements say it themselves, by `tx.tenantId`.
 */
export function scopedToTenant(client: PrismaClient, tenantId: string): TenantClient {
  // The extended client has the same methods; its type differs only in what extensions could add.
  return client.$extends({
    client: { tenantId },
    query: {
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          const owner = OWNER_FIELDS.get(model);
          if (owner === undefined) return query(args);
          return query(scoped(args, operation, owner, tenantId));
        },
      },
    },
  }) as unknown as TenantClient;
}

const OWNER_FIELDS: ReadonlyMap<string, string> = new Map(
  Object.values(Prisma.ModelName).flatMap((model): (readonly [string, string])[] => {
    if (model === Prisma.ModelName.Tenant) return [[model, 'id']];
    return 'tenantId' in Prisma[`${model}ScalarFieldEnum`] ? [[model, 'tenantId']] : [];
  }),
);

function scoped(args: Arguments = {}, operation: string, owner: string, tenantId: string): Arguments {
  for (const part of [args['data'], args['create'], args['update']].flat()) refuseForeign(part, owner, tenantId);
  if (operation.startsWith('create')) return args;
  const where = (args['where'] ?? {}) as Arguments;
  return { ...args, where: { ...where, AND: [where['AND'] ?? [], { [owner]: tenantId }].flat() } };
}

/** @throws ForeignTenant */
function refuseForeign(written: unknown, owner: string, tenantId: string): void {
  const given: unknown = typeof written === 'object' && written !== null ? Reflect.get(written, owner) : undefined;
  if (given !== undefined && given !== tenantId) throw new ForeignTenant('a row of another tenant is not written');
}
