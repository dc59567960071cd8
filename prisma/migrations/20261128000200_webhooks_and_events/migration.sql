-- What platforms tell us, and what we make of it.
ALTER TABLE "stores" ADD COLUMN "access" TEXT[];
ALTER TABLE "platform_clients" ADD COLUMN "install_access" TEXT[];

CREATE TABLE "webhook_channels" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "handle" TEXT NOT NULL,
    "sealed_secret" BYTEA NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "checked_at" TIMESTAMPTZ(3),
    "last_error_code" TEXT,
    "last_error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_channels_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "webhook_channels_store_id_key" ON "webhook_channels"("store_id");
CREATE UNIQUE INDEX "webhook_channels_handle_key" ON "webhook_channels"("handle");
CREATE INDEX "webhook_channels_tenant_id_idx" ON "webhook_channels"("tenant_id");
CREATE INDEX "webhook_channels_due_at_idx" ON "webhook_channels"("due_at");

CREATE TABLE "webhook_subscriptions" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "platform_id" TEXT NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_subscriptions_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "webhook_subscriptions_store_id_topic_key" ON "webhook_subscriptions"("store_id", "topic");
CREATE INDEX "webhook_subscriptions_tenant_id_idx" ON "webhook_subscriptions"("tenant_id");

CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "app_id" UUID NOT NULL,
    "store_id" UUID,
    "origin" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "sealed_payload" BYTEA,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "webhook_deliveries_origin_dedupe_key_key" ON "webhook_deliveries"("origin", "dedupe_key");
CREATE INDEX "webhook_deliveries_tenant_id_idx" ON "webhook_deliveries"("tenant_id");
CREATE INDEX "webhook_deliveries_store_id_idx" ON "webhook_deliveries"("store_id");
CREATE INDEX "webhook_deliveries_due_at_idx" ON "webhook_deliveries"("due_at");
CREATE INDEX "webhook_deliveries_received_at_idx" ON "webhook_deliveries"("received_at");

CREATE TABLE "events" (
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "tenant_id" UUID NOT NULL,
    "app_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "record_kind" TEXT,
    "platform_id" TEXT,
    "details" JSONB,
    "occurred_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "events_sequence_key" ON "events"("sequence");
CREATE INDEX "events_tenant_id_idx" ON "events"("tenant_id");
CREATE INDEX "events_app_id_sequence_idx" ON "events"("app_id", "sequence");

ALTER TABLE platform_clients ADD CONSTRAINT platform_clients_id_tenant_key UNIQUE (id, tenant_id);
ALTER TABLE webhook_channels ADD CONSTRAINT webhook_channels_store_fkey FOREIGN KEY (store_id, tenant_id) REFERENCES stores (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE webhook_subscriptions ADD CONSTRAINT webhook_subscriptions_store_fkey FOREIGN KEY (store_id, tenant_id) REFERENCES stores (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_app_fkey FOREIGN KEY (app_id, tenant_id) REFERENCES apps (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_store_fkey FOREIGN KEY (store_id, tenant_id) REFERENCES stores (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE events ADD CONSTRAINT events_app_fkey FOREIGN KEY (app_id, tenant_id) REFERENCES apps (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE events ADD CONSTRAINT events_store_fkey FOREIGN KEY (store_id, tenant_id) REFERENCES stores (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_status_check CHECK (status IN ('received', 'processed', 'unhandled', 'ignored', 'failed'));

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['webhook_channels', 'webhook_subscriptions', 'webhook_deliveries', 'events'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (tenant_id = shopspan_current_tenant()) WITH CHECK (tenant_id = shopspan_current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO shopspan_app, shopspan_worker', name);
  END LOOP;
END $$;
GRANT USAGE ON SEQUENCE events_sequence_seq TO shopspan_app, shopspan_worker;

-- Across tenants: which tenant an unguessable address belongs to, and what is due.
GRANT SELECT (id, tenant_id, store_id, handle, due_at, lease_until), UPDATE (lease_until, attempt) ON webhook_channels TO shopspan_claims;
GRANT SELECT (attempt) ON webhook_channels TO shopspan_claims;
GRANT SELECT (id, tenant_id, app_id, platform, handle) ON platform_clients TO shopspan_claims;
GRANT SELECT (id, tenant_id, status, attempt, due_at, lease_until, received_at), UPDATE (lease_until, attempt), DELETE ON webhook_deliveries TO shopspan_claims;
CREATE POLICY claims ON webhook_channels TO shopspan_claims USING (true);
CREATE POLICY claims ON platform_clients TO shopspan_claims USING (true);
CREATE POLICY claims ON webhook_deliveries TO shopspan_claims USING (true);

CREATE FUNCTION find_webhook_channel(wanted text) RETURNS TABLE (id uuid, tenant_id uuid, store_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT c.id, c.tenant_id, c.store_id FROM webhook_channels c WHERE c.handle = wanted $$;

CREATE FUNCTION find_client_by_handle(wanted text) RETURNS TABLE (id uuid, tenant_id uuid, app_id uuid, platform text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT p.id, p.tenant_id, p.app_id, p.platform FROM platform_clients p WHERE p.handle = wanted $$;

-- Leases and due times are by this clock alone. What a worker died over is due again when its lease ends.
CREATE FUNCTION claim_due_webhook_channels(batch int, lease_seconds int) RETURNS TABLE (id uuid, tenant_id uuid, store_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  UPDATE webhook_channels c SET lease_until = now() + make_interval(secs => lease_seconds), attempt = c.attempt + 1
  WHERE c.id IN (
    SELECT d.id FROM webhook_channels d JOIN stores s ON s.id = d.store_id
    WHERE d.due_at <= now() AND (d.lease_until IS NULL OR d.lease_until < now()) AND s.status = 'active'
    ORDER BY d.due_at LIMIT batch FOR UPDATE OF d SKIP LOCKED)
  RETURNING c.id, c.tenant_id, c.store_id
$$;

CREATE FUNCTION claim_due_webhook_deliveries(batch int, lease_seconds int) RETURNS TABLE (id uuid, tenant_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  UPDATE webhook_deliveries w SET lease_until = now() + make_interval(secs => lease_seconds), attempt = w.attempt + 1
  WHERE w.id IN (
    SELECT d.id FROM webhook_deliveries d
    WHERE d.status = 'received' AND d.due_at <= now() AND (d.lease_until IS NULL OR d.lease_until < now())
    ORDER BY d.due_at LIMIT batch FOR UPDATE OF d SKIP LOCKED)
  RETURNING w.id, w.tenant_id
$$;

-- A delivery is remembered for a week, so that one sent again late has no second effect; a failed one for a month.
CREATE FUNCTION forget_old_webhook_deliveries() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH gone AS (
    DELETE FROM webhook_deliveries w
    WHERE w.status <> 'received' AND w.received_at < now() - CASE w.status WHEN 'failed' THEN interval '30 days' ELSE interval '7 days' END RETURNING 1)
  SELECT count(*) FROM gone
$$;

DO $$
DECLARE signature text;
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOREACH signature IN ARRAY ARRAY['find_webhook_channel(text)', 'find_client_by_handle(text)', 'claim_due_webhook_channels(int, int)',
    'claim_due_webhook_deliveries(int, int)', 'forget_old_webhook_deliveries()'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', signature, CASE WHEN signature LIKE 'find_%' THEN 'shopspan_app' ELSE 'shopspan_worker' END);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
