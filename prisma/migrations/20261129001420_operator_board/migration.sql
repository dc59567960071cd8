-- What comes in, what is subscribed to, who calls, and what was done: lists for operators, across tenants, without what is sealed.
GRANT SELECT (app_id, store_id, platform, topic, reason, processed_at) ON webhook_deliveries TO shopspan_claims;
GRANT SELECT (checked_at, last_error_code, last_error_message) ON webhook_channels TO shopspan_claims;
GRANT SELECT (tenant_id, store_id) ON webhook_subscriptions TO shopspan_claims;
GRANT SELECT (app_id) ON oauth_clients TO shopspan_claims;
CREATE POLICY claims ON webhook_subscriptions FOR SELECT TO shopspan_claims USING (true);
CREATE INDEX webhook_deliveries_open ON webhook_deliveries (status, received_at) WHERE status IN ('received', 'failed');
CREATE INDEX webhook_deliveries_of_store ON webhook_deliveries (store_id, received_at);
CREATE INDEX events_of_store ON events (store_id, created_at);
CREATE INDEX connect_attempts_of_store ON connect_attempts (store_id, created_at) WHERE store_id IS NOT NULL;
CREATE INDEX audit_entries_action ON audit_entries (action, sequence);

-- The stores that an entry is about, by their public ids, however it names them.
CREATE FUNCTION audit_stores(target text, details text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT array(SELECT DISTINCT found[1] FROM regexp_matches(details, 'sto_[0-9a-f]{32}', 'g') AS found
    UNION SELECT 'sto_' || replace(substr(target, 7), '-', '') WHERE target ~ '^store [0-9a-f-]{36}$')
$$;
CREATE INDEX audit_entries_stores ON audit_entries USING gin (audit_stores(target, details));

-- A number that says how many there are, as long as that is worth counting.
CREATE FUNCTION most_counted() RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 100000 $$;

CREATE FUNCTION read_inbox(stuck_seconds int) RETURNS TABLE (waiting bigint, oldest_seconds float8, failed bigint, stuck bigint, stuck_since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT count(*) FILTER (WHERE d.status = 'received'), coalesce(extract(epoch FROM now() - min(d.received_at) FILTER (WHERE d.status = 'received')), 0)::float8,
    count(*) FILTER (WHERE d.status = 'failed'),
    count(*) FILTER (WHERE d.status = 'received' AND d.due_at < now() - make_interval(secs => stuck_seconds)),
    min(d.due_at) FILTER (WHERE d.status = 'received' AND d.due_at < now() - make_interval(secs => stuck_seconds))
  FROM webhook_deliveries d WHERE d.status IN ('received', 'failed')
$$;

CREATE FUNCTION count_deliveries() RETURNS TABLE (platform text, status text, received bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT d.platform, d.status, count(*) FROM webhook_deliveries d WHERE d.received_at > now() - interval '1 day' GROUP BY 1, 2 ORDER BY 1, 2 $$;

-- Those that can be worked through again: what failed for good and was kept.
CREATE FUNCTION count_failed_deliveries() RETURNS TABLE (platform text, failed bigint, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT d.platform, count(*), min(d.received_at) FROM webhook_deliveries d WHERE d.status = 'failed' AND d.data_key_id IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1
$$;

CREATE FUNCTION list_failed_deliveries(of_platform text, most int) RETURNS TABLE (id uuid, tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT d.id, d.tenant_id FROM webhook_deliveries d
  WHERE d.status = 'failed' AND d.platform = of_platform AND d.data_key_id IS NOT NULL ORDER BY d.received_at, d.id LIMIT most
$$;

CREATE FUNCTION list_deliveries_for_operator(wanted jsonb, before_at timestamptz, before_id uuid, page_size int)
RETURNS TABLE (id uuid, store_id uuid, store_name text, store_domain text, app_name text, tenant_name text, mode text, platform text, topic text, status text, reason text,
  attempt int, received_at timestamptz, processed_at timestamptz, is_kept boolean, total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH matching AS NOT MATERIALIZED (
    SELECT d.* FROM (SELECT x.id, x.store_id, x.app_id, x.tenant_id, x.platform, x.topic, x.status, x.reason, x.attempt, x.received_at, x.processed_at, x.data_key_id FROM webhook_deliveries x) d
    WHERE (wanted ->> 'store' IS NULL OR d.store_id = (wanted ->> 'store')::uuid) AND (wanted ->> 'platform' IS NULL OR d.platform = wanted ->> 'platform')
      AND (wanted ->> 'status' IS NULL OR d.status = wanted ->> 'status'))
  SELECT p.id, p.store_id, s.name, s.domain, a.name, t.name, a.mode, p.platform, p.topic, p.status, p.reason, p.attempt, p.received_at, p.processed_at, p.data_key_id IS NOT NULL, n.total
  FROM (SELECT count(*) AS total FROM (SELECT FROM matching LIMIT most_counted()) m) n
    LEFT JOIN LATERAL (SELECT m.* FROM matching m WHERE before_id IS NULL OR (m.received_at, m.id) < (before_at, before_id) ORDER BY m.received_at DESC, m.id DESC LIMIT page_size) p ON true
    LEFT JOIN stores s ON s.id = p.store_id LEFT JOIN apps a ON a.id = p.app_id LEFT JOIN tenants t ON t.id = p.tenant_id
  ORDER BY p.received_at DESC, p.id DESC
$$;

-- Failing ones first, then those that were looked at longest ago.
CREATE FUNCTION list_subscriptions_for_operator(after_number float8, after_id uuid, page_size int)
RETURNS TABLE (store_id uuid, name text, domain text, platform text, mode text, app_name text, tenant_name text, topics bigint, checked_at timestamptz, due_at timestamptz,
  attempt int, last_error_code text, last_error_message text, sort_number float8, total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH matching AS MATERIALIZED (
    SELECT s.id, s.name, s.domain, s.platform, s.mode, s.app_id, s.tenant_id, c.checked_at, c.due_at, c.attempt, c.last_error_code, c.last_error_message,
      (CASE WHEN c.last_error_code IS NULL THEN 1e11 ELSE 0 END + coalesce(extract(epoch FROM c.checked_at), 0))::float8 AS number
    FROM webhook_channels c JOIN stores s ON s.id = c.store_id WHERE s.status <> 'disconnected')
  SELECT p.id, p.name, p.domain, p.platform, p.mode, a.name, t.name, (SELECT count(*) FROM webhook_subscriptions w WHERE w.store_id = p.id), p.checked_at, p.due_at, p.attempt,
    p.last_error_code, p.last_error_message, p.number, n.total
  FROM (SELECT count(*) AS total FROM matching) n
    LEFT JOIN LATERAL (SELECT m.* FROM matching m WHERE after_id IS NULL OR (m.number, m.id) > (after_number, after_id) ORDER BY m.number, m.id LIMIT page_size) p ON true
    LEFT JOIN apps a ON a.id = p.app_id LEFT JOIN tenants t ON t.id = p.tenant_id
  ORDER BY p.number, p.id
$$;

CREATE FUNCTION list_apps_for_operator(wanted jsonb, after_text text, after_id uuid, page_size int)
RETURNS TABLE (id uuid, name text, tenant_id uuid, tenant_name text, mode text, suspended_at timestamptz, per_minute int, created_at timestamptz, stores bigint, keys bigint,
  clients bigint, refused bigint, sort_text text, total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH matching AS MATERIALIZED (
    SELECT a.id, a.name, a.tenant_id, t.name AS tenant_name, a.mode, coalesce(t.suspended_at, a.suspended_at) AS suspended_at, a.per_minute, a.created_at,
      left(lower(a.name), 30) COLLATE "C" AS text
    FROM apps a JOIN tenants t ON t.id = a.tenant_id
    WHERE (wanted ->> 'id' IS NULL OR a.id = (wanted ->> 'id')::uuid) AND (wanted ->> 'search' IS NULL OR position(lower(wanted ->> 'search') IN lower(
      concat_ws(E'\n', a.name, t.name, 'app_' || replace(a.id::text, '-', ''), 'ten_' || replace(t.id::text, '-', '')))) > 0))
  SELECT p.id, p.name, p.tenant_id, p.tenant_name, p.mode, p.suspended_at, p.per_minute, p.created_at,
    (SELECT count(*) FROM stores s WHERE s.tenant_id = p.tenant_id AND s.app_id = p.id AND s.status <> 'disconnected'),
    (SELECT count(*) FROM api_keys k WHERE k.tenant_id = p.tenant_id AND k.app_id = p.id AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())),
    (SELECT count(*) FROM oauth_clients c WHERE c.tenant_id = p.tenant_id AND c.app_id = p.id AND c.disabled_at IS NULL),
    (SELECT coalesce(sum(r.refused), 0) FROM app_refusals r WHERE r.app_id = p.id AND r.last_at > now() - interval '1 hour'), p.text, n.total
  FROM (SELECT count(*) AS total FROM matching) n
    LEFT JOIN LATERAL (SELECT m.* FROM matching m WHERE after_id IS NULL OR (m.text, m.id) > (after_text COLLATE "C", after_id) ORDER BY m.text, m.id LIMIT page_size) p ON true
  ORDER BY p.text, p.id
$$;

CREATE FUNCTION list_refused_apps(most int) RETURNS TABLE (app_id uuid, app_name text, tenant_name text, refused bigint, since timestamptz, total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT a.id, a.name, t.name, sum(r.refused), min(r.hour), count(*) OVER ()
  FROM app_refusals r JOIN apps a ON a.id = r.app_id JOIN tenants t ON t.id = a.tenant_id
  WHERE r.last_at > now() - interval '1 hour' GROUP BY a.id, a.name, t.name ORDER BY 4 DESC, a.id LIMIT most
$$;

-- The budget as of now: what was left has grown since.
CREATE FUNCTION find_store_pace(wanted uuid) RETURNS TABLE (available float8, capacity float8, per_second float8, under_way bigint, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT least(p.capacity, p.available + extract(epoch FROM now() - p.refilled_at) * p.per_second), p.capacity, p.per_second,
    (SELECT count(*) FROM store_calls c WHERE c.store_id = wanted AND c.ends_at > now()), now()
  FROM store_paces p WHERE p.store_id = wanted
$$;

CREATE FUNCTION list_budgets() RETURNS TABLE (platform text, mean float8, worst float8, stores bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT b.platform, avg(b.used), max(b.used), count(*) FROM (
    SELECT s.platform, 1 - greatest(0, least(p.capacity, p.available + extract(epoch FROM now() - p.refilled_at) * p.per_second)) / p.capacity AS used
    FROM store_paces p JOIN stores s ON s.id = p.store_id WHERE p.capacity > 0 AND p.available IS NOT NULL AND s.status <> 'disconnected') b
  GROUP BY 1
$$;

CREATE FUNCTION list_store_errors() RETURNS TABLE (platform text, code text, stores bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT s.platform, s.last_error_code, count(*) FROM stores s
  WHERE s.last_error_at > now() - interval '1 day' AND s.last_error_code IS NOT NULL AND s.status <> 'disconnected' GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT 500
$$;

-- Newest first. A search without an action looks at the newest of a log that may hold years of uses counted each second.
CREATE FUNCTION list_audit_for_operator(wanted jsonb, before bigint, page_size int)
RETURNS TABLE (sequence bigint, at timestamptz, actor text, action text, target text, details text, total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH matching AS NOT MATERIALIZED (
    SELECT e.sequence, e.at, e.actor, e.action, e.target, e.details FROM audit_entries e
    WHERE (wanted ->> 'action' IS NULL OR e.action = wanted ->> 'action')
      AND (wanted ->> 'action' IS NOT NULL OR (wanted ->> 'actor' IS NULL AND wanted ->> 'target' IS NULL) OR e.sequence > (SELECT h.sequence FROM audit_heads h) - 200000)
      AND (wanted ->> 'actor' IS NULL OR position(lower(wanted ->> 'actor') IN lower(e.actor)) > 0)
      AND (wanted ->> 'target' IS NULL OR position(lower(wanted ->> 'target') IN lower(e.target)) > 0))
  SELECT p.*, n.total FROM (SELECT count(*) AS total FROM (SELECT FROM matching LIMIT most_counted()) m) n
    LEFT JOIN LATERAL (SELECT m.* FROM matching m WHERE before IS NULL OR m.sequence < before ORDER BY m.sequence DESC LIMIT page_size) p ON true
  ORDER BY p.sequence DESC
$$;

CREATE FUNCTION list_audit_of_store(wanted text, before timestamptz, most int)
RETURNS TABLE (sequence bigint, at timestamptz, actor text, action text, target text, details text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT e.sequence, e.at, e.actor, e.action, e.target, e.details FROM audit_entries e
  WHERE audit_stores(e.target, e.details) @> ARRAY[wanted] AND e.at < before ORDER BY e.at DESC, e.sequence DESC LIMIT most
$$;

DO $$
DECLARE signature text;
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOR signature IN SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname = ANY (ARRAY[
    'read_inbox', 'count_deliveries', 'count_failed_deliveries', 'list_failed_deliveries', 'list_deliveries_for_operator', 'list_subscriptions_for_operator',
    'list_apps_for_operator', 'list_refused_apps', 'find_store_pace', 'list_budgets', 'list_store_errors', 'list_audit_for_operator', 'list_audit_of_store']) LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO shopspan_app', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
