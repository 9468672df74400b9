-- Once, when compose.yaml's Postgres makes its folder, as its superuser and after poskb/dasar/peran_db.sql: the login of
-- the product. It owns its database and is no superuser, so a web process that leaves its role (RESET ROLE) has the tables
-- of the product and nothing of the server. CREATEDB: `pulihkan --timpa` restores beside what is there.
\getenv sandi SANDI_POSTGRES
CREATE ROLE poskb LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS CREATEDB PASSWORD :'sandi';
GRANT poskb_web, poskb_pekerja TO poskb;
CREATE DATABASE poskb OWNER poskb;
-- From now on only `docker compose exec postgres psql -U postgres` is the superuser, nobody over the network.
ALTER ROLE postgres PASSWORD NULL;
