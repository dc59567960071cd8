-- What was cut off: everything that was issued for the target up to that moment is refused. Belongs to no tenant, because
-- whoever checks a token must know of it before it is known whose it is. A row is of use for as long as a token may live.
CREATE TABLE "access_cutoffs" (
    "kind" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "cut_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "access_cutoffs_pkey" PRIMARY KEY ("kind", "target")
);
ALTER TABLE access_cutoffs ADD CONSTRAINT access_cutoffs_kind_check CHECK (kind IN ('token', 'grant', 'client', 'scope', 'key', 'app', 'tenant'));
CREATE INDEX access_cutoffs_cut_at_idx ON access_cutoffs (cut_at);
GRANT SELECT, INSERT, UPDATE (cut_at), DELETE ON access_cutoffs TO shopspan_claims;

-- Tells every process at once, with the database's own time. What is old enough to matter to no token goes meanwhile.
CREATE FUNCTION cut_off_access(of_kind text, of_target text, remembered_seconds int) RETURNS timestamptz
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  WITH forgotten AS (DELETE FROM access_cutoffs c WHERE c.cut_at < now() - make_interval(secs => remembered_seconds) AND (c.kind, c.target) <> (of_kind, of_target)),
  written AS (
    INSERT INTO access_cutoffs AS c (kind, target, cut_at) VALUES (of_kind, of_target, clock_timestamp())
    ON CONFLICT (kind, target) DO UPDATE SET cut_at = greatest(c.cut_at, excluded.cut_at)
    RETURNING c.cut_at)
  SELECT w.cut_at FROM written w, pg_notify('shopspan_access_cutoffs', json_build_object('kind', of_kind, 'target', of_target, 'cutAt', (SELECT cut_at FROM written))::text)
$$;

CREATE FUNCTION list_access_cutoffs(since timestamptz) RETURNS TABLE (kind text, target text, cut_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT c.kind, c.target, c.cut_at FROM access_cutoffs c WHERE c.cut_at >= since $$;

DO $$
DECLARE signature text;
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOREACH signature IN ARRAY ARRAY['cut_off_access(text, text, int)', 'list_access_cutoffs(timestamptz)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
GRANT EXECUTE ON FUNCTION cut_off_access(text, text, int), list_access_cutoffs(timestamptz) TO shopspan_app, shopspan_worker;
