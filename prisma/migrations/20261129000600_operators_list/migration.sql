-- The operators' list tells whose a store is too: a stop is about a tenant or an app as well.
DROP FUNCTION list_stores_with_health(uuid, int);
CREATE FUNCTION list_stores_with_health(after_id uuid, page_size int)
RETURNS TABLE (id uuid, tenant_name text, app_name text, mode text, platform text, account text, name text, status text, status_reason text,
  status_since timestamptz, last_success_at timestamptz, access_expires_at timestamptz, refresh_expires_at timestamptz, due_at timestamptz,
  last_refreshed_at timestamptz, credential_version int, credential_state text, attempt int, last_error_code text, last_error_message text, last_error_at timestamptz,
  health_state text, health_reason text, health_since timestamptz, dies_at timestamptz, tenant_id uuid, app_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT o.*, s.health_state, s.health_reason, s.health_since, CASE WHEN s.warned_days IS NOT NULL THEN s.dies_at END, s.tenant_id, s.app_id
  FROM list_stores_for_operator(after_id, page_size) o JOIN stores s ON s.id = o.id ORDER BY o.id
$$;

DO $$
DECLARE signature text := 'list_stores_with_health(uuid, int)';
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
  EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO shopspan_app', signature);
  EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
