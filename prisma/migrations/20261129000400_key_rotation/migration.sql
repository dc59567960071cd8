-- Which data key a sealed value names stands in its bytes 2 to 13. As a column it makes the database keep two promises that no
-- process can keep alone, however long it slept between sealing and saving: a data key that a value names cannot be destroyed,
-- and no value can be saved that names a destroyed key, or another tenant's. What is no sealed value names none.
ALTER TABLE data_keys ADD CONSTRAINT data_keys_id_tenant_key UNIQUE (id, tenant_id);

DO $$
DECLARE sealed record;
BEGIN
  FOR sealed IN SELECT * FROM (VALUES ('credentials', 'sealed', 'data_key_id'), ('connect_attempts', 'sealed', 'data_key_id'),
    ('platform_clients', 'sealed_secret', 'data_key_id'), ('platform_clients', 'sealed_previous_secret', 'previous_data_key_id'),
    ('revocations', 'sealed', 'data_key_id'), ('writes', 'sealed_answer', 'data_key_id'), ('webhook_channels', 'sealed_secret', 'data_key_id'),
    ('webhook_deliveries', 'sealed_payload', 'data_key_id')) AS known (in_table, in_column, named) LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN %I TEXT GENERATED ALWAYS AS (
      CASE WHEN length(%I) >= 41 AND get_byte(%I, 0) = 1 THEN ''dek_'' || encode(substr(%I, 2, 12), ''hex'') END) STORED',
      sealed.in_table, sealed.named, sealed.in_column, sealed.in_column, sealed.in_column);
    EXECUTE format('CREATE INDEX %I ON %I (%I, id)', sealed.in_table || '_' || sealed.named, sealed.in_table, sealed.named);
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (%I, tenant_id) REFERENCES data_keys (id, tenant_id)',
      sealed.in_table, sealed.in_table || '_' || sealed.named || '_fkey', sealed.named);
    EXECUTE format('GRANT SELECT (tenant_id, %I) ON %I TO shopspan_claims', sealed.named, sealed.in_table);
  END LOOP;
END $$;

-- A run that gives every tenant a new data key. Killed and started again, it knows by the time it began what is done.
CREATE TABLE "data_key_rotations" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_key_rotations_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX data_key_rotations_one_at_a_time ON data_key_rotations ((true)) WHERE finished_at IS NULL;

-- A key that was destroyed before what it sealed: its row stays until the last value that names it is gone.
ALTER TABLE data_keys ADD COLUMN "destroyed_at" TIMESTAMPTZ(3);

-- Across tenants, for the owner's commands alone: which data keys there are and how much names them, never a key.
CREATE INDEX data_keys_kek_id ON data_keys (kek_id, id);
GRANT SELECT (id, tenant_id, kek_id, generation, created_at, destroyed_at) ON data_keys TO shopspan_claims;
CREATE POLICY claims ON data_keys TO shopspan_claims USING (true);

CREATE FUNCTION count_data_keys() RETURNS TABLE (kek_id text, held bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT k.kek_id, count(*) FROM data_keys k WHERE k.destroyed_at IS NULL GROUP BY k.kek_id $$;

CREATE FUNCTION list_data_keys_to_rewrap(current_kek text, after_id text, page_size int) RETURNS TABLE (id text, tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT k.id, k.tenant_id FROM data_keys k
  WHERE k.kek_id <> current_kek AND k.destroyed_at IS NULL AND k.id > after_id ORDER BY k.id LIMIT page_size
$$;

CREATE FUNCTION list_tenants_to_rotate(before timestamptz, after_id uuid, page_size int) RETURNS TABLE (tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT k.tenant_id FROM data_keys k WHERE k.destroyed_at IS NULL AND k.tenant_id > after_id
  GROUP BY k.tenant_id HAVING max(k.created_at) < before ORDER BY k.tenant_id LIMIT page_size
$$;

CREATE FUNCTION list_tenants_with_old_keys(after_id uuid, page_size int) RETURNS TABLE (tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT k.tenant_id FROM data_keys k WHERE k.destroyed_at IS NULL AND k.tenant_id > after_id
  GROUP BY k.tenant_id HAVING count(*) > 1 ORDER BY k.tenant_id LIMIT page_size
$$;

-- Values that name another key than their tenant's newest; of one tenant, or of all.
CREATE FUNCTION count_values_of_old_keys(wanted uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH old AS (
    SELECT k.id FROM data_keys k WHERE (wanted IS NULL OR k.tenant_id = wanted) AND k.destroyed_at IS NULL
      AND EXISTS (SELECT FROM data_keys n WHERE n.tenant_id = k.tenant_id AND n.generation > k.generation AND n.destroyed_at IS NULL))
  SELECT (SELECT count(*) FROM credentials v JOIN old ON v.data_key_id = old.id)
    + (SELECT count(*) FROM connect_attempts v JOIN old ON v.data_key_id = old.id)
    + (SELECT count(*) FROM platform_clients v JOIN old ON v.data_key_id = old.id)
    + (SELECT count(*) FROM platform_clients v JOIN old ON v.previous_data_key_id = old.id)
    + (SELECT count(*) FROM revocations v JOIN old ON v.data_key_id = old.id)
    + (SELECT count(*) FROM writes v JOIN old ON v.data_key_id = old.id)
    + (SELECT count(*) FROM webhook_channels v JOIN old ON v.data_key_id = old.id)
    + (SELECT count(*) FROM webhook_deliveries v JOIN old ON v.data_key_id = old.id)
$$;

DO $$
DECLARE signature text;
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOREACH signature IN ARRAY ARRAY['count_data_keys()', 'list_data_keys_to_rewrap(text, text, int)', 'list_tenants_to_rotate(timestamptz, uuid, int)',
    'list_tenants_with_old_keys(uuid, int)', 'count_values_of_old_keys(uuid)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
    -- The owner gave it away: without this it could call it only by what it inherits.
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', signature, session_user);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
