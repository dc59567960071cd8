-- What people know a key by, from where it may be used, and which key it took over from.
ALTER TABLE "api_keys" ADD COLUMN "name" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "allowed_addresses" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "rotated_from" UUID;
-- An app can be suspended as a tenant can.
ALTER TABLE "apps" ADD COLUMN "suspended_at" TIMESTAMPTZ(3);
GRANT SELECT (suspended_at) ON apps TO shopspan_claims;
GRANT UPDATE (last_used_at) ON api_keys TO shopspan_claims;
-- Read several times a second by every process.
CREATE INDEX tenants_suspended ON tenants (id) WHERE suspended_at IS NOT NULL;
CREATE INDEX apps_suspended ON apps (id) WHERE suspended_at IS NOT NULL;

-- Many at once: what was not found costs a share of one query.
CREATE FUNCTION find_api_keys(wanted bytea[])
RETURNS TABLE (hash bytea, id uuid, tenant_id uuid, app_id uuid, mode text, scopes text[], allowed_addresses text[], expires_at timestamptz, revoked_at timestamptz, suspended_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT k.hash, k.id, k.tenant_id, k.app_id, a.mode, k.scopes, k.allowed_addresses, k.expires_at, k.revoked_at, coalesce(t.suspended_at, a.suspended_at)
  FROM api_keys k JOIN apps a ON a.id = k.app_id JOIN tenants t ON t.id = k.tenant_id
  WHERE k.hash = ANY (wanted)
$$;

CREATE FUNCTION touch_api_keys(used uuid[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ UPDATE api_keys k SET last_used_at = now() WHERE k.id = ANY (used) AND (k.last_used_at IS NULL OR k.last_used_at < now() - interval '30 seconds') $$;

CREATE FUNCTION list_suspended() RETURNS TABLE (kind text, target uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT 'tenant', t.id FROM tenants t WHERE t.suspended_at IS NOT NULL
  UNION ALL SELECT 'app', a.id FROM apps a WHERE a.suspended_at IS NOT NULL
$$;

-- Processes keep what they know of keys, apps and tenants in memory. Whoever changes a row, by whatever way, tells them in the
-- same transaction.
CREATE FUNCTION tell_access_change() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ BEGIN PERFORM cut_off_access(TG_ARGV[0], OLD.id::text, 3600); RETURN NULL; END $$;
CREATE TRIGGER api_keys_changed AFTER UPDATE OF expires_at, revoked_at, scopes, allowed_addresses OR DELETE ON api_keys
  FOR EACH ROW EXECUTE FUNCTION tell_access_change('key');
CREATE TRIGGER apps_changed AFTER UPDATE OF suspended_at OR DELETE ON apps FOR EACH ROW EXECUTE FUNCTION tell_access_change('app');
CREATE TRIGGER tenants_changed AFTER UPDATE OF suspended_at OR DELETE ON tenants FOR EACH ROW EXECUTE FUNCTION tell_access_change('tenant');

DO $$
DECLARE signature text;
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOREACH signature IN ARRAY ARRAY['find_api_keys(bytea[])', 'touch_api_keys(uuid[])', 'list_suspended()', 'tell_access_change()'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
GRANT EXECUTE ON FUNCTION find_api_keys(bytea[]), touch_api_keys(uuid[]), list_suspended() TO shopspan_app;
