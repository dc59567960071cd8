-- How a store is, since when and why; when it is probed next; what is known of its end.
ALTER TABLE "stores" ADD COLUMN "health_state" TEXT NOT NULL DEFAULT 'healthy';
ALTER TABLE "stores" ADD COLUMN "health_reason" TEXT NOT NULL DEFAULT 'ok';
ALTER TABLE "stores" ADD COLUMN "health_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "stores" ADD COLUMN "refusals" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "stores" ADD COLUMN "refused_at" TIMESTAMPTZ(3);
ALTER TABLE "stores" ADD COLUMN "scopes_lost" TEXT[];
ALTER TABLE "stores" ADD COLUMN "probe_due_at" TIMESTAMPTZ(3);
ALTER TABLE "stores" ADD COLUMN "probe_lease_until" TIMESTAMPTZ(3);
ALTER TABLE "stores" ADD COLUMN "dies_at" TIMESTAMPTZ(3);
ALTER TABLE "stores" ADD COLUMN "warned_days" INTEGER;
CREATE INDEX "stores_probe_due_at_idx" ON "stores"("probe_due_at");

-- The rows that exist say the same in the new words; they are probed over the next six hours. The owner is bound by
-- row-level security like everybody, so it is lifted for these two statements.
ALTER TABLE stores NO FORCE ROW LEVEL SECURITY;
UPDATE stores SET health_since = status_since, probe_due_at = now() + random() * interval '6 hours';
UPDATE stores SET health_state = CASE status WHEN 'needsReauth' THEN 'needsReauth' WHEN 'paused' THEN 'paused' WHEN 'connecting' THEN 'paused' ELSE 'revoked' END,
  health_reason = CASE status WHEN 'needsReauth' THEN 'grantEnded' WHEN 'revoked' THEN 'appRemoved' ELSE status END
  WHERE status <> 'active';
ALTER TABLE stores FORCE ROW LEVEL SECURITY;
ALTER TABLE stores ADD CONSTRAINT stores_health_state_check CHECK (health_state IN ('healthy', 'degraded', 'rateLimited', 'needsReauth', 'revoked', 'paused'));

GRANT UPDATE (probe_lease_until) ON stores TO shopspan_claims;

-- Leases and due times are by this clock alone. What a worker died over is due again when its lease ends. A store whose calls
-- were stopped is claimed too: its tokens grow old all the same.
CREATE FUNCTION claim_due_probes(batch int, lease_seconds int) RETURNS TABLE (id uuid, tenant_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  UPDATE stores s SET probe_lease_until = now() + make_interval(secs => lease_seconds)
  WHERE s.id IN (
    SELECT d.id FROM stores d
    WHERE d.probe_due_at <= now() AND (d.probe_lease_until IS NULL OR d.probe_lease_until < now()) AND d.status IN ('active', 'paused')
    ORDER BY d.probe_due_at LIMIT batch FOR UPDATE OF d SKIP LOCKED)
  RETURNING s.id, s.tenant_id
$$;

-- The operators' list, with how each store is.
CREATE FUNCTION list_stores_with_health(after_id uuid, page_size int)
RETURNS TABLE (id uuid, tenant_name text, app_name text, mode text, platform text, account text, name text, status text, status_reason text,
  status_since timestamptz, last_success_at timestamptz, access_expires_at timestamptz, refresh_expires_at timestamptz, due_at timestamptz,
  last_refreshed_at timestamptz, credential_version int, credential_state text, attempt int, last_error_code text, last_error_message text, last_error_at timestamptz,
  health_state text, health_reason text, health_since timestamptz, dies_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT o.*, s.health_state, s.health_reason, s.health_since, CASE WHEN s.warned_days IS NOT NULL THEN s.dies_at END
  FROM list_stores_for_operator(after_id, page_size) o JOIN stores s ON s.id = o.id ORDER BY o.id
$$;

DO $$
DECLARE signature text;
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOREACH signature IN ARRAY ARRAY['claim_due_probes(int, int)', 'list_stores_with_health(uuid, int)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', signature,
      CASE WHEN signature LIKE 'claim_%' THEN 'shopspan_worker' ELSE 'shopspan_app' END);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
