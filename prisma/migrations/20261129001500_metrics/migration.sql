-- What calls to platforms and renewals came to, minute by minute, as every process adds it up; kept for eight days.
CREATE TABLE "activity_minutes" (
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "sum_ms" BIGINT NOT NULL,
    "max_ms" INTEGER NOT NULL,
    "buckets" INTEGER[],

    CONSTRAINT "activity_minutes_pkey" PRIMARY KEY ("minute", "kind", "platform", "outcome", "reason")
);
ALTER TABLE activity_minutes ADD CONSTRAINT activity_minutes_kind_check CHECK (kind IN ('call', 'refresh'));

-- What is the operator's to act on, one row a condition and platform; the row is what keeps workers from telling it twice.
CREATE TABLE "alerts" (
    "code" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "episode" UUID NOT NULL,
    "count" INTEGER NOT NULL,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3),
    "end_told_at" TIMESTAMPTZ(3),
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("code", "platform")
);

-- Both belong to no tenant: platforms, codes and counts.
GRANT SELECT ON activity_minutes TO shopspan_app, shopspan_worker;
GRANT SELECT, INSERT, DELETE, UPDATE (count, sum_ms, max_ms, buckets) ON activity_minutes TO shopspan_claims;
GRANT SELECT ON alerts TO shopspan_app;
GRANT SELECT, INSERT, UPDATE ON alerts TO shopspan_worker;

GRANT SELECT (platform) ON webhook_deliveries TO shopspan_claims;

-- Adds what a process has counted. In the order of the key, so that two processes never wait for each other in a circle.
CREATE FUNCTION add_activity_minutes(counted jsonb) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  INSERT INTO activity_minutes AS m (minute, kind, platform, outcome, reason, count, sum_ms, max_ms, buckets)
  SELECT c.minute, c.kind, c.platform, c.outcome, c.reason, c.count, c.sum_ms, c.max_ms, c.buckets
  FROM jsonb_to_recordset(counted) AS c (minute timestamptz, kind text, platform text, outcome text, reason text, count int, sum_ms bigint, max_ms int, buckets int[])
  ORDER BY c.minute, c.kind, c.platform, c.outcome, c.reason
  ON CONFLICT (minute, kind, platform, outcome, reason) DO UPDATE SET
    count = m.count + excluded.count, sum_ms = m.sum_ms + excluded.sum_ms, max_ms = greatest(m.max_ms, excluded.max_ms),
    buckets = ARRAY(SELECT coalesce(b.had, 0) + coalesce(b.more, 0) FROM unnest(m.buckets, excluded.buckets) WITH ORDINALITY AS b (had, more, place) ORDER BY b.place)
$$;

CREATE FUNCTION forget_old_activity() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH gone AS (DELETE FROM activity_minutes m WHERE m.minute < now() - interval '8 days' RETURNING 1) SELECT count(*) FROM gone
$$;

-- Counts for whoever runs the gateway: nothing in them leads to a tenant, an app or a store.
-- A platform that does not accept the client is seen at the credential first, as healthOf has it.
CREATE FUNCTION count_stores_by_health() RETURNS TABLE (platform text, state text, reason text, stores bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT s.platform, s.health_state,
    CASE WHEN s.health_state = 'degraded' AND c.attempt > 0 AND c.last_error_code = 'platform_client_refused' THEN 'clientRefused' ELSE s.health_reason END,
    count(*)
  FROM stores s LEFT JOIN credentials c ON c.store_id = s.id
  WHERE s.status <> 'disconnected' GROUP BY 1, 2, 3
$$;

-- `overdue`: due for more than a minute, so that nobody is at it. `dying`: as the last probe saw it. `neglected`: the refresh
-- token ends within a day and its renewal is due: the gateway has not done its part.
CREATE FUNCTION count_credentials() RETURNS TABLE (platform text, renewable bigint, due bigint, overdue bigint, oldest_overdue_seconds float8, dying bigint, neglected bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT s.platform, count(*) FILTER (WHERE c.due_at IS NOT NULL), count(*) FILTER (WHERE c.due_at <= now()),
    count(*) FILTER (WHERE c.due_at < now() - interval '1 minute'),
    coalesce(max(extract(epoch FROM now() - c.due_at)::float8) FILTER (WHERE c.due_at < now() - interval '1 minute'), 0),
    count(*) FILTER (WHERE s.warned_days IS NOT NULL AND s.dies_at <= now() + interval '14 days'),
    count(*) FILTER (WHERE c.due_at <= now() AND c.refresh_expires_at <= now() + interval '1 day')
  FROM credentials c JOIN stores s ON s.id = c.store_id
  WHERE c.state = 'active' AND s.status = 'active' GROUP BY 1
$$;

CREATE FUNCTION count_waiting_deliveries() RETURNS TABLE (platform text, waiting bigint, oldest_seconds float8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT d.platform, count(*), extract(epoch FROM now() - min(d.received_at))::float8
  FROM webhook_deliveries d WHERE d.due_at IS NOT NULL AND d.status = 'received' GROUP BY 1
$$;

-- How long the audit log is, and whether its newest entries are what was written. All of it: `npm run admin -- audit:verify`.
CREATE FUNCTION check_newest_audit(newest int) RETURNS TABLE (entries bigint, holds boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH newest_entries AS (
    SELECT e.sequence, e.previous, e.hash, sha256(e.previous || audit_content(e.sequence, e.at, e.actor, e.action, e.target, e.details)) AS computed,
      lag(e.hash) OVER w AS hash_before, lag(e.sequence) OVER w AS sequence_before
    FROM (SELECT * FROM audit_entries ORDER BY sequence DESC LIMIT newest) e WINDOW w AS (ORDER BY e.sequence))
  SELECT coalesce((SELECT max(n.sequence) - (SELECT min(e.sequence) FROM audit_entries e) + 1 FROM newest_entries n), 0),
    coalesce((SELECT bool_and(n.hash = n.computed AND (n.hash_before IS NULL OR (n.previous = n.hash_before AND n.sequence = n.sequence_before + 1))) FROM newest_entries n), true)
    AND coalesce((SELECT h.sequence = coalesce((SELECT max(n.sequence) FROM newest_entries n), 0)
      AND h.hash = coalesce((SELECT n.hash FROM newest_entries n ORDER BY n.sequence DESC LIMIT 1), h.hash) FROM audit_heads h), false)
$$;

DO $$
DECLARE signature text;
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOREACH signature IN ARRAY ARRAY['add_activity_minutes(jsonb)', 'forget_old_activity()', 'count_stores_by_health()', 'count_credentials()',
    'count_waiting_deliveries()', 'check_newest_audit(int)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO shopspan_worker', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
GRANT EXECUTE ON FUNCTION add_activity_minutes(jsonb), count_stores_by_health(), count_credentials(), count_waiting_deliveries(), check_newest_audit(int) TO shopspan_app;
