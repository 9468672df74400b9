"""What a browser test needs to stand in the running product's database, whatever ran before it."""

import contextlib

from tests.peladen import Peladen, sambung

# By the product's own act, so that history and count are right.
KEMBALIKAN = """
from akseptor import actions
from akseptor.models import Pelayanan
from kader.models import Pengguna
from kader.models.penugasan import cakupan_pengguna
from poskb.dasar.waktu import hari_ini
kader, plkb = (Pengguna.objects.get(nama_masuk=n) for n in ("kader", "plkb"))
cakupan = cakupan_pengguna(plkb, hari_ini(), "32.14")
satu = Pelayanan.objects.filter(dicatat_oleh=kader, tahap="dilayani").order_by("-diterima_pada").first()
if not Pelayanan.objects.filter(dicatat_oleh=kader, tahap="dikembalikan").exists():
    actions.pindah_tahap(plkb, cakupan, satu.pk, "kembalikan", alasan="Tanggal di register lain", versi=satu.versi)
"""


def sql(peladen: Peladen, perintah: str, *nilai: object) -> list[tuple]:
    """Read or change the running product's database beside it."""
    with contextlib.closing(sambung(peladen.basisdata)) as s, s.cursor() as k:
        k.execute(perintah, nilai)
        return k.fetchall() if k.description else []


def baris(peladen: Peladen, nama: str) -> list[tuple]:
    """Return id, stage, version and kader of the records of a woman (LIKE pattern)."""
    return sql(
        peladen,
        "SELECT p.id, p.tahap, p.versi, u.nama_masuk FROM akseptor_pelayanan p"
        " JOIN akseptor_akseptor a ON a.id = p.akseptor_id JOIN kader_pengguna u ON u.id = p.dicatat_oleh_id"
        " WHERE a.nama_istri LIKE %s",
        nama,
    )


def catatan_dikembalikan(peladen: Peladen) -> None:
    """The demo's kader has at least one returned record."""
    peladen.manage("shell", "-v", "0", "-c", KEMBALIKAN)


def laporan_dikembalikan(peladen: Peladen) -> None:
    """Her report of June stands returned, with a reason in part V, whoever approved it before."""
    sql(
        peladen,
        "SET session_replication_role = replica;"
        " UPDATE akseptor_pelayanan SET bulan_laporan = NULL"
        " WHERE bulan_laporan = '2021-06-01' AND desa_id = '32.14.04.2006';"
        " UPDATE laporan_laporanbulanan SET status = 'dikembalikan',"
        " disetujui_pada = NULL, disetujui_oleh_id = NULL, dihitung = '{}', catatan_bagian = '{\"V\": \"PUS belum imbang\"}'"
        " WHERE bulan = '2021-06-01' AND desa_id = '32.14.04.2006'; RESET session_replication_role",
    )


def kader_lain(peladen: Peladen) -> str:
    """Return the sign-in name of another kader who has a desa; her password is the demo's from now on."""
    ((nama,),) = sql(
        peladen,
        "UPDATE kader_pengguna SET password = (SELECT password FROM kader_pengguna WHERE nama_masuk = 'kader')"
        " WHERE id = (SELECT max(p.id) FROM kader_pengguna p JOIN kader_penugasan t ON t.pengguna_id = p.id"
        " WHERE p.peran = 'kader' AND p.is_active AND t.selesai IS NULL AND p.nama_masuk <> 'kader')"
        " RETURNING nama_masuk",
    )
    return nama
