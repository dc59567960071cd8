-- Clients of the authorization server. A secret is kept only as its SHA-256; two are valid at once while it is rotated.
CREATE TABLE "oauth_clients" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "app_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "secret_hash" BYTEA,
    "previous_secret_hash" BYTEA,
    "previous_secret_until" TIMESTAMPTZ(3),
    "jwks" JSONB,
    "redirect_uris" TEXT[],
    "scopes" TEXT[],
    "store_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "oauth_clients_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "oauth_clients_tenant_id_app_id_idx" ON "oauth_clients"("tenant_id", "app_id");
ALTER TABLE oauth_clients ADD CONSTRAINT oauth_clients_kind_check CHECK (kind IN ('confidential', 'browser'));
-- A client that runs in a browser can keep no secret; the others prove themselves in exactly one way.
ALTER TABLE oauth_clients ADD CONSTRAINT oauth_clients_proof_check
  CHECK (CASE kind WHEN 'browser' THEN secret_hash IS NULL AND jwks IS NULL ELSE (secret_hash IS NULL) <> (jwks IS NULL) END);
ALTER TABLE oauth_clients ADD CONSTRAINT oauth_clients_app_fkey FOREIGN KEY (app_id, tenant_id) REFERENCES apps (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE oauth_clients ADD CONSTRAINT oauth_clients_store_fkey FOREIGN KEY (store_id, tenant_id) REFERENCES stores (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE oauth_clients ENABLE ROW LEVEL SECURITY;
ALTER TABLE oauth_clients FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON oauth_clients USING (tenant_id = shopspan_current_tenant()) WITH CHECK (tenant_id = shopspan_current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON oauth_clients TO shopspan_app, shopspan_worker;
GRANT SELECT (id, tenant_id) ON oauth_clients TO shopspan_claims;
CREATE POLICY claims ON oauth_clients FOR SELECT TO shopspan_claims USING (true);

-- Codes, refresh tokens, grants, sessions and the like. Found by the hash of what their holder presents and kept without it,
-- so that what lies here opens nothing; belongs to no tenant, because it is presented before it is known whose it is.
CREATE TABLE "oauth_artifacts" (
    "hash" BYTEA NOT NULL,
    "kind" TEXT NOT NULL,
    "grant_id" TEXT,
    "session_hash" BYTEA,
    "payload" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "consumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "oauth_artifacts_pkey" PRIMARY KEY ("hash")
);
CREATE INDEX "oauth_artifacts_grant_id_idx" ON "oauth_artifacts"("grant_id");
CREATE INDEX "oauth_artifacts_session_hash_idx" ON "oauth_artifacts"("session_hash");
CREATE INDEX "oauth_artifacts_expires_at_idx" ON "oauth_artifacts"("expires_at");
GRANT SELECT, INSERT, UPDATE, DELETE ON oauth_artifacts TO shopspan_app;
GRANT DELETE, SELECT (expires_at) ON oauth_artifacts TO shopspan_worker;

-- The keys that sign access tokens: one that signs, one that is published ahead of its turn, and those that signed before and
-- verify until nothing that they signed is in force. Whoever retires has no private key any more.
CREATE TABLE "oauth_signing_keys" (
    "kid" TEXT NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "kek_id" TEXT,
    "wrapped" BYTEA,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "current_at" TIMESTAMPTZ(3),
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "oauth_signing_keys_pkey" PRIMARY KEY ("kid")
);
ALTER TABLE oauth_signing_keys ADD CONSTRAINT oauth_signing_keys_state_check CHECK (state IN ('next', 'current', 'retired'));
ALTER TABLE oauth_signing_keys ADD CONSTRAINT oauth_signing_keys_private_check
  CHECK ((wrapped IS NULL) = (state = 'retired') AND (kek_id IS NULL) = (state = 'retired'));
CREATE UNIQUE INDEX oauth_signing_keys_one_each ON oauth_signing_keys (state) WHERE state <> 'retired';
GRANT SELECT, INSERT ON oauth_signing_keys TO shopspan_app, shopspan_worker;
GRANT SELECT (kid, state, created_at, current_at, retired_at, kek_id), INSERT, UPDATE (state, current_at, retired_at, kek_id, wrapped), DELETE ON oauth_signing_keys TO shopspan_claims;

CREATE FUNCTION find_oauth_client(wanted uuid) RETURNS TABLE (tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT c.tenant_id FROM oauth_clients c WHERE c.id = wanted $$;

-- The next key signs from now on, the one that signed is only verified with, and the one given is published. Does nothing while
-- the next key, or the current one, is younger than is asked for: no process has to sign or verify with a key it does not know.
CREATE FUNCTION rotate_signing_keys(new_kid text, new_public jsonb, new_kek text, new_wrapped bytea, next_seconds int, current_seconds int, kept_seconds int)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('rotate_signing_keys'));
  IF NOT EXISTS (SELECT FROM oauth_signing_keys k WHERE k.state = 'next' AND k.created_at <= now() - make_interval(secs => next_seconds))
    OR EXISTS (SELECT FROM oauth_signing_keys k WHERE k.state = 'current' AND k.current_at > now() - make_interval(secs => current_seconds))
  THEN RETURN false; END IF;
  DELETE FROM oauth_signing_keys k WHERE k.state = 'retired' AND k.retired_at < now() - make_interval(secs => kept_seconds);
  UPDATE oauth_signing_keys k SET state = 'retired', retired_at = now(), kek_id = NULL, wrapped = NULL WHERE k.state = 'current';
  UPDATE oauth_signing_keys k SET state = 'current', current_at = now() WHERE k.state = 'next';
  INSERT INTO oauth_signing_keys (kid, public_jwk, kek_id, wrapped, state) VALUES (new_kid, new_public, new_kek, new_wrapped, 'next');
  RETURN true;
END $$;

-- What a key-encryption key still wraps: signing keys count as well, so that it is not taken away from under them.
CREATE OR REPLACE FUNCTION count_data_keys() RETURNS TABLE (kek_id text, held bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT k.kek_id, count(*) FROM (
    SELECT d.kek_id FROM data_keys d WHERE d.destroyed_at IS NULL
    UNION ALL SELECT s.kek_id FROM oauth_signing_keys s WHERE s.kek_id IS NOT NULL) k
  GROUP BY k.kek_id
$$;

DO $$
DECLARE signature text;
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOREACH signature IN ARRAY ARRAY['find_oauth_client(uuid)', 'rotate_signing_keys(text, jsonb, text, bytea, int, int, int)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', signature, session_user);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
GRANT EXECUTE ON FUNCTION find_oauth_client(uuid) TO shopspan_app;
GRANT EXECUTE ON FUNCTION rotate_signing_keys(text, jsonb, text, bytea, int, int, int) TO shopspan_worker;
