-- One budget for each store, shared by all processes. What is kept here is an estimate that every answer corrects: losing
-- it in a crash costs nothing, so nothing of it is written to the log.
CREATE UNLOGGED TABLE "store_paces" (
    "store_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "available" DOUBLE PRECISION,
    "capacity" DOUBLE PRECISION,
    "per_second" DOUBLE PRECISION,
    "refilled_at" TIMESTAMPTZ(3) NOT NULL,
    "places" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "store_paces_pkey" PRIMARY KEY ("store_id")
);
CREATE INDEX "store_paces_tenant_id_idx" ON "store_paces"("tenant_id");

CREATE UNLOGGED TABLE "store_calls" (
    "id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "store_calls_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "store_calls_store_id_idx" ON "store_calls"("store_id");
CREATE INDEX "store_calls_tenant_id_idx" ON "store_calls"("tenant_id");

ALTER TABLE store_paces ADD CONSTRAINT store_paces_store_fkey FOREIGN KEY (store_id, tenant_id) REFERENCES stores (id, tenant_id) ON DELETE CASCADE;
ALTER TABLE store_calls ADD CONSTRAINT store_calls_store_fkey FOREIGN KEY (store_id, tenant_id) REFERENCES stores (id, tenant_id) ON DELETE CASCADE;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['store_paces', 'store_calls'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (tenant_id = shopspan_current_tenant()) WITH CHECK (tenant_id = shopspan_current_tenant())', name);
    -- Nobody else has a right on them: they are reached by the two functions alone.
    EXECUTE format('CREATE POLICY claims ON %I TO shopspan_claims USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO shopspan_claims', name);
  END LOOP;
END $$;

-- Asks for one call: how many milliseconds to wait before asking again, 0 to go; null for a store that is not kept yet.
-- One statement, because every call to every platform pays for it. `bucket_capacity` null: no budget of points.
CREATE FUNCTION take_store_call(wanted uuid, call uuid, cost float8, bucket_capacity float8, bucket_per_second float8, first_places int, most_places int, seconds int)
RETURNS int LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
DECLARE
  pace store_paces%ROWTYPE;
  at timestamptz := clock_timestamp();
  missing float8;
BEGIN
  INSERT INTO store_paces (store_id, tenant_id, available, capacity, per_second, refilled_at, places)
    SELECT s.id, s.tenant_id, bucket_capacity, bucket_capacity, bucket_per_second, at, first_places FROM stores s WHERE s.id = wanted
    ON CONFLICT (store_id) DO NOTHING;
  SELECT * INTO pace FROM store_paces p WHERE p.store_id = wanted FOR UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF most_places > 0 THEN
    -- A process that died in the middle of a call keeps its place no longer than the call could have taken.
    DELETE FROM store_calls c WHERE c.store_id = wanted AND c.ends_at < at;
    IF (SELECT count(*) FROM store_calls c WHERE c.store_id = wanted) >= greatest(floor(least(pace.places, most_places)), 1) THEN
      RETURN 25;
    END IF;
  END IF;
  IF pace.capacity IS NOT NULL THEN
    pace.available := least(pace.capacity, pace.available + extract(epoch FROM at - pace.refilled_at) * pace.per_second);
    missing := least(cost, pace.capacity) - pace.available;
    IF missing <= 0 THEN pace.available := pace.available - least(cost, pace.capacity); END IF;
    UPDATE store_paces p SET available = pace.available, refilled_at = at WHERE p.store_id = wanted;
    IF missing > 0 THEN RETURN greatest(ceil(missing / pace.per_second * 1000), 1)::int; END IF;
  END IF;
  IF most_places > 0 THEN
    INSERT INTO store_calls (id, store_id, tenant_id, ends_at) VALUES (call, wanted, pace.tenant_id, at + make_interval(secs => seconds));
  END IF;
  RETURN 0;
END $$;

-- Gives a place back and keeps what the answer said: of the budget, and of how the shop bears the load. A shop that shows
-- strain gets half as many calls at a time, one that bears them gets one more after as many calls as it has places.
CREATE FUNCTION end_store_call(wanted uuid, call uuid, strained boolean, most_places int, remaining float8, new_capacity float8, new_per_second float8)
RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  DELETE FROM store_calls c WHERE c.id = call;
  UPDATE store_paces p SET
    places = CASE WHEN strained THEN greatest(p.places / 2, 1) WHEN NOT strained THEN least(p.places + 1 / p.places, most_places) ELSE p.places END,
    available = coalesce(remaining, p.available), capacity = coalesce(new_capacity, p.capacity), per_second = coalesce(new_per_second, p.per_second),
    refilled_at = CASE WHEN remaining IS NULL THEN p.refilled_at ELSE clock_timestamp() END
  WHERE p.store_id = wanted
$$;

DO $$
DECLARE signature text;
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOREACH signature IN ARRAY ARRAY['take_store_call(uuid, uuid, float8, float8, float8, int, int, int)',
    'end_store_call(uuid, uuid, boolean, int, float8, float8, float8)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO shopspan_app, shopspan_worker', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
