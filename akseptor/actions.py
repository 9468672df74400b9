"""All the ways in which a couple or a service changes. One function owns one change; each writes its trace and
says upward, in the same transaction, which desa and days may count differently now.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction

from akseptor.duplikat import yang_mirip
from akseptor.enums import TAHAP_ISIAN, Tahap
from akseptor.isian import Isian
from akseptor.models import Akseptor, Pelayanan, Persetujuan
from akseptor.persetujuan import VERSI
from akseptor.rahasia import indeks_buta
from akseptor.signals import pelayanan_berubah
from akseptor.tahap import PANAH, periksa
from kader.actions import catat_jejak
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna, Wilayah
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang

RAHASIA = {"nik_istri", "nik_indeks", "no_hp", "alamat"}
SUDAH_BERUBAH = "Catatan ini baru saja diubah orang lain. Muat ulang halaman, lalu periksa lagi sebelum menyimpan."


def sel_pasangan(pasangan: set[uuid.UUID]) -> set[tuple[str, Any]]:
    """Return (kode desa, tanggal) of all services of some couples."""
    baris = Pelayanan.objects.filter(pasangan__in=pasangan, tanggal__isnull=False)
    return set(baris.order_by().values_list("desa_id", "tanggal"))


@contextmanager
def umumkan(*pasangan: uuid.UUID | None) -> Iterator[set[uuid.UUID]]:
    """Change services of these couples inside; afterwards say which cells of the count they touched.

    One change of a couple at a time: a second service of hers can make the first count, so both must be seen.
    The set that is handed out may be added to when the change brings in another couple.
    """
    ikut = {p for p in pasangan if p}
    for p in sorted(ikut, key=str):
        kunci_transaksi(f"pasangan:{p}")
    sel = sel_pasangan(ikut)
    yield ikut
    pelayanan_berubah.send(sender=Pelayanan, sel=sel | sel_pasangan(ikut))


@transaction.atomic
def catat(oleh: Pengguna, cakupan: Cakupan, isian: Isian) -> tuple[Pelayanan, bool]:
    """Write a record down once; sending it again gives the same row and False.

    Raises Ditolak outside the area, for a role that does not record, or when the id is another person's record.
    """
    if isian.nik_istri:
        # Two kaders writing the same woman at the same moment: the second sees the first.
        kunci_transaksi("nik:" + indeks_buta(isian.nik_istri))
    kunci_transaksi(f"catatan:{isian.id}")
    ada = Pelayanan.objects.filter(pk=isian.id).first()
    if ada:
        if not cakupan.memuat(ada.desa_id) and ada.dicatat_oleh_id != oleh.pk:
            raise Ditolak("Catatan dengan nomor ini sudah ada. Buka formulir baru, lalu isi lagi.")
        return ada, False
    _periksa_pencatat(oleh, cakupan, isian.desa)
    akseptor = _akseptor_sendiri(cakupan, isian)
    baru = akseptor is None
    if akseptor is None:
        akseptor = _akseptor_baru(isian)
    with umumkan(akseptor.pasangan):
        if not baru:
            _lengkapi(oleh, akseptor, isian)
        else:
            try:
                akseptor.save(force_insert=True)
            except IntegrityError as galat:
                raise Ditolak("Catatan dengan nomor ini sudah ada. Buka formulir baru, lalu isi lagi.") from galat
            catat_jejak(oleh, "mendaftarkan", akseptor, wilayah=akseptor.desa_id)
        pelayanan = _pelayanan_baru(oleh, akseptor, isian)
        Persetujuan.objects.create(
            akseptor=akseptor, versi_teks=VERSI, diberikan_pada=pelayanan.dicatat_pada, dicatat_oleh=oleh
        )
    catat_jejak(oleh, "mencatat", pelayanan, wilayah=pelayanan.desa_id, perubahan={"tahap": ["", pelayanan.tahap]})
    return pelayanan, True


def _periksa_pencatat(oleh: Pengguna, cakupan: Cakupan, kode_desa: str) -> None:
    if oleh.peran != Peran.KADER:
        raise Ditolak("Hanya kader yang mencatat akseptor.")
    if not cakupan.memuat(kode_desa):
        raise Ditolak("Desa ini di luar wilayah tugas Anda. Pilih desa Anda sendiri.")


def _akseptor_sendiri(cakupan: Cakupan, isian: Isian) -> Akseptor | None:
    """The row she says is the same person, when it is in her area: the new service hangs there."""
    if isian.orang_sama is None:
        return None
    return Akseptor.objects.dalam(cakupan).filter(pk=isian.orang_sama).first()


def _lengkapi(oleh: Pengguna, akseptor: Akseptor, isian: Isian) -> None:
    """What she typed about a known couple: today's contact data replaces, an empty NIK is filled.

    A NIK or birth date that contradicts the known one is not believed but shown to the officer.
    """
    sebelum = _potret(akseptor)
    for nama in ("nama_suami", "no_hp", "rw", "rt", "alamat", "jumlah_anak"):
        if getattr(isian, nama) not in ("", None):
            setattr(akseptor, nama, getattr(isian, nama))
    if isian.nik_istri and akseptor.nik_menyusul:
        akseptor.pasang_nik(isian.nik_istri)
        akseptor.nik_menyusul, akseptor.alasan_nik_menyusul = False, ""
    if akseptor.tanggal_lahir_istri != isian.tanggal_lahir_istri or (
        isian.nik_istri and akseptor.nik_istri != isian.nik_istri
    ):
        akseptor.perlu_tinjau_duplikat = True
    beda = _beda(sebelum, _potret(akseptor))
    if beda:
        akseptor.save()
        catat_jejak(oleh, "melengkapi", akseptor, wilayah=akseptor.desa_id, perubahan=beda)


def _akseptor_baru(isian: Isian) -> Akseptor:
    akseptor = Akseptor(id=isian.id, pasangan=isian.id)
    _isi_akseptor(akseptor, isian)
    sama = _pasangan_lain(akseptor, isian.orang_sama)
    if sama:
        akseptor.pasangan = sama
    akseptor.perlu_tinjau_duplikat = bool(sama) or isian.ada_kemiripan
    return akseptor


def _pasangan_lain(akseptor: Akseptor, orang_sama: uuid.UUID | None) -> uuid.UUID | None:
    """The couple of another row with this NIK, or of the row she named; the NIK is the couple's key."""
    lain = Akseptor.objects.exclude(pk=akseptor.pk)
    for syarat in ({"nik_indeks": akseptor.nik_indeks}, {"pk": orang_sama}):
        if all(syarat.values()):
            baris = lain.filter(**syarat).order_by("pk").values_list("pasangan", flat=True).first()
            if baris:
                return baris
    return None


def _isi_akseptor(akseptor: Akseptor, isian: Isian) -> None:
    akseptor.desa_id = isian.desa
    akseptor.pasang_nik(isian.nik_istri)
    akseptor.nik_menyusul = not isian.nik_istri
    akseptor.alasan_nik_menyusul = "" if isian.nik_istri else isian.alasan_nik_menyusul
    for nama in ("nama_istri", "tanggal_lahir_istri", "nama_suami", "no_hp", "rw", "rt", "alamat", "jumlah_anak"):
        setattr(akseptor, nama, getattr(isian, nama))


def _isi_pelayanan(pelayanan: Pelayanan, isian: Isian) -> None:
    pelayanan.tahap = isian.tahap
    pelayanan.faskes_id = isian.faskes
    pelayanan.tanggal = isian.tanggal_pelayanan
    pelayanan.peringatan_dikonfirmasi = list(isian.peringatan)
    for nama in ("metode", "status_peserta", "pascapersalinan", "pascakeguguran", "perlu_perhatian_bidan"):
        setattr(pelayanan, nama, getattr(isian, nama))


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
    )
    _isi_pelayanan(pelayanan, isian)
    pelayanan.save(force_insert=True)
    return pelayanan


def _kunci_pelayanan(pelayanan_id: uuid.UUID) -> Pelayanan:
    """Fetch a service and hold it. The couple is locked first: a move of the couple also writes its services."""
    kunci_transaksi(f"pasangan:{Pelayanan.objects.values_list('pasangan', flat=True).get(pk=pelayanan_id)}")
    baris = Pelayanan.objects.select_for_update(of=("self",), no_key=True)
    return baris.select_related("akseptor").get(pk=pelayanan_id)


def _kunci_akseptor(akseptor_id: uuid.UUID) -> Akseptor:
    """Fetch a couple and hold it, in the same order."""
    kunci_transaksi(f"pasangan:{Akseptor.objects.values_list('pasangan', flat=True).get(pk=akseptor_id)}")
    return Akseptor.objects.select_for_update(of=("self",)).get(pk=akseptor_id)


def kalimat_terkunci(pelayanan: Pelayanan) -> str:
    """Return why a record can no longer be changed, with the next step."""
    if pelayanan.tahap == Tahap.BATAL:
        return (
            "Catatan ini sudah dibatalkan, jadi tidak bisa diubah. Bila ibu jadi dilayani, catat sebagai catatan baru."
        )
    return (
        "Catatan ini sudah diverifikasi, jadi tidak bisa diubah. "
        "Bila ada yang keliru, minta petugas PLKB mengembalikannya."
    )


@transaction.atomic
def ubah(oleh: Pengguna, cakupan: Cakupan, pelayanan_id: uuid.UUID, isian: Isian, *, versi: int) -> Pelayanan:
    """Change a record that is not verified; a returned one goes back to the officer by this.

    `versi` is the version the person saw. Raises Ditolak when it is locked, outside the area or changed meanwhile.
    """
    if isian.nik_istri:
        kunci_transaksi("nik:" + indeks_buta(isian.nik_istri))
    pelayanan = _kunci_pelayanan(pelayanan_id)
    akseptor = pelayanan.akseptor
    _periksa_pencatat(oleh, cakupan, pelayanan.desa_id)
    _periksa_pencatat(oleh, cakupan, isian.desa)
    if pelayanan.terkunci:
        raise Ditolak(kalimat_terkunci(pelayanan))
    if pelayanan.versi != versi:
        raise Ditolak(SUDAH_BERUBAH)
    if isian.tahap not in TAHAP_ISIAN:
        raise Ditolak("Tahap ini tidak bisa dipilih di formulir.")
    with umumkan(pelayanan.pasangan) as ikut:
        sebelum = _potret(akseptor, pelayanan)
        _isi_akseptor(akseptor, isian)
        _sesuaikan_pasangan(akseptor, sebelum["nik_indeks"], isian)
        ikut.add(akseptor.pasangan)
        akseptor.save()
        pelayanan.refresh_from_db(fields=["desa", "pasangan"])  # the database moved them along
        _isi_pelayanan(pelayanan, isian)
        pelayanan.alasan_tahap = ""
        pelayanan.versi += 1
        pelayanan.save()
        beda = _beda(sebelum, _potret(akseptor, pelayanan))
    catat_jejak(oleh, "mengubah", pelayanan, wilayah=pelayanan.desa_id, perubahan=beda)
    return pelayanan


def _sesuaikan_pasangan(akseptor: Akseptor, indeks_lama: str | None, isian: Isian) -> None:
    """A new NIK joins the couple that has it, and leaves the one that it was joined to by its old NIK."""
    if akseptor.nik_indeks != indeks_lama:
        lain = Akseptor.objects.filter(pasangan=akseptor.pasangan).exclude(pk=akseptor.pk)
        if indeks_lama and lain.filter(nik_indeks=indeks_lama).exists():
            akseptor.pasangan = uuid.uuid4()
            akseptor.perlu_tinjau_duplikat = False
    sama = _pasangan_lain(akseptor, isian.orang_sama)
    if sama and sama != akseptor.pasangan:
        kunci_transaksi(f"pasangan:{sama}")
        akseptor.pasangan = sama
        akseptor.perlu_tinjau_duplikat = True
    if isian.ada_kemiripan:
        akseptor.perlu_tinjau_duplikat = True


def _potret(*baris_baris: Akseptor | Pelayanan) -> dict[str, Any]:
    return {
        f.attname: getattr(baris, f.attname)
        for baris in baris_baris
        for f in baris._meta.concrete_fields
        if f.attname not in {"id", "versi", "akseptor_id", "pasangan", "diterima_pada"}
    }


def _beda(sebelum: dict[str, Any], sesudah: dict[str, Any]) -> dict[str, list[str]]:
    """Return what changed; of secret columns only that they did."""
    beda = {}
    for nama, lama in sebelum.items():
        if lama == sesudah[nama] or nama == "nik_indeks":
            continue
        rahasia = nama in RAHASIA
        beda[nama] = ["•", "•"] if rahasia else [_tulis(lama), _tulis(sesudah[nama])]
    return beda


def _tulis(nilai: Any) -> str:
    return "" if nilai is None else str(nilai)


@transaction.atomic
def pindah_tahap(
    oleh: Pengguna, cakupan: Cakupan, pelayanan_id: uuid.UUID, tindakan: str, *, alasan: str = ""
) -> Pelayanan:
    """Take one arrow of `akseptor.tahap`. Raises Ditolak when role, area, stage or a missing reason forbid it."""
    panah = PANAH[tindakan]
    pelayanan = _kunci_pelayanan(pelayanan_id)
    if not cakupan.memuat(pelayanan.desa_id):
        raise Ditolak("Catatan ini di luar wilayah tugas Anda.")
    periksa(panah, pelayanan.tahap, oleh.peran, alasan)
    sebelum = pelayanan.tahap
    with umumkan(pelayanan.pasangan):
        pelayanan.tahap = panah.ke
        pelayanan.alasan_tahap = alasan.strip()
        terverifikasi = panah.ke == Tahap.TERVERIFIKASI
        pelayanan.diverifikasi_oleh = oleh if terverifikasi else None
        pelayanan.diverifikasi_pada = sekarang() if terverifikasi else None
        pelayanan.versi += 1
        pelayanan.save(update_fields=["tahap", "alasan_tahap", "diverifikasi_oleh", "diverifikasi_pada", "versi"])
    catat_jejak(
        oleh,
        panah.tindakan,
        pelayanan,
        wilayah=pelayanan.desa_id,
        alasan=alasan.strip(),
        perubahan={"tahap": [sebelum, pelayanan.tahap]},
    )
    return pelayanan


@transaction.atomic
def pindah_desa(oleh: Pengguna, cakupan: Cakupan, akseptor_id: uuid.UUID, kode_desa: str) -> Akseptor:
    """Let a couple live in another desa: its services move along and count there. Both desa must be in the area."""
    akseptor = _kunci_akseptor(akseptor_id)
    if oleh.peran not in {Peran.PLKB, Peran.KOORDINATOR}:
        raise Ditolak("Pindah desa dilakukan oleh petugas PLKB atau koordinator.")
    if not (cakupan.memuat(akseptor.desa_id) and cakupan.memuat(kode_desa)):
        raise Ditolak("Kedua desa harus di wilayah tugas Anda. Untuk desa lain, hubungi koordinator.")
    if not Wilayah.objects.desa().filter(pk=kode_desa).exists():
        raise Ditolak("Pilih salah satu desa.")
    sebelum = akseptor.desa_id
    with umumkan(akseptor.pasangan):
        akseptor.desa_id = kode_desa
        akseptor.save(update_fields=["desa"])
    catat_jejak(oleh, "memindahkan", akseptor, wilayah=kode_desa, perubahan={"desa_id": [sebelum, kode_desa]})
    return akseptor


@transaction.atomic
def putuskan_duplikat(
    oleh: Pengguna, cakupan: Cakupan, akseptor_id: uuid.UUID, sama_dengan: uuid.UUID | None
) -> Akseptor:
    """The officer's word on a likely duplicate: one couple with another row (counted once), or apart (None).

    Rows with one NIK stay one couple until a NIK is corrected: raises Ditolak for None then.
    """
    akseptor = _kunci_akseptor(akseptor_id)
    if oleh.peran != Peran.PLKB or not cakupan.memuat(akseptor.desa_id):
        raise Ditolak("Keputusan ini ada pada petugas PLKB desa ini.")
    lain = Akseptor.objects.exclude(pk=akseptor.pk)
    if sama_dengan is None and akseptor.nik_indeks and lain.filter(nik_indeks=akseptor.nik_indeks).exists():
        raise Ditolak("NIK-nya sama dengan catatan lain. Kembalikan ke kader untuk membetulkan NIK yang keliru.")
    with umumkan(akseptor.pasangan) as ikut:
        akseptor.pasangan = _pasangan_keputusan(akseptor, sama_dengan)
        ikut.add(akseptor.pasangan)
        akseptor.perlu_tinjau_duplikat = False
        akseptor.save(update_fields=["pasangan", "perlu_tinjau_duplikat"])
    kata = "menyatakan orang yang sama" if sama_dengan else "menyatakan orang yang berbeda"
    catat_jejak(oleh, kata, akseptor, wilayah=akseptor.desa_id)
    return akseptor


def _pasangan_keputusan(akseptor: Akseptor, sama_dengan: uuid.UUID | None) -> uuid.UUID:
    lain = Akseptor.objects.exclude(pk=akseptor.pk)
    if sama_dengan is None:
        return uuid.uuid4() if lain.filter(pasangan=akseptor.pasangan).exists() else akseptor.pasangan
    pasangan = (
        yang_mirip(akseptor.nama_istri, akseptor.tanggal_lahir_istri, akseptor.nama_suami, akseptor.nik_istri)
        .filter(pk=sama_dengan)
        .exclude(pk=akseptor.pk)
        .values_list("pasangan", flat=True)
        .first()
    )
    if pasangan is None:
        raise Ditolak("Catatan yang dipilih tidak ada lagi. Muat ulang halaman, lalu pilih lagi.")
    kunci_transaksi(f"pasangan:{pasangan}")
    return pasangan
