-- Stores of all tenants as operators see them. What is in no healthy state is few, in a fleet that is well.
CREATE INDEX stores_troubled ON stores (health_since) WHERE health_state <> 'healthy' OR warned_days IS NOT NULL;
CREATE INDEX stores_dies_at ON stores (dies_at) WHERE dies_at IS NOT NULL;

-- `words` is what the code's tables say, so that nothing of them is written down a second time here: `who` by the reason of a
-- state (and by `state:<state>` for a reason of a newer version), `sunsets` by platform, and the platforms whose renewals are `rotating`.
-- It has the rights of whoever calls it: of a function below. `is_troubled` is what `stores_troubled` holds, word for word: whoever asks for
-- it does not look at those that are well.
CREATE FUNCTION stores_as_seen(words jsonb)
RETURNS TABLE (id uuid, tenant_id uuid, app_id uuid, platform text, status text, state text, reason text, since timestamptz, is_stopped boolean,
  dies_at timestamptz, is_dying boolean, is_sunset boolean, who text, is_troubled boolean)
LANGUAGE sql STABLE
AS $$
  WITH held AS MATERIALIZED (SELECT x.scope, x.target, max(x.set_at) AS set_at FROM stops x WHERE x.lifted_at IS NULL GROUP BY x.scope, x.target),
  -- What an operator has stopped shows as paused, and is what it was when the stop is lifted.
  shown AS (
    SELECT s.*, CASE WHEN s.status = 'active' THEN greatest(h1.set_at, h2.set_at, h3.set_at, h4.set_at, h5.set_at) END AS stopped_at,
      s.health_state = 'degraded' AND c.last_error_code = 'platform_client_refused' AND c.attempt > 0 AS is_refused,
      s.status IN ('active', 'paused') AND s.warned_days IS NOT NULL AND s.dies_at IS NOT NULL AS warned
    FROM stores s LEFT JOIN credentials c ON c.store_id = s.id
      LEFT JOIN held h1 ON h1.scope = 'store' AND h1.target = s.id::text
      LEFT JOIN held h2 ON h2.scope = 'app' AND h2.target = s.app_id::text
      LEFT JOIN held h3 ON h3.scope = 'tenant' AND h3.target = s.tenant_id::text
      LEFT JOIN held h4 ON h4.scope = 'platform' AND h4.target = s.platform
      LEFT JOIN held h5 ON h5.scope = 'everything'),
  known AS (
    SELECT s.*, CASE WHEN s.stopped_at IS NULL THEN s.health_state ELSE 'paused' END AS seen_state,
      CASE WHEN s.stopped_at IS NOT NULL THEN 'paused' WHEN s.is_refused THEN 'clientRefused' ELSE s.health_reason END AS seen_reason,
      s.dies_at IS NOT DISTINCT FROM (words -> 'sunsets' ->> s.platform)::timestamptz AND s.dies_at IS NOT NULL AS sunset
    FROM shown s),
  judged AS (
    SELECT k.*, coalesce(words -> 'who' ->> k.seen_reason, words -> 'who' ->> ('state:' || k.seen_state)) AS who_now FROM known k)
  SELECT j.id, j.tenant_id, j.app_id, j.platform, j.status, j.seen_state, j.seen_reason, coalesce(j.stopped_at, j.health_since), j.stopped_at IS NOT NULL,
    j.dies_at, j.warned, j.sunset,
    CASE WHEN j.who_now IN ('you', 'merchant') THEN j.who_now WHEN j.warned AND j.sunset THEN 'you' WHEN j.warned THEN 'merchant' ELSE 'nobody' END,
    j.health_state <> 'healthy' OR j.warned_days IS NOT NULL
  FROM judged j
$$;

-- One page of those that match, in one of four orders, and how many match. There is always a row, so that the number is told.
CREATE FUNCTION list_stores_as_seen(words jsonb, wanted jsonb, after_number float8, after_text text, after_id uuid, page_size int)
RETURNS TABLE (id uuid, tenant_id uuid, sort_number float8, sort_text text, total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH matching AS MATERIALIZED (
    SELECT v.id, v.tenant_id,
      CASE wanted ->> 'sort'
        WHEN 'name' THEN 0
        WHEN 'since' THEN -extract(epoch FROM v.since)
        WHEN 'diesAt' THEN coalesce(extract(epoch FROM v.dies_at), 1e12)
        ELSE 1e11 * CASE WHEN v.who = 'you' THEN 0 WHEN v.who = 'merchant' THEN 1 WHEN v.status = 'disconnected' THEN 4 WHEN v.state <> 'healthy' THEN 2 ELSE 3 END
          + extract(epoch FROM v.since) END::float8 AS number,
      CASE wanted ->> 'sort' WHEN 'name' THEN left(lower(s.name), 30) ELSE '' END COLLATE "C" AS text
    FROM stores_as_seen(words) v JOIN stores s ON s.id = v.id
    WHERE (wanted ->> 'who' IS NULL OR v.who = wanted ->> 'who') AND (wanted ->> 'state' IS NULL OR v.state = wanted ->> 'state')
      AND (wanted ->> 'status' IS NULL OR CASE WHEN v.is_stopped THEN 'paused' ELSE v.status END = wanted ->> 'status')
      AND (wanted ->> 'platform' IS NULL OR v.platform = wanted ->> 'platform')
      AND (wanted ->> 'app' IS NULL OR v.app_id = (wanted ->> 'app')::uuid)
      AND (wanted ->> 'dying' IS NULL OR v.is_dying = (wanted ->> 'dying')::boolean)
      -- Not a pattern: whatever is searched for means itself.
      AND (wanted ->> 'search' IS NULL OR position(lower(wanted ->> 'search') IN lower(
        concat_ws(E'\n', s.name, s.domain, s.account, s.external_id, 'sto_' || replace(s.id::text, '-', '')))) > 0))
  SELECT p.id, p.tenant_id, p.number, p.text, t.total
  FROM (SELECT count(*) AS total FROM matching) t LEFT JOIN LATERAL (
    SELECT m.* FROM matching m WHERE after_id IS NULL OR (m.number, m.text, m.id) > (after_number, after_text COLLATE "C", after_id)
    ORDER BY m.number, m.text, m.id LIMIT page_size) p ON true
  ORDER BY p.number, p.text, p.id
$$;

CREATE FUNCTION count_stores_as_seen(words jsonb) RETURNS TABLE (platform text, state text, who text, is_dying boolean, is_sunset boolean, is_connected boolean, stores bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT v.platform, v.state, v.who, v.is_dying, v.is_dying AND v.is_sunset, v.status <> 'disconnected', count(*) FROM stores_as_seen(words) v GROUP BY 1, 2, 3, 4, 5, 6
$$;

-- The most urgent of each group. What a stop holds is told with the stop, what a platform's client or its version means with those.
CREATE FUNCTION list_stores_in_trouble(words jsonb, most int) RETURNS TABLE (id uuid, tenant_id uuid, who text, total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT r.id, r.tenant_id, r.who, r.total FROM (
    SELECT v.id, v.tenant_id, v.who, count(*) OVER (PARTITION BY v.who) AS total,
      row_number() OVER (PARTITION BY v.who ORDER BY CASE WHEN v.is_dying THEN v.dies_at END NULLS LAST, v.since, v.id) AS place
    FROM stores_as_seen(words) v
    WHERE v.is_troubled AND v.status <> 'disconnected' AND NOT v.is_stopped AND (v.who <> 'nobody' OR v.state <> 'healthy') AND v.reason <> 'clientRefused'
      AND NOT (v.is_dying AND v.is_sunset AND coalesce(words -> 'who' ->> v.reason, 'nobody') = 'nobody')) r
  WHERE r.place <= most ORDER BY r.who, r.place
$$;

CREATE FUNCTION list_refused_clients(words jsonb, most int)
RETURNS TABLE (app_id uuid, app_name text, tenant_name text, platform text, stores bigint, since timestamptz, total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT a.id, a.name, t.name, v.platform, count(*), min(v.since), count(*) OVER ()
  FROM stores_as_seen(words) v JOIN apps a ON a.id = v.app_id JOIN tenants t ON t.id = v.tenant_id
  WHERE v.is_troubled AND v.reason = 'clientRefused' AND v.status <> 'disconnected' GROUP BY a.id, a.name, t.name, v.platform ORDER BY count(*) DESC, a.id, v.platform LIMIT most
$$;

-- Rows and times of credentials for stores that were found above, never a credential. Within one tenant at a time, with no rights but its
-- caller's: row-level security judges every row.
CREATE FUNCTION load_stores_for_operator(places jsonb)
RETURNS TABLE (id uuid, tenant_id uuid, app_id uuid, tenant_name text, app_name text, platform text, name text, domain text, mode text, status text, status_reason text,
  status_since timestamptz, last_success_at timestamptz, last_error_code text, last_error_message text, last_error_at timestamptz,
  health_state text, health_reason text, health_since timestamptz, scopes_lost text[],
  strategy text, access_expires_at timestamptz, refresh_expires_at timestamptz, due_at timestamptz, last_refreshed_at timestamptz, attempt int,
  credential_error_code text, credential_error_message text, credential_error_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, public
AS $$
DECLARE place record;
BEGIN
  FOR place IN SELECT (p ->> 'tenantId') AS tenant, array_agg((p ->> 'id')::uuid) AS ids FROM jsonb_array_elements(places) p GROUP BY 1 LOOP
    PERFORM set_config('shopspan.tenant', place.tenant, true);
    RETURN QUERY
      SELECT s.id, s.tenant_id, s.app_id, t.name, a.name, s.platform, s.name, s.domain, s.mode, s.status, s.status_reason, s.status_since, s.last_success_at,
        s.last_error_code, s.last_error_message, s.last_error_at, s.health_state, s.health_reason, s.health_since, s.scopes_lost,
        c.strategy, c.access_expires_at, c.refresh_expires_at, c.due_at, c.last_refreshed_at, c.attempt, c.last_error_code, c.last_error_message, c.last_error_at
      FROM stores s JOIN tenants t ON t.id = s.tenant_id JOIN apps a ON a.id = s.app_id LEFT JOIN credentials c ON c.store_id = s.id
      WHERE s.id = ANY (place.ids) AND s.tenant_id = place.tenant::uuid;
  END LOOP;
END $$;

-- When credentials are renewed, and when connections end.

CREATE FUNCTION count_renewals() RETURNS TABLE (total bigint, due bigint, oldest_due_seconds float8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT count(*), count(*) FILTER (WHERE c.due_at <= now()), coalesce(extract(epoch FROM now() - min(c.due_at) FILTER (WHERE c.due_at <= now())), 0)::float8
  FROM credentials c JOIN stores s ON s.id = c.store_id WHERE c.state = 'active' AND c.due_at IS NOT NULL AND s.status = 'active'
$$;

CREATE FUNCTION list_due_minutes() RETURNS TABLE (at timestamptz, due bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT date_trunc('minute', c.due_at), count(*) FROM credentials c JOIN stores s ON s.id = c.store_id
  WHERE c.state = 'active' AND c.due_at > now() AND c.due_at < now() + interval '1 hour' AND s.status = 'active' GROUP BY 1 ORDER BY 1
$$;

-- A renewal that works and gives a whole new life averts an end. Plain: the two below share it.
CREATE FUNCTION deaths_ahead(words jsonb) RETURNS TABLE (id uuid, tenant_id uuid, dies_at timestamptz, is_sunset boolean, who text)
LANGUAGE sql STABLE
AS $$
  SELECT v.id, v.tenant_id, v.dies_at, v.is_sunset, CASE WHEN v.is_sunset THEN 'you' WHEN NOT v.is_dying AND v.status = 'active' AND c.attempt = 0 AND c.due_at < v.dies_at
    AND words -> 'rotating' ? v.platform THEN 'nobody' ELSE 'merchant' END
  FROM stores_as_seen(words) v LEFT JOIN credentials c ON c.store_id = v.id
  WHERE v.dies_at IS NOT NULL AND v.status IN ('active', 'paused')
$$;

CREATE FUNCTION list_death_days(words jsonb) RETURNS TABLE (at timestamptz, who text, stores bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT date_trunc('day', greatest(d.dies_at, now()), 'UTC'), d.who, count(*) FROM deaths_ahead(words) d WHERE d.dies_at < now() + interval '90 days' GROUP BY 1, 2 ORDER BY 1, 2
$$;

CREATE FUNCTION list_next_deaths(words jsonb, most int) RETURNS TABLE (id uuid, tenant_id uuid, dies_at timestamptz, who text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT d.id, d.tenant_id, d.dies_at, d.who FROM deaths_ahead(words) d WHERE d.who <> 'nobody' ORDER BY d.dies_at, d.id LIMIT most $$;

DO $$
DECLARE signature text;
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOREACH signature IN ARRAY ARRAY['list_stores_as_seen(jsonb, jsonb, float8, text, uuid, int)', 'count_stores_as_seen(jsonb)', 'list_stores_in_trouble(jsonb, int)',
    'list_refused_clients(jsonb, int)', 'count_renewals()', 'list_due_minutes()', 'list_death_days(jsonb)', 'list_next_deaths(jsonb, int)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO shopspan_app', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
REVOKE ALL ON FUNCTION load_stores_for_operator(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION load_stores_for_operator(jsonb) TO shopspan_app;
