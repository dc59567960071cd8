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

-- Grants of stores that were disconnected, until the platform has taken them back. What is sealed here opens nowhere else,
-- and is destroyed when that is done or given up.
CREATE TABLE "revocations" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "strategy" TEXT NOT NULL,
    "sealed" BYTEA,
    "version" INTEGER NOT NULL,
    "access_expires_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "revocations_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "revocations_tenant_id_idx" ON "revocations"("tenant_id");
CREATE INDEX "revocations_store_id_idx" ON "revocations"("store_id");
CREATE INDEX "revocations_due_at_idx" ON "revocations"("due_at");
ALTER TABLE revocations ADD CONSTRAINT revocations_state_check CHECK (state IN ('waiting', 'done', 'failed', 'void'));
ALTER TABLE revocations ADD CONSTRAINT revocations_store_fkey FOREIGN KEY (store_id, tenant_id) REFERENCES stores (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE revocations ENABLE ROW LEVEL SECURITY;
ALTER TABLE revocations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON revocations USING (tenant_id = shopspan_current_tenant()) WITH CHECK (tenant_id = shopspan_current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON revocations TO shopspan_app, shopspan_worker;
GRANT SELECT (id, tenant_id, store_id, state, attempt, due_at, lease_until), UPDATE (state, sealed, attempt, lease_until, ended_at) ON revocations TO shopspan_claims;
CREATE POLICY claims ON revocations TO shopspan_claims USING (true);

-- A shop that was connected again with the same client keeps its grant: taking the old one back would end the new one.
CREATE FUNCTION claim_due_revocations(batch int, lease_seconds int) RETURNS TABLE (id uuid, tenant_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH void AS (
    UPDATE revocations r SET state = 'void', sealed = NULL, ended_at = now() FROM stores s
    WHERE r.store_id = s.id AND r.state = 'waiting' AND EXISTS (SELECT FROM stores o
      WHERE o.platform = s.platform AND o.client_key = s.client_key AND o.account = s.account AND o.status <> 'disconnected' AND (o.id <> s.id OR o.status <> 'revoked'))
    RETURNING r.id)
  UPDATE revocations r SET lease_until = now() + make_interval(secs => lease_seconds), attempt = r.attempt + 1
  WHERE r.id IN (
    SELECT d.id FROM revocations d JOIN stores s ON s.id = d.store_id
    WHERE d.state = 'waiting' AND d.due_at <= now() AND (d.lease_until IS NULL OR d.lease_until < now()) AND d.id NOT IN (SELECT void.id FROM void)
      AND NOT EXISTS (SELECT FROM stops x WHERE x.lifted_at IS NULL AND (x.scope, x.target) IN
        (('everything', ''), ('platform', s.platform), ('tenant', s.tenant_id::text), ('app', s.app_id::text), ('store', s.id::text)))
    ORDER BY d.due_at LIMIT batch FOR UPDATE OF d SKIP LOCKED)
  RETURNING r.id, r.tenant_id
$$;

-- Before a merchant's new consent is traded for tokens: what still waits for the same shop is dropped. Tells how many are
-- under way at this moment and must be waited for.
CREATE FUNCTION void_revocations(of_platform text, of_client text, of_account text) RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH meant AS (
    SELECT r.id, r.lease_until FROM revocations r JOIN stores s ON s.id = r.store_id
    WHERE r.state = 'waiting' AND s.platform = of_platform AND s.client_key = of_client AND s.account = of_account FOR UPDATE OF r),
  void AS (
    UPDATE revocations r SET state = 'void', sealed = NULL, ended_at = now() FROM meant m
    WHERE r.id = m.id AND (m.lease_until IS NULL OR m.lease_until < now()) RETURNING 1)
  SELECT count(*)::int FROM meant m WHERE m.lease_until >= now()
$$;

DO $$
DECLARE signature text;
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOREACH signature IN ARRAY ARRAY['claim_due_revocations(int, int)', 'void_revocations(text, text, text)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
GRANT EXECUTE ON FUNCTION claim_due_revocations(int, int) TO shopspan_worker;
GRANT EXECUTE ON FUNCTION void_revocations(text, text, text) TO shopspan_app;
