"""The book in which the demo writes its records before they go to the database together."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models

from akseptor.enums import TAHAP_TERLAYANI, Metode, Tahap
from akseptor.models import Akseptor, Pelayanan, Persetujuan
from akseptor.persetujuan import VERSI
from kader.enums import JenisFaskes
from kader.models import Faskes, Jejak, Pengguna
from laporan.demo.acak import Acak
from laporan.demo.kisah import Spek
from laporan.demo.orang import Orang
from laporan.demo.pasangan import buat_pasangan

# What comes before each stage, as (act, stage after it): the last is where the record stands.
JALAN = {
    Tahap.CALON: (("mencatat", Tahap.CALON),),
    Tahap.DIRUJUK: (("mencatat", Tahap.CALON), ("rujuk", Tahap.DIRUJUK)),
    Tahap.DITUNDA: (("mencatat", Tahap.CALON), ("tunda", Tahap.DITUNDA)),
    Tahap.BATAL: (("mencatat", Tahap.CALON), ("batal", Tahap.BATAL)),
    Tahap.DILAYANI: (("mencatat", Tahap.DILAYANI),),
    Tahap.TERVERIFIKASI: (("mencatat", Tahap.DILAYANI), ("verifikasi", Tahap.TERVERIFIKASI)),
    Tahap.DIKEMBALIKAN: (("mencatat", Tahap.DILAYANI), ("kembalikan", Tahap.DIKEMBALIKAN)),
}
OLEH_PETUGAS = {"verifikasi", "kembalikan"}
TERLAMBAT = 0.14  # of all; some of them would arrive after today and are then on time


class Buku:
    """Rows of the demo in the making. `simpan` writes them, histories in the order of their moments."""

    def __init__(self, acak: Acak, orang: Orang, faskes: list[Faskes]) -> None:
        self.acak, self.orang, self.faskes = acak, orang, faskes
        self.akseptor: list[Akseptor] = []
        self.pelayanan: list[Pelayanan] = []
        self.persetujuan: list[Persetujuan] = []
        self.jejak: list[Jejak] = []

    def catat(self, desa: str, spek: Spek, akseptor: Akseptor | None = None) -> Pelayanan:
        """Write one record: a new couple unless one is given, its consent, its service, its history."""
        kader = self.orang.kader[desa]
        dicatat, diterima = self._saat(spek)
        pk = self.acak.uuid()
        peringatan: list[str] = []
        if akseptor is None:
            akseptor, peringatan = buat_pasangan(self.acak, pk, desa, spek, len(self.akseptor) + 1)
        if akseptor.pk == pk:
            self.akseptor.append(akseptor)
            self.tulis_jejak("mendaftarkan", akseptor, kader, diterima, desa)
        pelayanan = Pelayanan(
            id=pk,
            akseptor=akseptor,
            desa_id=desa,
            pasangan=akseptor.pasangan,
            tahap=spek.tahap,
            metode=spek.metode,
            status_peserta=spek.status,
            faskes=self._faskes(desa, spek),
            tanggal=spek.tanggal,
            peringatan_dikonfirmasi=peringatan,
            pascapersalinan=spek.metode in {Metode.IUD, Metode.IMPLAN} and self.acak.mujur(0.12),
            perlu_perhatian_bidan=self.acak.mujur(0.04),
            alasan_tahap=spek.alasan,
            dicatat_oleh=kader,
            dicatat_pada=dicatat,
            diterima_pada=diterima,
        )
        self.pelayanan.append(pelayanan)
        self.persetujuan.append(
            Persetujuan(akseptor=akseptor, versi_teks=VERSI, diberikan_pada=dicatat, dicatat_oleh=kader)
        )
        self._jalani(pelayanan, kader, diterima)
        return pelayanan

    def _saat(self, spek: Spek) -> tuple[dt.datetime, dt.datetime]:
        """Return when it was written down and when it arrived: mostly the same day, some days later."""
        acak = self.acak
        if spek.tanggal is None:
            saat = acak.jam(acak.hari_antara(dt.date(2021, 6, 14), acak.hari_ini - dt.timedelta(days=2)))
            return saat, saat
        saat = acak.jam(spek.tanggal, 9)
        if spek.tiba:
            return saat, acak.jam(spek.tiba)
        lambat = dt.timedelta(days=acak.randint(1, 6))
        if not acak.mujur(TERLAMBAT) or spek.tanggal + lambat >= acak.hari_ini:
            return saat, saat
        tiba = acak.jam(spek.tanggal + lambat)
        # Half of the late ones waited on the phone, half were written down late.
        return (saat if acak.mujur(0.5) else tiba), tiba

    def _faskes(self, desa: str, spek: Spek) -> Faskes | None:
        """An own puskesmas or saung Ambu; operations mostly at the hospital."""
        if spek.tahap == Tahap.CALON:
            return None
        jenis = JenisFaskes.RUMAH_SAKIT
        if spek.metode not in {Metode.MOW, Metode.MOP} or self.acak.mujur(0.35):
            dekat = [f for f in self.faskes if f.wilayah_id == desa[:8] and f.jenis != jenis]
            return self.acak.choice(dekat)
        return next(f for f in self.faskes if f.jenis == jenis)

    def _jalani(self, pelayanan: Pelayanan, kader: Pengguna, saat: dt.datetime) -> None:
        """Write the acts that brought the record to its stage."""
        dari = ""
        petugas = self.orang.petugas[pelayanan.desa_id]
        for tindakan, ke in JALAN[Tahap(pelayanan.tahap)]:
            oleh = petugas if tindakan in OLEH_PETUGAS else kader
            if dari:
                saat = self.acak.setelah(saat, 4)
                pelayanan.versi += 1
            if ke == Tahap.TERVERIFIKASI:
                pelayanan.diverifikasi_oleh, pelayanan.diverifikasi_pada = oleh, saat
            alasan = pelayanan.alasan_tahap if ke == pelayanan.tahap else ""
            self.tulis_jejak(tindakan, pelayanan, oleh, saat, pelayanan.desa_id, alasan=alasan, tahap=[dari, str(ke)])
            dari = str(ke)

    def tulis_jejak(
        self,
        tindakan: str,
        objek: models.Model,
        oleh: Pengguna,
        pada: dt.datetime,
        desa: str,
        *,
        alasan: str = "",
        **perubahan: Any,
    ) -> None:
        """Write an act as `kader.actions.catat_jejak` does, at its own moment."""
        self.jejak.append(
            Jejak(
                pada=pada,
                oleh=oleh,
                peran=oleh.peran,
                tindakan=tindakan,
                jenis=objek._meta.model_name,
                kunci=str(objek.pk),
                wilayah_id=desa,
                alasan=alasan,
                perubahan=perubahan,
                orang=[orang] if (orang := getattr(objek, "orang_id", None)) else [],
            )
        )

    def baru_bulan(self, desa: str, bulan: dt.date) -> list[Pelayanan]:
        """Return what the monthly report counts (laporan.bulanan.hitung.yang_dihitung), in the order of the keys."""
        return sorted(
            (
                p
                for p in self.pelayanan
                if p.desa_id == desa
                and p.tahap in TAHAP_TERLAYANI
                and p.status_peserta == "baru"
                and (p.tanggal.year, p.tanggal.month) == (bulan.year, bulan.month)
            ),
            key=lambda p: p.pk,
        )

    def tanpa_persetujuan(self, mana: Iterable[tuple[str, dt.date]]) -> None:
        """Leave out the consent of records by desa and service day."""
        kunci = set(mana)
        lupa = {p.akseptor_id for p in self.pelayanan if (p.desa_id, p.tanggal) in kunci}
        self.persetujuan = [s for s in self.persetujuan if s.akseptor_id not in lupa]

    def simpan(self) -> None:
        """Write everything."""
        Akseptor.objects.bulk_create(self.akseptor, batch_size=500)
        Pelayanan.objects.bulk_create(self.pelayanan, batch_size=500)
        Persetujuan.objects.bulk_create(self.persetujuan, batch_size=1000)

    def simpan_jejak(self) -> None:
        """Write the histories: the newest act has the highest number, as when it happens."""
        # Sorting is stable: acts of one moment stay in the order in which they were written.
        Jejak.objects.bulk_create(sorted(self.jejak, key=lambda j: j.pada), batch_size=1000)
