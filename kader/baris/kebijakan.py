"""The rules of the tables, as steps of a migration. What a table's rule is stands in that migration and stays there.

`poskb.sesi` holds, between bars: first and last code of a desa in the area, the areas themselves where those two do
not say it all; the same three for what has a name; the user; desa and key of one new record that is handed over
(`kader.baris.menyerahkan`). Missing or empty it lets nothing through.
"""

from django.db import ProgrammingError, connection, migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from poskb.dasar.migrasi import Berulang, sebentar
from poskb.dasar.peran_db import PEKERJA, WEB, nama_peran, sql_peran

BIASA, BERNAMA = 1, 4
PENGGUNA = 7
SERAH_DESA, SERAH_KUNCI = 8, 9


def bagian(nomor: int) -> str:
    """Return the SQL of one part of what the session said."""
    return f"split_part(current_setting('poskb.sesi', true), '|', {nomor})"


def di_wilayah(kolom: str = "desa_id", mulai: int = BIASA) -> str:
    """Return the condition that a desa lies in the area (`BERNAMA`: in that in which people have names).

    A range, which an index on the column serves and which says it all for one area; then, for several, exactly. In a
    CASE, of which the planner expects half of the rows to pass: of an OR it would expect hardly any, and choose slow
    plans. The rest in a function that is not drawn in: every statement pays for a long condition.
    """
    daftar = bagian(mulai + 2)
    return (
        f"{kolom} >= {bagian(mulai)} AND {kolom} <= {bagian(mulai + 1)} "
        f"AND CASE WHEN {daftar} = '' THEN true ELSE baris_di_daftar({kolom}, {daftar}) END"
    )


def seluruh_kabupaten() -> str:
    """Return the condition that the area is a whole kabupaten."""
    awal, akhir, daftar = (bagian(n) for n in (BIASA, BIASA + 1, BIASA + 2))
    satu = f"left({awal}, 5)"
    return f"{awal} = {satu} || '.00.0000' AND {akhir} = {satu} || '.99.9999' AND {daftar} = ''"


FUNGSI = """
-- Whether a list ",32.14.01,32.14.02.2001," holds a desa, its kecamatan or its kabupaten.
CREATE OR REPLACE FUNCTION baris_di_daftar(kode text, daftar text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN strpos(daftar, ',' || kode || ',') > 0 OR strpos(daftar, ',' || left(kode, 8) || ',') > 0
    OR strpos(daftar, ',' || left(kode, 5) || ',') > 0;
END $$;
-- How many rows of a table somebody wrote down, wherever: a number, no row. As the owner, whom no policy holds:
-- every sync of a phone ends with it, and all her rows would be asked one by one where they lie.
CREATE OR REPLACE FUNCTION baris_jumlah_dicatat(tabel regclass, oleh bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  jumlah bigint;
BEGIN
  EXECUTE format('SELECT count(*) FROM %s WHERE dicatat_oleh_id = $1', tabel) INTO jumlah USING oleh;
  RETURN jumlah;
END $$;
"""
LEPAS_FUNGSI = "DROP FUNCTION baris_jumlah_dicatat(regclass, bigint); DROP FUNCTION baris_di_daftar(text, text);"


def lewat(tabel: str, kolom: str, dan: str = "true") -> str:
    """Return the condition that the row of another table, which `kolom` ("table.column") names, may be seen: by the
    rule of that one, and by `dan` (a condition on `induk`)."""
    return f"EXISTS (SELECT FROM {tabel} induk WHERE induk.id = {kolom} AND {dan})"


def milik_sendiri(kolom: str) -> str:
    """Return the condition that a row belongs to the one who asks."""
    return f"{kolom} = nullif({bagian(PENGGUNA)}, '')::bigint"


# Nobody needs them in a request: TRUNCATE, REFERENCES, TRIGGER and the schema itself.
HAK = "SELECT, INSERT, UPDATE, DELETE"
BERI = """
GRANT USAGE ON SCHEMA {skema} TO {web}, {pekerja};
GRANT {hak} ON ALL TABLES IN SCHEMA {skema} TO {web}, {pekerja};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA {skema} TO {web}, {pekerja};
ALTER DEFAULT PRIVILEGES IN SCHEMA {skema} GRANT {hak} ON TABLES TO {web}, {pekerja};
ALTER DEFAULT PRIVILEGES IN SCHEMA {skema} GRANT USAGE ON SEQUENCES TO {web}, {pekerja};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {web}, {pekerja};
REVOKE CREATE ON SCHEMA {skema} FROM PUBLIC;
-- A temporary table would hide a real one; only the history of past days is put together that way, by the worker.
REVOKE TEMPORARY ON DATABASE {basisdata} FROM PUBLIC;
GRANT TEMPORARY ON DATABASE {basisdata} TO {pekerja};
"""
CABUT = """
ALTER DEFAULT PRIVILEGES IN SCHEMA {skema} REVOKE ALL ON TABLES FROM {web}, {pekerja};
ALTER DEFAULT PRIVILEGES IN SCHEMA {skema} REVOKE ALL ON SEQUENCES FROM {web}, {pekerja};
REVOKE ALL ON ALL TABLES IN SCHEMA {skema} FROM {web}, {pekerja};
REVOKE ALL ON ALL SEQUENCES IN SCHEMA {skema} FROM {web}, {pekerja};
REVOKE ALL ON SCHEMA {skema} FROM {web}, {pekerja};
GRANT TEMPORARY ON DATABASE {basisdata} TO PUBLIC;
REVOKE ALL ON DATABASE {basisdata} FROM {pekerja};
"""
TANPA_HAK = (
    "{galat} Peran basis data dibuat sekali oleh administrator Postgres: jalankan keluaran "
    "`manage.py peran_basis_data` sebagai administrator, lalu migrasi lagi (docs/keamanan-basis-data.md)."
)


def buat_peran() -> migrations.RunPython:
    """Return the step that makes the two roles, where the login may, and lets them use the tables of now and later.

    Undone, the rights are taken back; the roles stay, because other databases of the cluster may use them."""
    return Berulang(_buat_peran, _cabut_hak, atomic=True)


def _buat_peran(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql_peran())
    except ProgrammingError as galat:
        raise ProgrammingError(TANPA_HAK.format(galat=galat)) from galat
    _hak(BERI)


def _cabut_hak(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _hak(CABUT)


def _hak(perintah: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema()), quote_ident(current_database())")
        nama = dict(zip(("skema", "basisdata"), cursor.fetchone(), strict=True))
        cursor.execute(perintah.format(web=nama_peran(WEB), pekerja=nama_peran(PEKERJA), hak=HAK, **nama))


def batasi_web(hak: str, *tabel: str) -> migrations.RunPython:
    """Return the step that leaves the web no more than these rights on some tables."""
    semua = ", ".join(tabel)

    def pasang(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        sebentar(f"REVOKE ALL ON {semua} FROM {nama_peran(WEB)}", f"GRANT {hak} ON {semua} TO {nama_peran(WEB)}")

    def lepas(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        sebentar(f"GRANT {HAK} ON {semua} TO {nama_peran(WEB)}")

    return Berulang(pasang, lepas, atomic=False)


def pagari(tabel: str, syarat: str, nama: str = "baris_web") -> migrations.RunPython:
    """Return the step that lets the web see and write only the rows of a table that fulfil a condition, and the worker
    all. Further rules of one table, under other names, each let more through.

    In a migration with `atomic = False`: each table is held by itself, for a moment, and tried again when it is busy.
    """

    def pasang(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        sebentar(
            f"DROP POLICY IF EXISTS {nama} ON {tabel}",
            f"CREATE POLICY {nama} ON {tabel} TO {nama_peran(WEB)} USING ({syarat}) WITH CHECK ({syarat})",
            f"DROP POLICY IF EXISTS baris_pekerja ON {tabel}",
            f"CREATE POLICY baris_pekerja ON {tabel} TO {nama_peran(PEKERJA)} USING (true) WITH CHECK (true)",
            f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY",
        )

    def lepas(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        sebentar(f"DROP POLICY IF EXISTS {nama} ON {tabel}", *(_buka(tabel) if nama == "baris_web" else []))

    return Berulang(pasang, lepas, atomic=False)


def terima_serahan(tabel: str, kunci: str, desa: str = "") -> migrations.RunPython:
    """Return the step that lets the web put down a record that is handed over: INSERT and nothing else, of the key
    and desa that the session names. Nothing can be read, so no values are asked back (`poskb.dasar.sisip`).
    """
    syarat = f"{kunci}::text = {bagian(SERAH_KUNCI)}"
    if desa:
        syarat += f" AND {desa} = {bagian(SERAH_DESA)}"
    return _aturan(tabel, {"baris_serah": f"FOR INSERT TO {{web}} WITH CHECK ({syarat})"})


def pegang_serahan(tabel: str, desa: str) -> migrations.RunPython:
    """Return the step that lets the web see and hold, for that, the rows of the desa that say whether its month is
    open; writing them stays refused.
    """
    syarat = f"{desa} = {bagian(SERAH_DESA)}"
    return _aturan(
        tabel,
        {
            "baris_serah": f"FOR SELECT TO {{web}} USING ({syarat})",
            "baris_serah_pegang": f"FOR UPDATE TO {{web}} USING ({syarat}) WITH CHECK (false)",
        },
    )


def _aturan(tabel: str, isi: dict[str, str]) -> migrations.RunPython:
    """Rules beside `baris_web`, in a migration with `atomic = False`."""
    buang = [f"DROP POLICY IF EXISTS {nama} ON {tabel}" for nama in isi]

    def pasang(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        web = nama_peran(WEB)
        sebentar(*buang, *(f"CREATE POLICY {n} ON {tabel} {satu.format(web=web)}" for n, satu in isi.items()))

    def lepas(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        sebentar(*buang)

    return Berulang(pasang, lepas, atomic=False)


def _buka(tabel: str) -> list[str]:
    return [f"DROP POLICY IF EXISTS baris_pekerja ON {tabel}", f"ALTER TABLE {tabel} DISABLE ROW LEVEL SECURITY"]
