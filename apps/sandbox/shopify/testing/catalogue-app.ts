import { z } from 'zod';
import { startShopify, USD_SHOP, type RunningShopify } from './running-shopify.js';

export const CATALOGUE_SCOPES =
  'write_products,write_inventory,read_locations,write_customers,write_discounts,write_publications,read_publications,write_orders,read_orders,read_merchant_managed_fulfillment_orders';

const rowsSchema = z.object({ nodes: z.array(z.looseObject({ id: z.string() })) });
const errorSchema = z.looseObject({
  field: z.array(z.string()).nullable(),
  message: z.string(),
  code: z.string().nullish(),
});

/** What a mutation answered. */
export interface Written {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly errors: readonly z.infer<typeof errorSchema>[];
}

/** An app that may read and write what a shop sells and to whom, on one shop. */
export interface CatalogueApp {
  readonly running: RunningShopify;
  readonly token: string;
  /** The data of an answer, or `{ errors }`. */
  ask(query: string, variables?: unknown): Promise<unknown>;
  /** Runs a mutation of one field. @throws {Error} on top-level errors */
  write(mutation: string, variables?: unknown): Promise<Written>;
  /** The rows of a list. @param list e.g. `products(first: 3)` @param fields what is asked of each row, besides its id */
  rows(list: string, fields?: string): Promise<readonly Readonly<Record<string, unknown> & { id: string }>[]>;
}

export async function startCatalogueApp(scopes = CATALOGUE_SCOPES): Promise<CatalogueApp> {
  const running = await startShopify();
  // A token without an end: every question moves the clock.
  const { access_token: token } = await running.connect(USD_SHOP, scopes, false);
  const ask = async (query: string, variables: unknown = {}): Promise<unknown> => {
    const { data, errors } = await running.ask(USD_SHOP, token, query, variables);
    return errors === undefined ? data : { errors };
  };
  return {
    ...{ running, token, ask },
    async write(mutation, variables) {
      const { data, errors } = await running.ask(USD_SHOP, token, mutation, variables);
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      const [payload = {}] = Object.values(z.record(z.string(), z.looseObject({})).parse(data));
      return { payload, errors: z.array(errorSchema).parse(payload['userErrors'] ?? []) };
    },
    async rows(list, fields = '') {
      const { data, errors } = await running.ask(USD_SHOP, token, `{ rows: ${list} { nodes { id ${fields} } } }`);
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return rowsSchema.parse(data?.['rows']).nodes;
    },
  };
}

/** The first global id of a type in an answer. */
export function idIn(answer: unknown, type: string): string {
  const [id] = new RegExp(`gid://shopify/${type}/[^"]+`).exec(JSON.stringify(answer)) ?? [];
  if (id === undefined) throw new Error(`No id of ${type} in ${JSON.stringify(answer)}.`);
  return id;
}
