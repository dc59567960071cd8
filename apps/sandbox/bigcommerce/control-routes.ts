import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Grants } from './oauth/grants.js';
import { isScope } from './oauth/scopes.js';
import { knobChanges, type StoreBook } from './state/store-data.js';
import { storeOfHash } from './stores.js';

interface ControlParts {
  readonly stores: StoreBook;
  readonly grants: Grants;
  readonly changed: () => void;
}

const scopesSchema = z.strictObject({ scopes: z.array(z.string().refine(isScope)).max(100) });

/**
 * What no platform has and a test needs.
 * `PUT /store-{hash}.mybigcommerce.com/control/store` turns a store's knobs, `GET` shows them with the calls that emptied a collection;
 * `PUT /login.bigcommerce.com/control/apps/{client id}/scopes` is the developer portal's scope set of an app.
 */
export function registerControlRoutes(server: FastifyInstance, { stores, grants, changed }: ControlParts): void {
  const hashParams = z.object({ hash: z.string() });
  server.get('/shop/:hash/control/store', (request, reply) => {
    const store = storeOfHash(hashParams.parse(request.params).hash);
    if (store === undefined) return reply.code(404).send({ error: 'No such store.' });
    const { knobs, wipes } = stores.of(store);
    return { ...knobs, wipes };
  });
  server.put('/shop/:hash/control/store', (request, reply) => {
    const store = storeOfHash(hashParams.parse(request.params).hash);
    const change = knobChanges.safeParse(request.body);
    if (store === undefined) return reply.code(404).send({ error: 'No such store.' });
    if (!change.success) return reply.code(400).send({ error: z.prettifyError(change.error) });
    Object.assign(stores.of(store).knobs, change.data);
    changed();
    return reply.code(204).send();
  });
  server.put('/login/control/apps/:clientId/scopes', (request, reply) => {
    const { clientId } = z.object({ clientId: z.string() }).parse(request.params);
    const read = scopesSchema.safeParse(request.body);
    if (!read.success) return reply.code(400).send({ error: z.prettifyError(read.error) });
    grants.setScopes(clientId, read.data.scopes);
    return reply.code(204).send();
  });
}
