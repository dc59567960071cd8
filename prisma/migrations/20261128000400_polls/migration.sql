-- What is asked for changes, on platforms that tell nobody.
CREATE TABLE "polls" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "operation" TEXT NOT NULL,
    "changed_to" TIMESTAMPTZ(3) NOT NULL,
    "seen" JSONB NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "checked_at" TIMESTAMPTZ(3),
    "last_error_code" TEXT,
    "last_error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "polls_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "polls_store_id_operation_key" ON "polls"("store_id", "operation");
CREATE INDEX "polls_tenant_id_idx" ON "polls"("tenant_id");
CREATE INDEX "polls_due_at_idx" ON "polls"("due_at");

ALTER TABLE polls ADD CONSTRAINT polls_store_fkey FOREIGN KEY (store_id, tenant_id) REFERENCES stores (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE polls ENABLE ROW LEVEL SECURITY;
ALTER TABLE polls FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON polls USING (tenant_id = shopspan_current_tenant()) WITH CHECK (tenant_id = shopspan_current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON polls TO shopspan_app, shopspan_worker;
GRANT SELECT (id, tenant_id, store_id, operation, due_at, lease_until, attempt), UPDATE (lease_until, attempt) ON polls TO shopspan_claims;
CREATE POLICY claims ON polls TO shopspan_claims USING (true);

-- Leases and due times are by this clock alone. What a worker died over is due again when its lease ends.
CREATE FUNCTION claim_due_polls(batch int, lease_seconds int) RETURNS TABLE (id uuid, tenant_id uuid, store_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  UPDATE polls p SET lease_until = now() + make_interval(secs => lease_seconds), attempt = p.attempt + 1
  WHERE p.id IN (
    SELECT d.id FROM polls d JOIN stores s ON s.id = d.store_id
    WHERE d.due_at <= now() AND (d.lease_until IS NULL OR d.lease_until < now()) AND s.status = 'active'
    ORDER BY d.due_at LIMIT batch FOR UPDATE OF d SKIP LOCKED)
  RETURNING p.id, p.tenant_id, p.store_id
$$;

DO $$
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  EXECUTE 'REVOKE ALL ON FUNCTION claim_due_polls(int, int) FROM PUBLIC';
  EXECUTE 'GRANT EXECUTE ON FUNCTION claim_due_polls(int, int) TO shopspan_worker';
  EXECUTE 'ALTER FUNCTION claim_due_polls(int, int) OWNER TO shopspan_claims';
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
