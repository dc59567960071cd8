-- Who operates the gateway, what they are signed in with, and what was done. None of it belongs to a tenant: the product's
-- roles have no right on these tables and reach them through the functions below.
CREATE TABLE "operators" (
    "id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "role" TEXT NOT NULL,
    "role_set_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "signed_in_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "operators_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "operators_issuer_subject_key" ON "operators"("issuer", "subject");

CREATE TABLE "operator_sessions" (
    "id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "operator_id" UUID NOT NULL,
    "agent" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "idle_ends_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "stepped_up_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "operator_sessions_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "operator_sessions_hash_key" ON "operator_sessions"("hash");
CREATE INDEX "operator_sessions_operator_id_idx" ON "operator_sessions"("operator_id");

CREATE TABLE "operator_sign_in_links" (
    "hash" BYTEA NOT NULL,
    "role" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "operator_sign_in_links_pkey" PRIMARY KEY ("hash")
);

-- Tokens stay what scripts use. Those that exist could stop and lift, and still can.
ALTER TABLE "operator_tokens" ADD COLUMN "role" TEXT NOT NULL DEFAULT 'operator';
-- Two people lift a stop of everything: who asked for it first.
ALTER TABLE "stops" ADD COLUMN "lift_asked_by" UUID, ADD COLUMN "lift_asked_name" TEXT, ADD COLUMN "lift_asked_at" TIMESTAMPTZ(3);

-- Each entry's hash covers the entry and the hash before it; the head says how many there must be.
CREATE TABLE "audit_entries" (
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "details" TEXT NOT NULL,
    "previous" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("sequence")
);
CREATE TABLE "audit_heads" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "sequence" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_heads_pkey" PRIMARY KEY ("id")
);
ALTER TABLE audit_heads ADD CONSTRAINT audit_heads_one_check CHECK (id = 1);
INSERT INTO audit_heads (sequence, hash) VALUES (0, '');

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['operators', 'operator_sign_in_links', 'operator_tokens'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (role IN (''viewer'', ''operator'', ''admin''))', name, name || '_role_check');
  END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE (name, email, role, role_set_by, signed_in_at, disabled_at) ON operators TO shopspan_claims;
GRANT SELECT, INSERT, UPDATE (last_seen_at, idle_ends_at, ended_at) ON operator_sessions TO shopspan_claims;
GRANT SELECT, UPDATE (used_at) ON operator_sign_in_links TO shopspan_claims;
GRANT SELECT, INSERT ON audit_entries TO shopspan_claims;
GRANT SELECT, UPDATE (sequence, hash) ON audit_heads TO shopspan_claims;
GRANT UPDATE (lift_asked_by, lift_asked_name, lift_asked_at) ON stops TO shopspan_claims;

-- What follows without SECURITY DEFINER has the rights of whoever calls it: of a function below, or of the owner.

CREATE FUNCTION audit_field(value text) RETURNS text LANGUAGE sql IMMUTABLE
AS $$ SELECT octet_length(convert_to(value, 'UTF8')) || ':' || value || ',' $$;

-- Lengths before values: no two entries have the same content. `verifyAuditChain` computes the same.
CREATE FUNCTION audit_content(number bigint, at timestamptz, actor text, action text, target text, details text) RETURNS bytea LANGUAGE sql STABLE
AS $$
  SELECT convert_to(audit_field(number::text) || audit_field(to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ||
    audit_field(actor) || audit_field(action) || audit_field(target) || audit_field(details), 'UTF8')
$$;

-- Entries are written one after the other: the head is locked until whoever writes has committed.
CREATE FUNCTION write_audit(actor text, action text, target text, details text) RETURNS void LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  head audit_heads;
  moment timestamptz(3);
  next_hash bytea;
BEGIN
  SELECT * INTO STRICT head FROM audit_heads FOR UPDATE;
  moment := clock_timestamp();
  next_hash := sha256(head.hash || audit_content(head.sequence + 1, moment, actor, action, target, details));
  INSERT INTO audit_entries VALUES (head.sequence + 1, moment, actor, action, target, details, head.hash, next_hash);
  UPDATE audit_heads SET sequence = head.sequence + 1, hash = next_hash;
END $$;

CREATE FUNCTION operator_rank(role text) RETURNS int LANGUAGE sql IMMUTABLE
AS $$ SELECT array_position(ARRAY['viewer', 'operator', 'admin'], role) $$;

-- Whoever holds the credential with this hash, as of now. A token has no person and can never have signed in just now.
CREATE FUNCTION acting_operator(credential bytea)
RETURNS TABLE (person uuid, name text, actor text, role text, is_fresh boolean) LANGUAGE sql STABLE
AS $$
  SELECT o.id, o.name, 'operator ' || o.id || ' ' || o.name, o.role, coalesce(s.stepped_up_at > now() - interval '5 minutes', false)
  FROM operator_sessions s JOIN operators o ON o.id = s.operator_id
  WHERE s.hash = credential AND s.ended_at IS NULL AND s.ends_at > now() AND s.idle_ends_at > now() AND o.disabled_at IS NULL
  UNION ALL
  SELECT NULL, t.name, 'operator token ' || t.id || ' ' || t.name, t.role, false
  FROM operator_tokens t WHERE t.hash = credential AND t.revoked_at IS NULL
$$;

-- What keeps somebody from doing what needs a role, or a sign-in of a moment ago; NULL when nothing does.
CREATE FUNCTION operator_hindrance(credential bytea, needed text, must_be_fresh boolean) RETURNS text LANGUAGE sql STABLE
AS $$
  SELECT CASE
    WHEN operator_rank(a.role) IS NULL OR operator_rank(a.role) < operator_rank(needed) THEN 'roleMissing'
    WHEN must_be_fresh AND NOT a.is_fresh THEN 'stepUpRequired' END
  FROM (SELECT 1) AS one LEFT JOIN acting_operator(credential) a ON true
$$;

CREATE FUNCTION begin_operator_session(of_issuer text, of_subject text, of_name text, of_email text, with_role text, how text, session uuid,
  session_hash bytea, at timestamptz, idle_seconds int, longest_seconds int, authenticated_at timestamptz, replaces bytea, of_agent text)
RETURNS uuid LANGUAGE plpgsql VOLATILE
AS $$
DECLARE person operators;
BEGIN
  INSERT INTO operators AS o (id, issuer, subject, name, email, role, signed_in_at)
  VALUES (gen_random_uuid(), of_issuer, of_subject, of_name, of_email, with_role, at)
  -- What an administrator of ours has set holds against what the provider says.
  ON CONFLICT (issuer, subject) DO UPDATE SET name = excluded.name, email = excluded.email, signed_in_at = at,
    role = CASE WHEN o.role_set_by IS NULL THEN excluded.role ELSE o.role END
  WHERE o.disabled_at IS NULL
  RETURNING * INTO person;
  IF person.id IS NULL THEN
    PERFORM write_audit('somebody', 'operator.refused', of_issuer || ' ' || of_subject, json_build_object('how', how, 'why', 'disabled')::text);
    RETURN NULL;
  END IF;
  UPDATE operator_sessions s SET ended_at = at WHERE s.hash = replaces AND s.ended_at IS NULL;
  INSERT INTO operator_sessions (id, hash, operator_id, agent, created_at, last_seen_at, idle_ends_at, ends_at, stepped_up_at)
  VALUES (session, session_hash, person.id, of_agent, at, at, at + make_interval(secs => idle_seconds), at + make_interval(secs => longest_seconds), authenticated_at);
  PERFORM write_audit('operator ' || person.id || ' ' || person.name, 'operator.signedIn', 'session ' || session,
    json_build_object('how', how, 'role', person.role, 'issuer', of_issuer)::text);
  RETURN person.id;
END $$;

CREATE FUNCTION apply_operator_change(by_whom text, person uuid, new_role text, is_disabled boolean) RETURNS boolean LANGUAGE plpgsql VOLATILE
AS $$
DECLARE changed operators;
BEGIN
  UPDATE operators o SET role = coalesce(new_role, o.role), role_set_by = CASE WHEN new_role IS NULL THEN o.role_set_by ELSE by_whom END,
    disabled_at = CASE WHEN is_disabled THEN coalesce(o.disabled_at, now()) WHEN NOT is_disabled THEN NULL ELSE o.disabled_at END
  WHERE o.id = person RETURNING * INTO changed;
  IF changed.id IS NULL THEN RETURN false; END IF;
  IF is_disabled THEN UPDATE operator_sessions s SET ended_at = now() WHERE s.operator_id = person AND s.ended_at IS NULL; END IF;
  PERFORM write_audit(by_whom, 'operator.changed', 'operator ' || person,
    json_build_object('name', changed.name, 'role', changed.role, 'disabled', changed.disabled_at IS NOT NULL)::text);
  RETURN true;
END $$;

-- The owner's alone, from the shell.

CREATE FUNCTION write_operator_token(by_whom text, token uuid, of_name text, of_role text, of_hash bytea) RETURNS void LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
  INSERT INTO operator_tokens (id, name, role, hash) VALUES (token, of_name, of_role, of_hash);
  PERFORM write_audit(by_whom, 'operatorToken.made', 'operator token ' || token, json_build_object('name', of_name, 'role', of_role)::text);
END $$;

CREATE FUNCTION revoke_operator_token(by_whom text, token uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
  UPDATE operator_tokens SET revoked_at = now() WHERE id = token AND revoked_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM write_audit(by_whom, 'operatorToken.revoked', 'operator token ' || token, '{}');
  RETURN true;
END $$;

CREATE FUNCTION write_sign_in_link(by_whom text, of_hash bytea, of_role text, of_name text, until timestamptz) RETURNS void LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
  DELETE FROM operator_sign_in_links l WHERE l.expires_at < now() - interval '1 day';
  INSERT INTO operator_sign_in_links (hash, role, name, expires_at) VALUES (of_hash, of_role, of_name, until);
  PERFORM write_audit(by_whom, 'signInLink.made', 'operators', json_build_object('name', of_name, 'role', of_role, 'until', until)::text);
END $$;

CREATE FUNCTION end_session_as_owner(by_whom text, session uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
  UPDATE operator_sessions SET ended_at = now() WHERE id = session AND ended_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM write_audit(by_whom, 'operator.sessionEnded', 'session ' || session, '{}');
  RETURN true;
END $$;

-- Old entries go only together with a checkpoint, a later entry that holds the hash at which the rest begins.
CREATE FUNCTION cut_audit(by_whom text, before timestamptz) RETURNS TABLE (removed bigint, through bigint, hash text) LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  head audit_heads;
  last audit_entries;
BEGIN
  SELECT * INTO STRICT head FROM audit_heads FOR UPDATE;
  SELECT * INTO last FROM audit_entries e WHERE e.at < before AND e.sequence < head.sequence ORDER BY e.sequence DESC LIMIT 1;
  IF last.sequence IS NULL THEN RETURN; END IF;
  PERFORM write_audit(by_whom, 'audit.cut', 'audit', json_build_object('through', last.sequence, 'hash', encode(last.hash, 'hex'))::text);
  DELETE FROM audit_entries e WHERE e.sequence <= last.sequence;
  GET DIAGNOSTICS removed = ROW_COUNT;
  through := last.sequence;
  hash := encode(last.hash, 'hex');
  RETURN NEXT;
END $$;

-- What the gateway may do, in the name of whoever holds a credential.

DROP FUNCTION find_operator(bytea);
CREATE FUNCTION find_operator(wanted bytea) RETURNS TABLE (id uuid, name text, role text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ UPDATE operator_tokens o SET last_used_at = now() WHERE o.hash = wanted AND o.revoked_at IS NULL RETURNING o.id, o.name, o.role $$;

CREATE FUNCTION find_operator_session(wanted bytea, at timestamptz, idle_seconds int)
RETURNS TABLE (id uuid, operator_id uuid, name text, role text, created_at timestamptz, ends_at timestamptz, stepped_up_at timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  UPDATE operator_sessions s SET last_seen_at = at, idle_ends_at = at + make_interval(secs => idle_seconds)
  FROM operators o
  WHERE s.hash = wanted AND s.ended_at IS NULL AND s.ends_at > at AND s.idle_ends_at > at AND o.id = s.operator_id AND o.disabled_at IS NULL
  RETURNING s.id, o.id, o.name, o.role, s.created_at, s.ends_at, s.stepped_up_at
$$;

CREATE FUNCTION sign_in_operator(of_issuer text, of_subject text, of_name text, of_email text, with_role text, session uuid,
  session_hash bytea, at timestamptz, idle_seconds int, longest_seconds int, authenticated_at timestamptz, replaces bytea, of_agent text) RETURNS uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT begin_operator_session(of_issuer, of_subject, of_name, of_email, with_role, 'openid', session, session_hash, at, idle_seconds,
    longest_seconds, authenticated_at, replaces, of_agent)
$$;

CREATE FUNCTION find_sign_in_link(wanted bytea, at timestamptz) RETURNS TABLE (role text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT l.role, l.name FROM operator_sign_in_links l WHERE l.hash = wanted AND l.used_at IS NULL AND l.expires_at > at $$;

CREATE FUNCTION use_sign_in_link(wanted bytea, session uuid, session_hash bytea, at timestamptz, idle_seconds int, longest_seconds int,
  replaces bytea, of_agent text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
DECLARE link operator_sign_in_links;
BEGIN
  UPDATE operator_sign_in_links l SET used_at = at WHERE l.hash = wanted AND l.used_at IS NULL AND l.expires_at > at RETURNING * INTO link;
  IF link.hash IS NULL THEN RETURN NULL; END IF;
  -- Whoever may make links may say what they are for.
  UPDATE operators o SET role = link.role WHERE o.issuer = 'link' AND o.subject = lower(link.name);
  RETURN begin_operator_session('link', lower(link.name), link.name, NULL, link.role, 'link', session, session_hash, at, idle_seconds,
    longest_seconds, at, replaces, of_agent);
END $$;

CREATE FUNCTION list_operator_sessions(credential bytea)
RETURNS TABLE (id uuid, operator_id uuid, name text, agent text, created_at timestamptz, last_seen_at timestamptz, ends_at timestamptz, is_own boolean, is_this boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT s.id, o.id, o.name, s.agent, s.created_at, s.last_seen_at, least(s.ends_at, s.idle_ends_at), coalesce(o.id = a.person, false), s.hash = credential
  FROM acting_operator(credential) a JOIN operator_sessions s ON a.role = 'admin' OR s.operator_id = a.person JOIN operators o ON o.id = s.operator_id
  WHERE s.ended_at IS NULL AND s.ends_at > now() AND s.idle_ends_at > now() AND o.disabled_at IS NULL ORDER BY s.last_seen_at DESC LIMIT 500
$$;

-- Ends a session: one's own, or, as an administrator, anybody's.
CREATE FUNCTION end_operator_session(credential bytea, wanted uuid) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
DECLARE
  acting record;
  session operator_sessions;
  hindrance text;
BEGIN
  SELECT * INTO acting FROM acting_operator(credential);
  SELECT * INTO session FROM operator_sessions s WHERE s.ended_at IS NULL AND (s.id = wanted OR (wanted IS NULL AND s.hash = credential));
  IF acting.actor IS NULL OR session.id IS NULL THEN RETURN 'notFound'; END IF;
  IF session.operator_id IS DISTINCT FROM acting.person THEN
    hindrance := operator_hindrance(credential, 'admin', true);
    IF hindrance IS NOT NULL THEN RETURN hindrance; END IF;
  END IF;
  UPDATE operator_sessions s SET ended_at = now() WHERE s.id = session.id;
  PERFORM write_audit(acting.actor, CASE WHEN session.hash = credential THEN 'operator.signedOut' ELSE 'operator.sessionEnded' END, 'session ' || session.id, '{}');
  RETURN 'done';
END $$;

CREATE FUNCTION list_operators(credential bytea)
RETURNS TABLE (id uuid, issuer text, name text, email text, role text, signed_in_at timestamptz, disabled_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT o.id, o.issuer, o.name, o.email, o.role, o.signed_in_at, o.disabled_at
  FROM acting_operator(credential) a JOIN operators o ON a.role = 'admin' ORDER BY o.name, o.id LIMIT 500
$$;

CREATE FUNCTION change_operator(credential bytea, person uuid, new_role text, is_disabled boolean) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
DECLARE hindrance text := operator_hindrance(credential, 'admin', true);
BEGIN
  IF hindrance IS NOT NULL THEN RETURN hindrance; END IF;
  RETURN CASE WHEN apply_operator_change((SELECT a.actor FROM acting_operator(credential) a), person, new_role, is_disabled) THEN 'done' ELSE 'notFound' END;
END $$;

-- Uses of merchants' credentials, counted: what a process has gathered within a second.
CREATE FUNCTION note_credential_uses(by_process text, uses text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT write_audit('process ' || by_process, 'credentials.used', 'stores', uses) $$;

-- The kill switch: written with who did it, and lifted by two people where it stops everything.

DROP FUNCTION list_stops(boolean);
CREATE FUNCTION list_stops(in_force_only boolean)
RETURNS TABLE (id uuid, scope text, target text, reason text, set_by text, set_at timestamptz, lifted_by text, lifted_at timestamptz, lift_asked_by text, lift_asked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT s.id, s.scope, s.target, s.reason, s.set_by, s.set_at, s.lifted_by, s.lifted_at, s.lift_asked_name, s.lift_asked_at FROM stops s
  WHERE NOT in_force_only OR s.lifted_at IS NULL ORDER BY s.lifted_at IS NOT NULL, s.set_at DESC LIMIT CASE WHEN in_force_only THEN NULL ELSE 200 END
$$;

-- Plain, so that both ways to a stop share them.
CREATE FUNCTION apply_stop(actor text, wanted uuid, of_scope text, of_target text, because text, by_whom text) RETURNS boolean LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
  INSERT INTO stops (id, scope, target, reason, set_by)
  SELECT wanted, of_scope, of_target, because, by_whom
  WHERE CASE of_scope
    WHEN 'store' THEN EXISTS (SELECT FROM stores s WHERE s.id::text = of_target)
    WHEN 'app' THEN EXISTS (SELECT FROM apps a WHERE a.id::text = of_target)
    WHEN 'tenant' THEN EXISTS (SELECT FROM tenants t WHERE t.id::text = of_target)
    ELSE true END;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM write_audit(actor, 'stop.set', of_scope || ' ' || of_target, json_build_object('stop', wanted, 'reason', because)::text);
  RETURN true;
END $$;

CREATE FUNCTION apply_lift(actor text, wanted uuid, by_whom text) RETURNS boolean LANGUAGE plpgsql VOLATILE
AS $$
DECLARE lifted stops;
BEGIN
  UPDATE stops s SET lifted_by = by_whom, lifted_at = now() WHERE s.id = wanted AND s.lifted_at IS NULL RETURNING * INTO lifted;
  IF lifted.id IS NULL THEN RETURN false; END IF;
  PERFORM write_audit(actor, 'stop.lifted', lifted.scope || ' ' || lifted.target, json_build_object('stop', wanted, 'askedBy', lifted.lift_asked_name)::text);
  RETURN true;
END $$;

-- Tenants' rows are closed to the owner as well: these two look for whom they stop.
CREATE OR REPLACE FUNCTION write_stop(wanted uuid, of_scope text, of_target text, because text, by_whom text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT apply_stop(by_whom, wanted, of_scope, of_target, because, by_whom) $$;
CREATE OR REPLACE FUNCTION write_lift(wanted uuid, by_whom text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT apply_lift(by_whom, wanted, by_whom) $$;

DROP FUNCTION set_stop(bytea, uuid, text, text, text);
DROP FUNCTION lift_stop(bytea, uuid);
CREATE FUNCTION stop_as_operator(credential bytea, wanted uuid, of_scope text, of_target text, because text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
DECLARE
  acting record;
  hindrance text := operator_hindrance(credential, 'operator', of_scope IN ('platform', 'everything'));
BEGIN
  IF hindrance IS NOT NULL THEN RETURN hindrance; END IF;
  SELECT * INTO acting FROM acting_operator(credential);
  RETURN CASE WHEN apply_stop(acting.actor, wanted, of_scope, of_target, because, acting.name) THEN 'done' ELSE 'notFound' END;
END $$;

CREATE FUNCTION lift_as_operator(credential bytea, wanted uuid) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
DECLARE
  acting record;
  stop stops;
  hindrance text;
BEGIN
  SELECT * INTO acting FROM acting_operator(credential);
  SELECT * INTO stop FROM stops s WHERE s.id = wanted AND s.lifted_at IS NULL FOR UPDATE;
  hindrance := operator_hindrance(credential, CASE stop.scope WHEN 'everything' THEN 'admin' ELSE 'operator' END,
    coalesce(stop.scope IN ('platform', 'everything'), false));
  IF hindrance IS NOT NULL THEN RETURN hindrance; END IF;
  IF stop.id IS NULL THEN RETURN 'notFound'; END IF;
  IF stop.scope = 'everything' THEN
    -- What was asked for an hour ago is asked for anew: the second person must know that it is still wanted.
    IF stop.lift_asked_at IS NULL OR stop.lift_asked_at < now() - interval '1 hour' THEN
      UPDATE stops s SET lift_asked_by = acting.person, lift_asked_name = acting.name, lift_asked_at = now() WHERE s.id = wanted;
      PERFORM write_audit(acting.actor, 'stop.liftAsked', 'everything ', json_build_object('stop', wanted)::text);
      RETURN 'asked';
    END IF;
    IF stop.lift_asked_by = acting.person THEN RETURN 'secondPersonRequired'; END IF;
  END IF;
  PERFORM apply_lift(acting.actor, wanted, acting.name);
  RETURN 'done';
END $$;

DO $$
DECLARE signature text;
BEGIN
  EXECUTE 'GRANT CREATE ON SCHEMA public TO shopspan_claims';
  FOR signature IN SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname = ANY (ARRAY[
    'find_operator', 'find_operator_session', 'sign_in_operator', 'find_sign_in_link', 'use_sign_in_link', 'list_operator_sessions',
    'end_operator_session', 'list_operators', 'change_operator', 'note_credential_uses', 'list_stops', 'stop_as_operator', 'lift_as_operator']) LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO shopspan_app', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO shopspan_claims', signature);
  END LOOP;
  EXECUTE 'REVOKE CREATE ON SCHEMA public FROM shopspan_claims';
END $$;
GRANT EXECUTE ON FUNCTION note_credential_uses(text, text), list_stops(boolean) TO shopspan_worker;
