/** A function that looks across tenants: who may call it, and everything it tells. */
export interface NamedFunction {
  readonly role: 'app' | 'worker' | 'both' | 'owner';
  readonly call: string;
  readonly tells: readonly string[];
}

/** Those that operators' pages ask. */
export const OPERATOR_FUNCTIONS: Readonly<Record<string, NamedFunction>> = {
  act_as_operator: { role: 'app', call: "act_as_operator('\\x00', 'store.retried', 'x', '{}')", tells: [] },
  find_owner_for_operator: {
    role: 'app',
    call: "find_owner_for_operator('store', gen_random_uuid())",
    tells: ['tenant_id', 'app_id'],
  },
  list_app_limits: { role: 'app', call: 'list_app_limits()', tells: ['app_id', 'per_minute'] },
  note_app_refusals: { role: 'app', call: "note_app_refusals('{}')", tells: [] },
  list_stores_as_seen: {
    role: 'app',
    call: "list_stores_as_seen('{}', '{}', NULL, NULL, NULL, 10)",
    tells: ['id', 'tenant_id', 'sort_number', 'sort_text', 'total'],
  },
  count_stores_as_seen: {
    role: 'app',
    call: "count_stores_as_seen('{}')",
    tells: ['platform', 'state', 'who', 'is_dying', 'is_sunset', 'is_connected', 'stores'],
  },
  list_stores_in_trouble: {
    role: 'app',
    call: "list_stores_in_trouble('{}', 10)",
    tells: ['id', 'tenant_id', 'who', 'total'],
  },
  list_refused_clients: {
    role: 'app',
    call: "list_refused_clients('{}', 10)",
    tells: ['app_id', 'app_name', 'tenant_name', 'platform', 'stores', 'since', 'total'],
  },
  count_renewals: { role: 'app', call: 'count_renewals()', tells: ['total', 'due', 'oldest_due_seconds'] },
  list_due_minutes: { role: 'app', call: 'list_due_minutes()', tells: ['at', 'due'] },
  list_death_days: { role: 'app', call: "list_death_days('{}')", tells: ['at', 'who', 'stores'] },
  list_next_deaths: { role: 'app', call: "list_next_deaths('{}', 10)", tells: ['id', 'tenant_id', 'dies_at', 'who'] },
  read_inbox: {
    role: 'app',
    call: 'read_inbox(300)',
    tells: ['waiting', 'oldest_seconds', 'failed', 'stuck', 'stuck_since'],
  },
  count_deliveries: { role: 'app', call: 'count_deliveries()', tells: ['platform', 'status', 'received'] },
  count_failed_deliveries: { role: 'app', call: 'count_failed_deliveries()', tells: ['platform', 'failed', 'since'] },
  list_failed_deliveries: { role: 'app', call: "list_failed_deliveries('x', 10)", tells: ['id', 'tenant_id'] },
  list_deliveries_for_operator: {
    role: 'app',
    call: "list_deliveries_for_operator('{}', NULL, NULL, 10)",
    tells: (
      'id store_id store_name store_domain app_name tenant_name mode platform topic status reason attempt ' +
      'received_at processed_at is_kept total'
    ).split(' '),
  },
  list_subscriptions_for_operator: {
    role: 'app',
    call: 'list_subscriptions_for_operator(NULL, NULL, 10)',
    tells: (
      'store_id name domain platform mode app_name tenant_name topics checked_at due_at attempt ' +
      'last_error_code last_error_message sort_number total'
    ).split(' '),
  },
  list_apps_for_operator: {
    role: 'app',
    call: "list_apps_for_operator('{}', NULL, NULL, 10)",
    tells: (
      'id name tenant_id tenant_name mode suspended_at per_minute created_at stores keys clients refused ' +
      'sort_text total'
    ).split(' '),
  },
  list_refused_apps: {
    role: 'app',
    call: 'list_refused_apps(10)',
    tells: ['app_id', 'app_name', 'tenant_name', 'refused', 'since', 'total'],
  },
  find_store_pace: {
    role: 'app',
    call: 'find_store_pace(gen_random_uuid())',
    tells: ['available', 'capacity', 'per_second', 'under_way', 'at'],
  },
  list_budgets: { role: 'app', call: 'list_budgets()', tells: ['platform', 'mean', 'worst', 'stores'] },
  list_store_errors: { role: 'app', call: 'list_store_errors()', tells: ['platform', 'code', 'stores'] },
  list_audit_for_operator: {
    role: 'app',
    call: "list_audit_for_operator('{}', NULL, 10)",
    tells: ['sequence', 'at', 'actor', 'action', 'target', 'details', 'total'],
  },
  list_audit_of_store: {
    role: 'app',
    call: "list_audit_of_store('sto_x', now(), 10)",
    tells: ['sequence', 'at', 'actor', 'action', 'target', 'details'],
  },
};
