"""One couple at a time: its locks, its cells of the count, its other rows."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import F

from akseptor.kunci import kata_basis_data
from akseptor.models import Akseptor, Pelayanan
from akseptor.rahasia import semua_indeks
from akseptor.signals import pelayanan_berubah
from kader.baris import lintas_wilayah
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak

DI_LUAR = "Catatan ini di luar wilayah tugas Anda."


@lintas_wilayah("satu pasangan dihitung sekali, di desa mana pun ia tercatat")
def sel_pasangan(pasangan: set[uuid.UUID]) -> set[tuple[str, dt.date]]:
    """Return (kode desa, day on which it is counted) of all services of some couples."""
    baris = Pelayanan.objects.filter(pasangan__in=pasangan).dengan_hari()
    return set(baris.order_by().values_list("desa_id", "hari"))


def kunci_pasangan(*pasangan: uuid.UUID) -> None:
    """Hold couples until the transaction ends, always in one order: two that need both never wait in a circle."""
    if pasangan:
        kunci_transaksi(*sorted(f"pasangan:{p}" for p in set(pasangan)))


@contextmanager
def umumkan(*pasangan: uuid.UUID | None) -> Iterator[set[uuid.UUID]]:
    """Change services of these couples inside; afterwards say which cells of the count they touched.

    One change of a couple at a time: a second service of hers can make the first count, so both must be seen.
    The set that is handed out may be added to when the change brings in another couple. Raises Ditolak when the
    database refuses because a service stands in an approved report.
    """
    ikut = {p for p in pasangan if p}
    kunci_pasangan(*ikut)
    sel = sel_pasangan(ikut)
    with kata_basis_data():
        yield ikut
    pelayanan_berubah.send(sender=Pelayanan, sel=sel | sel_pasangan(ikut))


def kunci_nik(*nik: str) -> list[str]:
    """Return the names of the locks of these NIK, in one order; none for no NIK.

    Under every key of the index: two processes that do not yet have the same newest key still have one in common.
    """
    return sorted(f"nik:{indeks}" for satu in nik for indeks in semua_indeks(satu))


def kunci_pelayanan(pelayanan_id: uuid.UUID) -> Pelayanan:
    """Fetch a service and hold it. The couple is locked first: a move of the couple also writes its services.

    Raises Ditolak for one that has left the area since the page was drawn: the database does not show it any more.
    """
    baris = Pelayanan.objects.select_for_update(of=("self",), no_key=True)
    try:
        kunci_pasangan(Pelayanan.objects.values_list("pasangan", flat=True).get(pk=pelayanan_id))
        return baris.select_related("akseptor").get(pk=pelayanan_id)
    except Pelayanan.DoesNotExist:
        raise Ditolak(DI_LUAR) from None


def kunci_akseptor(akseptor_id: uuid.UUID, *bersama: uuid.UUID) -> Akseptor:
    """Fetch a couple and hold it, in the same order; `bersama`: other rows whose couples are needed too.

    Raises Ditolak for one that has left the area since the page was drawn.
    """
    with lintas_wilayah("pasangan di desa lain ikut dikunci"):
        pasangan = list(Akseptor.objects.filter(pk__in=[akseptor_id, *bersama]).values_list("pasangan", flat=True))
    kunci_pasangan(*pasangan)
    try:
        return Akseptor.objects.select_for_update(of=("self",)).get(pk=akseptor_id)
    except Akseptor.DoesNotExist:
        raise Ditolak(DI_LUAR) from None


def gabungkan(akseptor: Akseptor, pasangan: uuid.UUID) -> None:
    """Join the couple of a row, with every row that is tied to it, to another couple. The caller saves the row."""
    kunci_pasangan(pasangan)
    with lintas_wilayah("semua baris satu pasangan ikut, di desa mana pun"):
        Akseptor.objects.filter(pasangan=akseptor.pasangan).exclude(pk=akseptor.pk).update(pasangan=pasangan)
    akseptor.pasangan = pasangan


def naikkan_versi(akseptor: Akseptor, *, kecuali: uuid.UUID | None = None) -> None:
    """Say to open forms of the couple's services that the couple has changed."""
    Pelayanan.objects.filter(akseptor=akseptor).exclude(pk=kecuali).update(versi=F("versi") + 1)


@lintas_wilayah("NIK yang sama bisa tercatat di desa lain")
def pasangan_lain(akseptor: Akseptor, orang_sama: uuid.UUID | None) -> uuid.UUID | None:
    """The couple of another row with this NIK, or of the row she named; the NIK is the couple's key."""
    lain = Akseptor.objects.exclude(pk=akseptor.pk)
    for ada, baris in (
        (akseptor.nik_istri, lain.ber_nik(akseptor.nik_istri)),
        (orang_sama, lain.filter(pk=orang_sama)),
    ):
        pasangan = baris.order_by("pk").values_list("pasangan", flat=True).first() if ada else None
        if pasangan:
            return pasangan
    return None
