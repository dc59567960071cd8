-- Which browser apps may read an answer to their own app's caller. `list_browser_origins` stays for the version before.
GRANT SELECT (id, return_origins) ON apps TO shopspan_claims;
GRANT SELECT (app_id, kind, redirect_uris, disabled_at) ON oauth_clients TO shopspan_claims;

CREATE FUNCTION list_app_origins() RETURNS TABLE (app_id uuid, origin text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT a.id, o.origin FROM apps a, unnest(a.return_origins) AS o (origin)
  UNION SELECT c.app_id, substring(r.uri FROM '^https?://[^/?#]+') FROM oauth_clients c, unnest(c.redirect_uris) AS r (uri)
  WHERE c.kind = 'browser' AND c.disabled_at IS NULL
$$;

DO $$
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  REVOKE ALL ON FUNCTION list_app_origins() FROM PUBLIC;
  ALTER FUNCTION list_app_origins() OWNER TO shopspan_claims;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
GRANT EXECUTE ON FUNCTION list_app_origins() TO shopspan_app;
