"""One invented couple."""

import datetime as dt
import uuid

from akseptor.enums import Metode
from akseptor.models import Akseptor
from laporan.demo import nama
from laporan.demo.acak import Acak
from laporan.demo.kisah import Spek

# Purwakarta is 32.14 and has kecamatan 01 to 17: a NIK of kecamatan 99 was never issued.
AWALAN_NIK = "321499"
NIK_MENYUSUL = (
    "Belum punya KTP, menunggu kartu keluarga baru.",
    "KTP dan KK disimpan suami yang bekerja di luar kota.",
    "KTP hilang, sedang diurus di kecamatan.",
    "Ibu tidak membawa KTP ke pelayanan.",
    "Baru pindah, surat-surat masih di desa lama.",
)
USIA = {Metode.MOW: (31, 46), Metode.MOP: (33, 48)}


def buat_pasangan(acak: Acak, pk: uuid.UUID, desa: str, spek: Spek, nomor: int) -> tuple[Akseptor, list[str]]:
    """Return a couple that lives in a desa, and the warnings that its kader confirmed. `nomor` ends the NIK."""
    peringatan = []
    termuda, tertua = USIA.get(Metode(spek.metode), (19, 44))
    if acak.mujur(0.008):
        termuda, tertua = 50, 53
        peringatan.append("usia")
    lahir = _lahir(acak, acak.randint(termuda, tertua))
    akseptor = Akseptor(
        id=pk,
        pasangan=pk,
        desa_id=desa,
        nama_istri=nama.istri(acak),
        nama_suami=nama.suami(acak),
        tanggal_lahir_istri=lahir,
        no_hp=f"+62812000{nomor:05}" if acak.mujur(0.55) else "",
        rw=f"{acak.randint(1, 9):03}",
        rt=f"{acak.randint(1, 24):03}",
        alamat=nama.alamat(acak),
        jumlah_anak=_anak(acak, spek.metode),
    )
    if acak.mujur(0.06):
        akseptor.nik_menyusul, akseptor.alasan_nik_menyusul = True, acak.choice(NIK_MENYUSUL)
        akseptor.pasang_nik("")
    else:
        beda = acak.mujur(0.053)
        if beda:
            peringatan.append("nik_tanggal_lahir")
        # A clerk's slip at registration: the day or the year is another one.
        menurut_nik = lahir + dt.timedelta(days=acak.choice((1, 7, 365, -366))) if beda else lahir
        akseptor.pasang_nik(nik(menurut_nik, nomor))
    return akseptor, peringatan


def nik(lahir: dt.date, nomor: int) -> str:
    """Return a well-formed woman's NIK that belongs to nobody."""
    return f"{AWALAN_NIK}{lahir.day + 40:02}{lahir:%m%y}{nomor:04}"


def _lahir(acak: Acak, usia: int) -> dt.date:
    """Return a birth date; who is older than usual was so on every day of the demo: born before it."""
    return dt.date(acak.hari_ini.year - usia, 1, 1) + dt.timedelta(days=acak.randrange(150 if usia >= 50 else 365))


def _anak(acak: Acak, metode: str) -> int:
    return acak.randint(2, 5) if metode in {Metode.MOW, Metode.MOP} else acak.randint(1, 4)
