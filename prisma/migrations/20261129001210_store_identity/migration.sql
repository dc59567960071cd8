-- A worker that finds another shop at a store's address stops the calls to it, once; an operator lifts that when it is sorted out.
CREATE FUNCTION stop_other_shop(of_store uuid, because text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT CASE WHEN EXISTS (SELECT FROM stops s WHERE s.scope = 'store' AND s.target = of_store::text AND s.lifted_at IS NULL)
    THEN false ELSE write_stop(gen_random_uuid(), 'store', of_store::text, because, 'gateway') END
$$;

DO $$
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  REVOKE ALL ON FUNCTION stop_other_shop(uuid, text) FROM PUBLIC;
  ALTER FUNCTION stop_other_shop(uuid, text) OWNER TO shopspan_claims;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
GRANT EXECUTE ON FUNCTION stop_other_shop(uuid, text) TO shopspan_worker;
