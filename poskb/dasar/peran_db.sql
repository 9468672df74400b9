-- The two roles of Pos KB, and the right of the login that runs this to take them on.
-- Roles belong to the cluster: another database may be making them at this very moment, hence the second try.
DO $$
DECLARE
  peran text;
  boleh boolean;
  -- The login that may take the roles on; empty: whoever runs this.
  untuk text := '';
  login name := current_user;
BEGIN
  IF untuk <> '' THEN
    login := untuk;
  END IF;
  FOREACH peran IN ARRAY ARRAY['poskb_web', 'poskb_pekerja'] LOOP
    FOR coba IN 1..20 LOOP
      BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = peran) THEN
          EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', peran);
        END IF;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = peran AND (rolsuper OR rolbypassrls)) THEN
          RAISE EXCEPTION 'peran % melewati row-level security', peran USING ERRCODE = 'object_not_in_prerequisite_state';
        END IF;
        -- From Postgres 16 on, who made a role may not yet take it on.
        IF current_setting('server_version_num')::int >= 160000 THEN
          boleh := pg_has_role(login, peran, 'SET');
        ELSE
          boleh := pg_has_role(login, peran, 'MEMBER');
        END IF;
        IF NOT boleh THEN
          EXECUTE format('GRANT %I TO %I', peran, login);
        END IF;
        EXIT;
      EXCEPTION WHEN duplicate_object OR unique_violation OR internal_error THEN
        IF coba = 20 THEN
          RAISE;
        END IF;
        PERFORM pg_sleep(0.05 * coba);
      END;
    END LOOP;
  END LOOP;
END $$;
