-- What operators do to stores, apps and keys, and how much an app may ask for.
ALTER TABLE "apps" ADD COLUMN "per_minute" INTEGER;
ALTER TABLE apps ADD CONSTRAINT apps_per_minute_check CHECK (per_minute > 0);
-- Read several times a second by every process.
CREATE INDEX apps_own_limit ON apps (id) WHERE per_minute IS NOT NULL;

-- Requests that were refused because their app had made all that it may make. Nobody reads or writes a row but by the functions.
CREATE TABLE "app_refusals" (
    "app_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "tenant_id" UUID NOT NULL,
    "refused" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "app_refusals_pkey" PRIMARY KEY ("app_id", "hour")
);
CREATE INDEX "app_refusals_tenant_id_idx" ON "app_refusals"("tenant_id");
CREATE INDEX "app_refusals_last_at_idx" ON "app_refusals"("last_at");
ALTER TABLE app_refusals ADD CONSTRAINT app_refusals_app_fkey FOREIGN KEY (app_id, tenant_id) REFERENCES apps (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE app_refusals ENABLE ROW LEVEL SECURITY;
ALTER TABLE app_refusals FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON app_refusals USING (tenant_id = shopspan_current_tenant()) WITH CHECK (tenant_id = shopspan_current_tenant());
CREATE POLICY claims ON app_refusals TO shopspan_claims USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON app_refusals TO shopspan_claims;
GRANT SELECT (per_minute, created_at) ON apps TO shopspan_claims;

-- Judges whether an operator may do something, and writes that it was done: in the transaction of whoever does it, so that
-- neither happens without the other. What is done to a tenant's rows stays under row-level security.
CREATE FUNCTION act_as_operator(credential bytea, action text, target text, details text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
DECLARE
  needed text := CASE
    WHEN action IN ('store.retried', 'store.probed', 'store.reconnectLinkMade', 'store.resubscribed', 'delivery.replayed', 'app.limitSet', 'queue.changed') THEN 'operator'
    WHEN action = 'key.revoked' THEN 'admin' END;
  hindrance text;
BEGIN
  IF needed IS NULL THEN RAISE EXCEPTION 'operators do nothing that is called %', action; END IF;
  hindrance := operator_hindrance(credential, needed, needed = 'admin');
  IF hindrance IS NOT NULL THEN RETURN hindrance; END IF;
  PERFORM write_audit((SELECT a.actor FROM acting_operator(credential) a), action, target, details);
  RETURN 'done';
END $$;

-- Whose something is, by an id that somebody named.
CREATE FUNCTION find_owner_for_operator(kind text, wanted uuid) RETURNS TABLE (tenant_id uuid, app_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT s.tenant_id, s.app_id FROM stores s WHERE kind = 'store' AND s.id = wanted
  UNION ALL SELECT a.tenant_id, a.id FROM apps a WHERE kind = 'app' AND a.id = wanted
  UNION ALL SELECT k.tenant_id, k.app_id FROM api_keys k WHERE kind = 'key' AND k.id = wanted
  UNION ALL SELECT d.tenant_id, d.app_id FROM webhook_deliveries d WHERE kind = 'delivery' AND d.id = wanted
$$;

CREATE FUNCTION list_app_limits() RETURNS TABLE (app_id uuid, per_minute int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT a.id, a.per_minute FROM apps a WHERE a.per_minute IS NOT NULL $$;

-- What a process has counted since it last wrote. An app that is gone meanwhile is left out; two days are kept.
CREATE FUNCTION note_app_refusals(counted jsonb) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  DELETE FROM app_refusals r WHERE r.last_at < now() - interval '2 days';
  INSERT INTO app_refusals AS r (app_id, hour, tenant_id, refused, last_at)
  SELECT a.id, date_trunc('hour', now()), a.tenant_id, c.value::int, now()
  FROM jsonb_each_text(counted) c JOIN apps a ON a.id = c.key::uuid ORDER BY a.id
  ON CONFLICT (app_id, hour) DO UPDATE SET refused = r.refused + excluded.refused, last_at = excluded.last_at
$$;

DO $$
DECLARE signature text;
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOREACH signature IN ARRAY ARRAY['act_as_operator(bytea, text, text, text)', 'find_owner_for_operator(text, uuid)', 'list_app_limits()', 'note_app_refusals(jsonb)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO shopspan_app', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
