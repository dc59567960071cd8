-- Three roles from the first migration: the owner only migrates, `shopspan_app` and `shopspan_worker` see one tenant at a
-- time, `shopspan_claims` owns the few named functions that must look across tenants. Their logins are made by provisioning.

-- Foreign keys within a tenant: the tenant is part of every reference, so a row can never point into another tenant.
ALTER TABLE apps ADD CONSTRAINT apps_tenant_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE;
ALTER TABLE data_keys ADD CONSTRAINT data_keys_tenant_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE;
ALTER TABLE apps ADD CONSTRAINT apps_id_tenant_key UNIQUE (id, tenant_id);
ALTER TABLE stores ADD CONSTRAINT stores_id_tenant_key UNIQUE (id, tenant_id);
ALTER TABLE connect_sessions ADD CONSTRAINT connect_sessions_id_tenant_key UNIQUE (id, tenant_id);
ALTER TABLE api_keys ADD CONSTRAINT api_keys_app_fkey FOREIGN KEY (app_id, tenant_id) REFERENCES apps (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE platform_clients ADD CONSTRAINT platform_clients_app_fkey FOREIGN KEY (app_id, tenant_id) REFERENCES apps (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE stores ADD CONSTRAINT stores_app_fkey FOREIGN KEY (app_id, tenant_id) REFERENCES apps (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE credentials ADD CONSTRAINT credentials_store_fkey FOREIGN KEY (store_id, tenant_id) REFERENCES stores (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE connect_sessions ADD CONSTRAINT connect_sessions_app_fkey FOREIGN KEY (app_id, tenant_id) REFERENCES apps (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE connect_attempts ADD CONSTRAINT connect_attempts_session_fkey FOREIGN KEY (session_id, tenant_id) REFERENCES connect_sessions (id, tenant_id) ON DELETE CASCADE;

-- The vocabularies the code relies on.
ALTER TABLE apps ADD CONSTRAINT apps_mode_check CHECK (mode IN ('live', 'test'));
ALTER TABLE stores ADD CONSTRAINT stores_mode_check CHECK (mode IN ('live', 'test'));
ALTER TABLE stores ADD CONSTRAINT stores_status_check CHECK (status IN ('connecting', 'active', 'needsReauth', 'revoked', 'paused', 'disconnected'));
ALTER TABLE credentials ADD CONSTRAINT credentials_state_check CHECK (state IN ('active', 'refused'));
ALTER TABLE connect_sessions ADD CONSTRAINT connect_sessions_status_check CHECK (status IN ('pending', 'connected'));
ALTER TABLE connect_attempts ADD CONSTRAINT connect_attempts_status_check CHECK (status IN ('waiting', 'received', 'proving', 'connected', 'failed', 'declined'));

-- A platform keeps one token pair per client and shop: two connections with the same client would kill each other's.
CREATE UNIQUE INDEX stores_one_per_client ON stores (platform, client_key, account) WHERE status <> 'disconnected';
-- What the refresh worker claims, most urgent first.
CREATE INDEX credentials_due ON credentials (due_at) WHERE state = 'active' AND due_at IS NOT NULL;

CREATE FUNCTION shopspan_current_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('shopspan.tenant', true), '')::uuid $$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['apps', 'api_keys', 'data_keys', 'platform_clients', 'connect_sessions', 'connect_attempts', 'stores', 'credentials'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (tenant_id = shopspan_current_tenant()) WITH CHECK (tenant_id = shopspan_current_tenant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO shopspan_app, shopspan_worker', name);
  END LOOP;
END $$;

ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON tenants USING (id = shopspan_current_tenant()) WITH CHECK (id = shopspan_current_tenant());
GRANT SELECT ON tenants TO shopspan_app, shopspan_worker;
GRANT SELECT, INSERT ON vault_canaries TO shopspan_app, shopspan_worker;

-- What the claims role may see, and change, across tenants: columns, not tables.
GRANT USAGE ON SCHEMA public TO shopspan_app, shopspan_worker, shopspan_claims;
GRANT SELECT (id, suspended_at, name) ON tenants TO shopspan_claims;
GRANT SELECT (id, tenant_id, name, mode) ON apps TO shopspan_claims;
GRANT SELECT ON api_keys TO shopspan_claims;
GRANT SELECT (id, tenant_id, token_hash) ON connect_sessions TO shopspan_claims;
GRANT SELECT (id, tenant_id, state_hash, callback_hash) ON connect_attempts TO shopspan_claims;
GRANT SELECT ON stores TO shopspan_claims;
GRANT SELECT (id, tenant_id, store_id, version, state, access_expires_at, refresh_expires_at, due_at, lease_owner, lease_until, attempt, attempt_started_at, last_refreshed_at, last_error_code, last_error_message, last_error_at) ON credentials TO shopspan_claims;
GRANT UPDATE (lease_owner, lease_until, attempt, attempt_started_at) ON credentials TO shopspan_claims;
GRANT SELECT, UPDATE (last_used_at) ON operator_tokens TO shopspan_claims;
CREATE POLICY claims ON tenants TO shopspan_claims USING (true);
CREATE POLICY claims ON apps TO shopspan_claims USING (true);
CREATE POLICY claims ON api_keys TO shopspan_claims USING (true);
CREATE POLICY claims ON connect_sessions TO shopspan_claims USING (true);
CREATE POLICY claims ON connect_attempts TO shopspan_claims USING (true);
CREATE POLICY claims ON stores TO shopspan_claims USING (true);
CREATE POLICY claims ON credentials TO shopspan_claims USING (true);

CREATE FUNCTION find_api_key(wanted bytea)
RETURNS TABLE (id uuid, tenant_id uuid, app_id uuid, mode text, scopes text[], expires_at timestamptz, revoked_at timestamptz, suspended_at timestamptz, last_used_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT k.id, k.tenant_id, k.app_id, a.mode, k.scopes, k.expires_at, k.revoked_at, t.suspended_at, k.last_used_at
  FROM api_keys k JOIN apps a ON a.id = k.app_id JOIN tenants t ON t.id = k.tenant_id
  WHERE k.hash = wanted
$$;

CREATE FUNCTION find_connect_session(wanted bytea) RETURNS TABLE (id uuid, tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT s.id, s.tenant_id FROM connect_sessions s WHERE s.token_hash = wanted $$;

CREATE FUNCTION find_connect_attempt(wanted bytea) RETURNS TABLE (id uuid, tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT a.id, a.tenant_id FROM connect_attempts a WHERE a.state_hash = wanted OR a.callback_hash = wanted $$;

-- Leases and due times are by this clock alone, so that workers with wrong clocks cannot steal from each other. The
-- attempt is written before anybody calls the platform.
CREATE FUNCTION claim_due_credentials(claimer text, batch int, lease_seconds int)
RETURNS TABLE (id uuid, tenant_id uuid, store_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  UPDATE credentials c
  SET lease_owner = claimer, lease_until = now() + make_interval(secs => lease_seconds), attempt = c.attempt + 1, attempt_started_at = now()
  WHERE c.id IN (
    SELECT d.id FROM credentials d JOIN stores s ON s.id = d.store_id
    WHERE d.state = 'active' AND d.due_at <= now() AND (d.lease_until IS NULL OR d.lease_until < now()) AND s.status = 'active'
    ORDER BY d.access_expires_at NULLS LAST LIMIT batch FOR UPDATE OF d SKIP LOCKED)
  RETURNING c.id, c.tenant_id, c.store_id
$$;

CREATE FUNCTION find_operator(wanted bytea) RETURNS TABLE (id uuid, name text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ UPDATE operator_tokens o SET last_used_at = now() WHERE o.hash = wanted AND o.revoked_at IS NULL RETURNING o.id, o.name $$;

-- What an operator sees: states and times, never a credential.
CREATE FUNCTION list_stores_for_operator(after_id uuid, page_size int)
RETURNS TABLE (id uuid, tenant_name text, app_name text, mode text, platform text, account text, name text, status text, status_reason text,
  status_since timestamptz, last_success_at timestamptz, access_expires_at timestamptz, refresh_expires_at timestamptz, due_at timestamptz,
  last_refreshed_at timestamptz, credential_version int, credential_state text, attempt int, last_error_code text, last_error_message text, last_error_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT s.id, t.name, a.name, s.mode, s.platform, s.account, s.name, s.status, s.status_reason, s.status_since, s.last_success_at,
    c.access_expires_at, c.refresh_expires_at, c.due_at, c.last_refreshed_at, c.version, c.state, c.attempt,
    CASE WHEN c.last_error_at > coalesce(s.last_error_at, '-infinity') THEN c.last_error_code ELSE s.last_error_code END,
    CASE WHEN c.last_error_at > coalesce(s.last_error_at, '-infinity') THEN c.last_error_message ELSE s.last_error_message END,
    greatest(c.last_error_at, s.last_error_at)
  FROM stores s JOIN tenants t ON t.id = s.tenant_id JOIN apps a ON a.id = s.app_id LEFT JOIN credentials c ON c.store_id = s.id
  WHERE s.id > after_id ORDER BY s.id LIMIT page_size
$$;

DO $$
DECLARE signature text;
BEGIN
  -- A function with SECURITY DEFINER acts as its owner: the claims role needs CREATE only to be given them.
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOREACH signature IN ARRAY ARRAY['find_api_key(bytea)', 'find_connect_session(bytea)', 'find_connect_attempt(bytea)', 'find_operator(bytea)',
    'list_stores_for_operator(uuid, int)', 'claim_due_credentials(text, int, int)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', signature,
      CASE WHEN signature LIKE 'claim_%' THEN 'shopspan_worker' ELSE 'shopspan_app' END);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
GRANT EXECUTE ON FUNCTION shopspan_current_tenant() TO shopspan_app, shopspan_worker, shopspan_claims;

