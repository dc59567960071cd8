-- What callers asked to write under an Idempotency-Key: at most one try at a time, and its answer for a day.
CREATE TABLE "writes" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "app_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "status" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "lease_until" TIMESTAMPTZ(3),
    "sealed_answer" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "writes_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "writes_app_id_idempotency_key_key" ON "writes"("app_id", "idempotency_key");
CREATE INDEX "writes_tenant_id_idx" ON "writes"("tenant_id");
CREATE INDEX "writes_created_at_idx" ON "writes"("created_at");

ALTER TABLE writes ADD CONSTRAINT writes_app_fkey FOREIGN KEY (app_id, tenant_id) REFERENCES apps (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE writes ADD CONSTRAINT writes_store_fkey FOREIGN KEY (store_id, tenant_id) REFERENCES stores (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE writes ADD CONSTRAINT writes_status_check CHECK (status IN ('running', 'done', 'unknown'));

ALTER TABLE writes ENABLE ROW LEVEL SECURITY;
ALTER TABLE writes FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON writes USING (tenant_id = shopspan_current_tenant()) WITH CHECK (tenant_id = shopspan_current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON writes TO shopspan_app, shopspan_worker;

-- Answers are kept for a day; what was never finished, for a week, so that a late try is still recognised.
GRANT SELECT (id, status, created_at), DELETE ON writes TO shopspan_claims;
CREATE POLICY claims ON writes TO shopspan_claims USING (true);
CREATE FUNCTION forget_old_writes() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH gone AS (
    DELETE FROM writes w WHERE w.created_at < now() - CASE w.status WHEN 'done' THEN interval '1 day' ELSE interval '7 days' END RETURNING 1)
  SELECT count(*) FROM gone
$$;

DO $$
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  EXECUTE 'REVOKE ALL ON FUNCTION forget_old_writes() FROM PUBLIC';
  EXECUTE 'GRANT EXECUTE ON FUNCTION forget_old_writes() TO shopspan_worker';
  EXECUTE 'ALTER FUNCTION forget_old_writes() OWNER TO shopspan_claims';
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
