-- What an operator has stopped. Belongs to no tenant: one row may concern many. A stop is lifted and stays, so that it can
-- be told later who stopped what, when and why.
CREATE TABLE "stops" (
    "id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "set_by" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lifted_by" TEXT,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "stops_pkey" PRIMARY KEY ("id")
);
ALTER TABLE stops ADD CONSTRAINT stops_scope_check CHECK (scope IN ('store', 'app', 'tenant', 'platform', 'everything'));
CREATE INDEX stops_in_force ON stops (scope, target) WHERE lifted_at IS NULL;
GRANT SELECT, INSERT, UPDATE (lifted_by, lifted_at) ON stops TO shopspan_claims;

CREATE FUNCTION list_stops(in_force_only boolean)
RETURNS TABLE (id uuid, scope text, target text, reason text, set_by text, set_at timestamptz, lifted_by text, lifted_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT s.id, s.scope, s.target, s.reason, s.set_by, s.set_at, s.lifted_by, s.lifted_at FROM stops s
  WHERE NOT in_force_only OR s.lifted_at IS NULL ORDER BY s.lifted_at IS NOT NULL, s.set_at DESC LIMIT CASE WHEN in_force_only THEN NULL ELSE 200 END
$$;

-- Whoever is nobody's store, app or tenant cannot be stopped: a mistyped id must not look like a stop. The owner's alone.
CREATE FUNCTION write_stop(wanted uuid, of_scope text, of_target text, because text, by_whom text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH written AS (
    INSERT INTO stops (id, scope, target, reason, set_by)
    SELECT wanted, of_scope, of_target, because, by_whom
    WHERE CASE of_scope
      WHEN 'store' THEN EXISTS (SELECT FROM stores s WHERE s.id::text = of_target)
      WHEN 'app' THEN EXISTS (SELECT FROM apps a WHERE a.id::text = of_target)
      WHEN 'tenant' THEN EXISTS (SELECT FROM tenants t WHERE t.id::text = of_target)
      ELSE true END
    RETURNING 1)
  SELECT EXISTS (SELECT FROM written)
$$;

CREATE FUNCTION write_lift(wanted uuid, by_whom text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH lifted AS (UPDATE stops s SET lifted_by = by_whom, lifted_at = now() WHERE s.id = wanted AND s.lifted_at IS NULL RETURNING 1)
  SELECT EXISTS (SELECT FROM lifted)
$$;

-- The gateway's role may do either only with a token that an operator holds, and only in that operator's name.
CREATE FUNCTION set_stop(operator bytea, wanted uuid, of_scope text, of_target text, because text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT coalesce((SELECT write_stop(wanted, of_scope, of_target, because, o.name) FROM operator_tokens o WHERE o.hash = operator AND o.revoked_at IS NULL), false)
$$;

CREATE FUNCTION lift_stop(operator bytea, wanted uuid) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT coalesce((SELECT write_lift(wanted, o.name) FROM operator_tokens o WHERE o.hash = operator AND o.revoked_at IS NULL), false)
$$;

-- What is stopped is not claimed: it keeps its due time, and is due at once when the stop is lifted.
CREATE OR REPLACE FUNCTION claim_due_credentials(claimer text, batch int, lease_seconds int, except_platforms text[])
RETURNS TABLE (tenant_id uuid, store_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  UPDATE credentials c
  SET lease_owner = claimer, lease_until = now() + make_interval(secs => lease_seconds), attempt = c.attempt + 1, attempt_started_at = now()
  WHERE c.id IN (
    SELECT d.id FROM credentials d JOIN stores s ON s.id = d.store_id
    WHERE d.state = 'active' AND d.due_at <= now() AND (d.lease_until IS NULL OR d.lease_until < now()) AND s.status = 'active'
      AND s.platform <> ALL (except_platforms)
      AND NOT EXISTS (SELECT FROM stops x WHERE x.lifted_at IS NULL AND (x.scope, x.target) IN
        (('everything', ''), ('platform', s.platform), ('tenant', s.tenant_id::text), ('app', s.app_id::text), ('store', s.id::text)))
    ORDER BY d.access_expires_at NULLS LAST LIMIT batch FOR UPDATE OF d SKIP LOCKED)
  RETURNING c.tenant_id, c.store_id
$$;

CREATE OR REPLACE FUNCTION claim_due_polls(batch int, lease_seconds int) RETURNS TABLE (id uuid, tenant_id uuid, store_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  UPDATE polls p SET lease_until = now() + make_interval(secs => lease_seconds), attempt = p.attempt + 1
  WHERE p.id IN (
    SELECT d.id FROM polls d JOIN stores s ON s.id = d.store_id
    WHERE d.due_at <= now() AND (d.lease_until IS NULL OR d.lease_until < now()) AND s.status = 'active'
      AND NOT EXISTS (SELECT FROM stops x WHERE x.lifted_at IS NULL AND (x.scope, x.target) IN
        (('everything', ''), ('platform', s.platform), ('tenant', s.tenant_id::text), ('app', s.app_id::text), ('store', s.id::text)))
    ORDER BY d.due_at LIMIT batch FOR UPDATE OF d SKIP LOCKED)
  RETURNING p.id, p.tenant_id, p.store_id
$$;

CREATE OR REPLACE FUNCTION claim_due_webhook_channels(batch int, lease_seconds int) RETURNS TABLE (id uuid, tenant_id uuid, store_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  UPDATE webhook_channels c SET lease_until = now() + make_interval(secs => lease_seconds), attempt = c.attempt + 1
  WHERE c.id IN (
    SELECT d.id FROM webhook_channels d JOIN stores s ON s.id = d.store_id
    WHERE d.due_at <= now() AND (d.lease_until IS NULL OR d.lease_until < now()) AND s.status = 'active'
      AND NOT EXISTS (SELECT FROM stops x WHERE x.lifted_at IS NULL AND (x.scope, x.target) IN
        (('everything', ''), ('platform', s.platform), ('tenant', s.tenant_id::text), ('app', s.app_id::text), ('store', s.id::text)))
    ORDER BY d.due_at LIMIT batch FOR UPDATE OF d SKIP LOCKED)
  RETURNING c.id, c.tenant_id, c.store_id
$$;

DO $$
DECLARE signature text;
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOREACH signature IN ARRAY ARRAY['list_stops(boolean)', 'set_stop(bytea, uuid, text, text, text)', 'lift_stop(bytea, uuid)',
    'write_stop(uuid, text, text, text, text)', 'write_lift(uuid, text)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
GRANT EXECUTE ON FUNCTION list_stops(boolean) TO shopspan_app, shopspan_worker;
GRANT EXECUTE ON FUNCTION set_stop(bytea, uuid, text, text, text), lift_stop(bytea, uuid) TO shopspan_app;
