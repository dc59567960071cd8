-- How often the platform has refused the pair of this version: the second time is final. And until when the platform
-- itself asked not to be called, which nobody may go past.
ALTER TABLE credentials ADD COLUMN refusals integer NOT NULL DEFAULT 0;
ALTER TABLE credentials ADD COLUMN not_before timestamptz(3);

-- Most urgent first, also when a hundred thousand are due at once: what expires next is due already.
CREATE INDEX credentials_urgent ON credentials (access_expires_at) WHERE state = 'active' AND due_at IS NOT NULL;

DROP FUNCTION claim_due_credentials(text, int, int);
CREATE FUNCTION claim_due_credentials(claimer text, batch int, lease_seconds int, except_platforms text[])
RETURNS TABLE (tenant_id uuid, store_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  UPDATE credentials c
  SET lease_owner = claimer, lease_until = now() + make_interval(secs => lease_seconds), attempt = c.attempt + 1, attempt_started_at = now()
  WHERE c.id IN (
    SELECT d.id FROM credentials d JOIN stores s ON s.id = d.store_id
    WHERE d.state = 'active' AND d.due_at <= now() AND (d.lease_until IS NULL OR d.lease_until < now()) AND s.status = 'active'
      AND s.platform <> ALL (except_platforms)
    ORDER BY d.access_expires_at NULLS LAST LIMIT batch FOR UPDATE OF d SKIP LOCKED)
  RETURNING c.tenant_id, c.store_id
$$;

-- The next two do for many tenants in one statement what could be done for each in one of its own. They have no rights but
-- their caller's, and are within one tenant at a time: row-level security judges every row.
CREATE FUNCTION load_claimed_credentials(claims jsonb)
RETURNS TABLE (id uuid, tenant_id uuid, store_id uuid, app_id uuid, platform text, mode text, account text, api_root text, scopes_granted text[],
  strategy text, sealed bytea, version int, attempt int, refusals int, access_seconds float8,
  client_row_id uuid, client_handle text, client_id text, client_sealed_secret bytea, client_version int)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, public
AS $$
DECLARE claim jsonb;
BEGIN
  FOR claim IN SELECT jsonb_array_elements(claims) LOOP
    PERFORM set_config('shopspan.tenant', claim ->> 'tenant_id', true);
    RETURN QUERY
      SELECT c.id, c.tenant_id, c.store_id, s.app_id, s.platform, s.mode, s.account, s.api_root, s.scopes_granted,
        c.strategy, c.sealed, c.version, c.attempt, c.refusals, extract(epoch FROM c.access_expires_at - now())::float8,
        p.id, p.handle, p.client_id, p.sealed_secret, p.version
      FROM credentials c JOIN stores s ON s.id = c.store_id LEFT JOIN platform_clients p ON p.app_id = s.app_id AND p.platform = s.platform
      WHERE c.store_id = (claim ->> 'store_id')::uuid;
  END LOOP;
END $$;

-- Answers those that were still the successors of what is stored.
CREATE FUNCTION save_renewed_credentials(renewed jsonb) RETURNS SETOF uuid
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, public
AS $$
DECLARE g jsonb;
BEGIN
  -- In the order of their ids: two batches never wait for each other in a circle.
  FOR g IN SELECT one FROM jsonb_array_elements(renewed) AS one ORDER BY one ->> 'id' LOOP
    PERFORM set_config('shopspan.tenant', g ->> 'tenant_id', true);
    RETURN QUERY
      UPDATE credentials c SET sealed = decode(g ->> 'sealed', 'base64'), version = (g ->> 'version')::int,
        access_expires_at = now() + make_interval(secs => (g ->> 'access_seconds')::float8),
        refresh_expires_at = coalesce(now() + make_interval(secs => (g ->> 'refresh_seconds')::float8), c.refresh_expires_at),
        due_at = now() + make_interval(secs => (g ->> 'due_seconds')::float8), last_refreshed_at = now(), lease_owner = NULL, lease_until = NULL,
        attempt = 0, attempt_started_at = NULL, refusals = 0, not_before = NULL, last_error_code = NULL, last_error_message = NULL, last_error_at = NULL
      WHERE c.id = (g ->> 'id')::uuid AND c.version = (g ->> 'version')::int - 1 AND c.lease_owner = g ->> 'claimer' AND c.state = 'active'
      RETURNING c.id;
  END LOOP;
END $$;

DO $$
DECLARE signature text := 'claim_due_credentials(text, int, int, text[])';
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
  EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO shopspan_worker', signature);
  EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
REVOKE ALL ON FUNCTION load_claimed_credentials(jsonb), save_renewed_credentials(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION load_claimed_credentials(jsonb), save_renewed_credentials(jsonb) TO shopspan_worker;
