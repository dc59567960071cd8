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
