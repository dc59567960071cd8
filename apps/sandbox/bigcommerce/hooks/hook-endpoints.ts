import { z } from 'zod';
import { isLoopback } from '../../loopback.js';
import { notFound, RestFailure, type Answer, type Call, type Endpoint } from '../rest/answer.js';
import { filterRows, type Fields } from '../rest/filters.js';
import { v3List, v3One } from '../rest/paging.js';
import { readV3 } from '../rest/read-body.js';
import type { Hook } from '../state/rows.js';
import { isHookScope } from './scopes.js';

/** docs: per store, client and scope. */
const MOST_HOOKS = 10;

const fields = {
  scope: z.string().refine(isHookScope, 'Unknown scope.'),
  destination: z.url(),
  is_active: z.boolean(),
  headers: z.record(z.string(), z.string()).nullable(),
};
const createSchema = z.object({
  ...fields,
  is_active: fields.is_active.default(true),
  headers: fields.headers.default(null),
});
const updateSchema = z.object(fields).partial();

const FIELDS: Fields<Hook> = {
  is_active: ({ is_active: is }) => is,
  scope: ({ scope }) => scope,
  destination: ({ destination }) => destination,
};

function hookBody({ data }: Call, hook: Hook): Readonly<Record<string, unknown>> {
  return { ...hook, store_hash: data.store.hash };
}

/** docs: only the hooks of one's own client are there. */
const ownHooks = ({ data, grant }: Call): readonly Hook[] =>
  data.tables.hooks.where(({ client_id: id }) => id === grant.clientId);

function hookIn(call: Call): Hook {
  const hook = ownHooks(call).find(({ id }) => id === Number(call.params['id']));
  if (hook === undefined) throw notFound('Webhook not found.');
  return hook;
}

/** docs: https on port 443. @param allowLoopback plain http to this machine as well */
function checkDestination(destination: string, allowLoopback: boolean): void {
  const { protocol, port } = new URL(destination);
  if ((protocol === 'https:' && port === '') || (allowLoopback && isLoopback(destination))) return;
  throw new RestFailure(422, 'Invalid destination.', { destination: 'must be an https address on port 443' });
}

function checkOthers(call: Call, { scope, destination }: Pick<Hook, 'scope' | 'destination'>, self: number): void {
  const others = ownHooks(call).filter((hook) => hook.scope === scope && hook.id !== self);
  // The status and the sense are documented, the wording is not.
  if (others.some((hook) => hook.destination === destination)) {
    throw new RestFailure(422, 'A hook with this scope and destination already exists.', {
      scope: 'hook already exists',
    });
  }
  if (others.length >= MOST_HOOKS)
    throw new RestFailure(422, `At most ${MOST_HOOKS} hooks of a scope.`, { scope: 'too many' });
}

function save(call: Call, hook: Hook): Answer {
  return v3One(hookBody(call, call.data.tables.hooks.put(hook)));
}

function createHook(call: Call, allowLoopback: boolean): Answer {
  const given = readV3(createSchema, call.body);
  checkDestination(given.destination, allowLoopback);
  checkOthers(call, given, 0);
  const at = Math.floor(call.now / 1_000);
  const id = call.data.tables.hooks.nextId();
  return save(call, { id, client_id: call.grant.clientId, ...given, created_at: at, updated_at: at });
}

/** The hooks of a client at a store. @param allowLoopback whether a hook may be plain http on this machine */
export function hookEndpoints(allowLoopback: () => boolean): readonly Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/v3/hooks',
      handle: (call) =>
        v3List(filterRows(ownHooks(call), call.query, FIELDS, call.now), call.query, {
          print: (hook) => hookBody(call, hook),
        }),
    },
    {
      method: 'POST',
      path: '/v3/hooks',
      handle: (call) => createHook(call, allowLoopback()),
    },
    { method: 'GET', path: '/v3/hooks/:id', handle: (call) => v3One(hookBody(call, hookIn(call))) },
    {
      method: 'PUT',
      path: '/v3/hooks/:id',
      handle(call) {
        const before = hookIn(call);
        const changed = { ...before, ...readV3(updateSchema, call.body) } as Hook;
        checkDestination(changed.destination, allowLoopback());
        checkOthers(call, changed, before.id);
        return save(call, { ...changed, updated_at: Math.floor(call.now / 1_000) });
      },
    },
    {
      method: 'DELETE',
      path: '/v3/hooks/:id',
      // The spec: 200 with what was deleted.
      handle(call) {
        const hook = hookIn(call);
        call.data.tables.hooks.remove(({ id }) => id === hook.id);
        call.data.tables.outbox.remove(({ hook_id: id }) => id === hook.id);
        return v3One(hookBody(call, hook));
      },
    },
  ];
}
