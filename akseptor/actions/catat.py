"""Writing a record down, once; many that are simply new, together."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from akseptor.actions.pasangan import gabungkan, kunci_akseptor, kunci_nik, naikkan_versi, pasangan_lain, umumkan
from akseptor.actions.tulis import beda_potret, isi_akseptor, isi_pelayanan, periksa_pencatat, potret
from akseptor.enums import TAHAP_TERLAYANI
from akseptor.isian import Isian
from akseptor.models import Akseptor, Pelayanan, Persetujuan
from akseptor.persetujuan import VERSI
from akseptor.rahasia import semua_indeks
from akseptor.signals import pelayanan_berubah
from akseptor.tertutup import kalimat_tertutup, periksa_terbuka
from kader.actions import catat_jejak, susun_jejak
from kader.baris import lintas_wilayah
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Jejak, Pengguna
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.sisip import sisip
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang


class NomorTerpakai(Ditolak):
    """The id belongs to another person's record; nothing was written. The page asks again under a new id."""

    def __init__(self) -> None:
        super().__init__(
            "Nomor formulir ini sudah terpakai untuk catatan lain. Isian Anda masih ada dan nomornya sudah diganti: "
            "simpan sekali lagi."
        )


def _orang_lain(akseptor: Akseptor, isian: Isian) -> bool:
    """Whether a record that comes again is about somebody else: another name, and another birth date or NIK."""
    beda_nik = bool(isian.nik_istri and akseptor.nik_istri) and isian.nik_istri != akseptor.nik_istri
    beda_lahir = isian.tanggal_lahir_istri != akseptor.tanggal_lahir_istri
    return isian.nama_istri.casefold() != akseptor.nama_istri.casefold() and (beda_lahir or beda_nik)


@transaction.atomic
def catat(oleh: Pengguna, cakupan: Cakupan, isian: Isian) -> tuple[Pelayanan, bool]:
    """Write a record down once; sending it again gives the same row and False.

    Raises Ditolak outside the area, for a role that does not record, or when the id is another person's record.
    """
    # Two kaders writing the same woman at the same moment: the second sees the first.
    kunci_transaksi(*kunci_nik(isian.nik_istri), f"catatan:{isian.id}")
    ada = _yang_bernomor(isian.id)
    if ada:
        if cakupan.memuat(ada.desa_id):
            # A phone that still holds her must not bring her back.
            periksa_terbuka(ada.akseptor)
        if (not cakupan.memuat(ada.desa_id) and ada.dicatat_oleh_id != oleh.pk) or _orang_lain(ada.akseptor, isian):
            raise NomorTerpakai
        return ada, False
    periksa_pencatat(oleh, cakupan, isian.desa)
    akseptor = _akseptor_sendiri(cakupan, isian)
    baru = akseptor is None
    if akseptor is None:
        akseptor = _akseptor_baru(isian)
    with umumkan(akseptor.pasangan) as ikut:
        if not baru:
            _periksa_berulang(akseptor, isian)
            _lengkapi(oleh, akseptor, isian)
            ikut.add(akseptor.pasangan)
        else:
            akseptor.ditarik_pada = _ditarik(akseptor, isian.dicatat_pada or sekarang())
            try:
                akseptor.save(force_insert=True)
            except IntegrityError as galat:
                raise NomorTerpakai from galat
        pelayanan = _pelayanan_baru(oleh, akseptor, isian)
        jejak = [_jejak_mendaftarkan(oleh, akseptor)] if baru else []
        # Nothing is asked back: of a record that is handed over the database lets nothing be read.
        sisip([pelayanan], [_persetujuan(pelayanan)], [*jejak, _jejak_mencatat(pelayanan)])
    return pelayanan, True


@lintas_wilayah("nomor catatan berlaku di semua desa, dan catatan yang dikirim ulang bisa sudah pindah desa")
def _yang_bernomor(kunci: uuid.UUID) -> Pelayanan | None:
    return Pelayanan.objects.select_related("akseptor").filter(pk=kunci).first()


@transaction.atomic
def catat_banyak(oleh: Pengguna, cakupan: Cakupan, isian: Iterable[Isian]) -> dict[uuid.UUID, Pelayanan]:
    """Write down, together, those that are simply new, and return them by id; leave the others to `catat`.

    Simply new: nobody is named as the same person, and no row has this NIK. Each must have an id and a NIK of its own
    among them. Raises IntegrityError, with nothing written, when an id is taken.
    """
    calon = [i for i in isian if i.orang_sama is None and cakupan.memuat(i.desa) and oleh.peran == Peran.KADER]
    # In one order, so that two who send at the same moment never wait in a circle.
    calon.sort(key=lambda i: i.id)
    terpakai = _nik_terpakai({i.nik_istri for i in calon if i.nik_istri})
    akseptor = [_susun_akseptor(i) for i in calon if terpakai.isdisjoint(semua_indeks(i.nik_istri))]
    if not akseptor:
        return {}
    per_id = {i.id: i for i in calon}
    pelayanan = [_pelayanan_baru(oleh, a, per_id[a.pk]) for a in akseptor]
    sisip(
        akseptor,
        pelayanan,
        [_persetujuan(p) for p in pelayanan],
        [j for p in pelayanan for j in (_jejak_mendaftarkan(oleh, p.akseptor), _jejak_mencatat(p))],
    )
    # Nobody else can hold a couple that did not exist: no lock, and only these days can count differently.
    pelayanan_berubah.send(sender=Pelayanan, sel={(p.desa_id, p.hari_hitung) for p in pelayanan})
    return {p.pk: p for p in pelayanan}


def _nik_terpakai(nik: Iterable[str]) -> set[str]:
    """Hold these NIK and return the indexes under which a row has one of them."""
    indeks = [satu for teks in nik for satu in semua_indeks(teks)]
    if not indeks:
        return set()
    kunci_transaksi(*kunci_nik(*nik))
    with lintas_wilayah("NIK yang sama bisa tercatat di desa lain"), connection.cursor() as cursor:
        cursor.execute("SELECT nik_indeks FROM akseptor_akseptor WHERE nik_indeks = ANY(%s)", [indeks])
        return {satu for (satu,) in cursor.fetchall()}


def _persetujuan(pelayanan: Pelayanan) -> Persetujuan:
    return Persetujuan(
        akseptor_id=pelayanan.akseptor_id,
        versi_teks=VERSI,
        diberikan_pada=pelayanan.dicatat_pada,
        dicatat_oleh_id=pelayanan.dicatat_oleh_id,
    )


def _jejak_mendaftarkan(oleh: Pengguna, akseptor: Akseptor) -> Jejak:
    return susun_jejak(oleh, "mendaftarkan", akseptor, wilayah=akseptor.desa_id)


def _jejak_mencatat(pelayanan: Pelayanan) -> Jejak:
    tahap = ["", pelayanan.tahap]
    return susun_jejak(
        pelayanan.dicatat_oleh, "mencatat", pelayanan, wilayah=pelayanan.desa_id, perubahan={"tahap": tahap}
    )


def _akseptor_sendiri(cakupan: Cakupan, isian: Isian) -> Akseptor | None:
    """The row she says is the same person, when it is in her area: the new service hangs there.

    Not when birth date or NIK contradict it: then what she typed gets a row of its own, joined to the couple and
    shown to the officer, so that nothing is thrown away.
    """
    if isian.orang_sama is None:
        return None
    ada = Akseptor.objects.dalam(cakupan).filter(pk=isian.orang_sama).first()
    if ada is None or kalimat_tertutup(ada) or ada.tanggal_lahir_istri != isian.tanggal_lahir_istri:
        return None
    if isian.nik_istri and ada.nik_istri and isian.nik_istri != ada.nik_istri:
        return None
    return kunci_akseptor(ada.pk)


def _periksa_berulang(akseptor: Akseptor, isian: Isian) -> None:
    """One woman gets one method once a day: raise Ditolak for the same service written down again."""
    if isian.tahap not in TAHAP_TERLAYANI:
        return
    sama = akseptor.pelayanan.terlayani().filter(metode=isian.metode, tanggal=isian.tanggal_pelayanan)
    if sama.exists():
        raise Ditolak(
            f"{akseptor.nama_istri} sudah tercatat dengan alat/cara dan tanggal yang sama. Tidak perlu dicatat lagi; "
            "bila memang pelayanan lain, periksa alat/cara dan tanggalnya."
        )


def _lengkapi(oleh: Pengguna, akseptor: Akseptor, isian: Isian) -> None:
    """What she typed about a known couple: today's contact data replaces, an empty NIK is filled.

    A NIK that another couple has joins the two and asks the officer.
    """
    sebelum = potret(akseptor)
    for nama in ("no_hp", "rw", "rt", "alamat", "jumlah_anak"):
        if getattr(isian, nama) not in ("", None):
            setattr(akseptor, nama, getattr(isian, nama))
    if isian.nik_istri and akseptor.nik_menyusul:
        akseptor.pasang_nik(isian.nik_istri)
        akseptor.nik_menyusul, akseptor.alasan_nik_menyusul = False, ""
        sama = pasangan_lain(akseptor, None)
        if sama and sama != akseptor.pasangan:
            gabungkan(akseptor, sama)
            akseptor.perlu_tinjau_duplikat = True
    beda = beda_potret(sebelum, potret(akseptor))
    if beda:
        akseptor.save()
        naikkan_versi(akseptor)
        catat_jejak(oleh, "melengkapi", akseptor, wilayah=akseptor.desa_id, perubahan=beda)


def _susun_akseptor(isian: Isian) -> Akseptor:
    akseptor = Akseptor(id=isian.id, pasangan=isian.id, perlu_tinjau_duplikat=isian.ada_kemiripan)
    isi_akseptor(akseptor, isian)
    return akseptor


def _akseptor_baru(isian: Isian) -> Akseptor:
    akseptor = _susun_akseptor(isian)
    sama = pasangan_lain(akseptor, isian.orang_sama)
    if sama:
        akseptor.pasangan = sama
        akseptor.perlu_tinjau_duplikat = True
    return akseptor


def _ditarik(akseptor: Akseptor, setuju_pada: dt.datetime) -> dt.datetime | None:
    """Since when a new row is closed: it joins a woman who withdrew after the consent that it brings.

    A phone may send tomorrow what was written down before she took her word back. The couple is held.
    """
    if akseptor.pasangan == akseptor.pk:
        return None
    with lintas_wilayah("penarikan berlaku untuk semua catatan ibu itu, di desa mana pun"):
        ditarik = Akseptor.objects.filter(pasangan=akseptor.pasangan, dihapus_pada__isnull=True)
        return ditarik.filter(ditarik_pada__gte=setuju_pada).aggregate(Max("ditarik_pada"))["ditarik_pada__max"]


def _pelayanan_baru(oleh: Pengguna, akseptor: Akseptor, isian: Isian) -> Pelayanan:
    kini = sekarang()
    pelayanan = Pelayanan(
        id=isian.id,
        akseptor=akseptor,
        desa_id=akseptor.desa_id,
        pasangan=akseptor.pasangan,
        dicatat_oleh=oleh,
        dicatat_pada=isian.dicatat_pada or kini,
        diterima_pada=kini,
        sidik=isian.sidik,
    )
    isi_pelayanan(pelayanan, isian)
    return pelayanan
