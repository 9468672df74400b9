"""The one definition of a record: the page, the sync endpoint and imports use this form."""

import datetime as dt
import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.functional import cached_property

from akseptor import nik as nik_istri
from akseptor.duplikat import Ditanya, Kemiripan, cari_kemiripan
from akseptor.enums import StatusPeserta, Tahap
from akseptor.forms.medan import WAJIB, MedanAkseptor
from akseptor.isian import Isian
from akseptor.models import Akseptor, Pelayanan
from akseptor.nik import Peringatan
from akseptor.persetujuan import teks_berlaku
from kader.cakupan import Cakupan, kode_leluhur
from kader.models import Faskes, Wilayah
from poskb.dasar.waktu import tulis_tanggal

LAMA = dt.timedelta(days=60)
ISI_NIK = "Isi NIK, atau centang NIK menyusul dan tulis alasannya."
ISI_ALASAN_NIK = "Tulis mengapa NIK menyusul, misalnya: belum punya KTP."
ISI_LAHIR = "Isi tanggal lahir; bila hanya tahunnya yang diketahui, pakai 1 Januari."
NIK_16 = "NIK harus 16 angka. Periksa lagi di KTP atau KK."
ISI_DILAYANI = {
    "metode": "Pilih alat/cara KB yang diberikan.",
    "status_peserta": "Pilih status peserta.",
    "faskes": "Pilih tempat ibu dilayani.",
    "tanggal_pelayanan": "Isi tanggal ibu dilayani.",
}


def faskes_terdekat(cakupan: Cakupan, terpilih: int | None = None) -> QuerySet[Faskes]:
    """Return the places that can be chosen, those in her own kecamatan first; `terpilih` stays though closed since."""
    kecamatan = {atas for kode in cakupan.kode for atas in kode_leluhur(kode)}
    dekat = Case(When(wilayah_id__in=kecamatan, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Faskes.objects.filter(Q(aktif=True) | Q(pk=terpilih)).annotate(jauh=dekat).order_by("jauh", "nama")


class AkseptorForm(MedanAkseptor):
    """A record as the kader writes it. `isian()` hands the checked values to `akseptor.actions`.

    Structure is an error; what only does not agree is a warning (`peringatan`), and a likely same person a question
    (`kemiripan`): both come back once, with everything typed, and pass when answered (`konfirmasi`, `orang_sama`).
    """

    def __init__(
        self,
        data: Any = None,
        *,
        cakupan: Cakupan,
        hari_ini: dt.date,
        kode_kabupaten: str,
        tulis: Cakupan | None = None,
        pelayanan: Pelayanan | None = None,
        akseptor: Akseptor | None = None,
        tanya: bool = True,
        cari: bool = True,
        **kwargs: Any,
    ) -> None:
        """`pelayanan`: the record that is changed; `akseptor`: the known couple that gets another service.

        `tulis`: where it may lie, when that is not the area in which she looks around (`cakupan`).
        `tanya`: whether somebody is there to say if a likely same person is one; else the officer is asked later.
        `cari`: whether likely same persons are looked for and told at all.
        """
        self.tanya, self.cari = tanya, cari
        self.cakupan, self.hari_ini, self.kode_kabupaten = cakupan, hari_ini, kode_kabupaten
        self.tulis = tulis or cakupan
        self.pelayanan, self.akseptor = pelayanan, akseptor
        self.peringatan: list[Peringatan] = []
        self.kemiripan: list[Kemiripan] = []
        awal: dict[str, Any] = {"id": uuid.uuid4(), "tanggal_pelayanan": hari_ini}
        if pelayanan:
            awal |= self._awal_akseptor(pelayanan.akseptor) | self._awal_pelayanan(pelayanan)
        elif akseptor:
            awal |= self._awal_akseptor(akseptor)
        super().__init__(data, initial=awal | kwargs.pop("initial", {}), **kwargs)
        self._batasi_pilihan()

    @cached_property
    def helper(self) -> FormHelper:
        """How crispy-forms draws it."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    @property
    def teks_persetujuan(self) -> str:
        """What she reads out."""
        return teks_berlaku()

    @property
    def nik_terbaca(self) -> str:
        """The NIK read back: "Lahir 17 Agustus 1990 · perempuan"; empty when it cannot be read."""
        nik = nik_istri.bersihkan(str(self["nik_istri"].value() or ""))
        if nik_istri.periksa_struktur(nik):
            return ""
        lahir = nik_istri.tanggal_lahir(nik, self.hari_ini)
        kelamin = "perempuan" if nik_istri.perempuan(nik) else "laki-laki"
        return f"Lahir {tulis_tanggal(lahir)} · {kelamin}" if lahir else ""

    @staticmethod
    def _awal_akseptor(akseptor: Akseptor) -> dict[str, Any]:
        medan = (
            "nama_istri nik_istri nik_menyusul alasan_nik_menyusul tanggal_lahir_istri nama_suami no_hp rw rt alamat "
            "jumlah_anak"
        )
        return {nama: getattr(akseptor, nama) for nama in medan.split()} | {"desa": akseptor.desa_id}

    @staticmethod
    def _awal_pelayanan(pelayanan: Pelayanan) -> dict[str, Any]:
        medan = "id versi metode pascapersalinan pascakeguguran perlu_perhatian_bidan"
        awal: dict[str, Any] = {nama: getattr(pelayanan, nama) for nama in medan.split()}
        tahap = {Tahap.DITUNDA: Tahap.CALON, Tahap.DIKEMBALIKAN: Tahap.DILAYANI}
        if pelayanan.tanggal:
            awal["tanggal_pelayanan"] = pelayanan.tanggal
        return awal | {
            "tahap": tahap.get(pelayanan.tahap, pelayanan.tahap),
            "status_peserta": pelayanan.status_peserta or StatusPeserta.BARU,
            "faskes": pelayanan.faskes_id,
            "persetujuan_data": True,
        }

    def _batasi_pilihan(self) -> None:
        terpilih = self.pelayanan.faskes_id if self.pelayanan else None
        self.fields["desa"].queryset = Wilayah.objects.dalam(self.tulis).desa().select_related("induk")
        self.fields["faskes"].queryset = faskes_terdekat(self.cakupan, terpilih)
        if len(self.cakupan.kode) == 1:
            # No field that the system can know by itself.
            self.fields["desa"].widget = forms.HiddenInput()
            self.initial.setdefault("desa", self.cakupan.kode[0])
        if self.pelayanan and self.pelayanan.tahap in {Tahap.DILAYANI, Tahap.DIKEMBALIKAN}:
            # What has happened does not become a wish again; it is cancelled with a reason.
            self.fields["tahap"].choices = [c for c in self.fields["tahap"].choices if c[0] == Tahap.DILAYANI]
        batas = self.hari_ini.isoformat()
        for nama in ("tanggal_lahir_istri", "tanggal_pelayanan"):
            self.fields[nama].widget.attrs["max"] = batas

    # --- fields against each other ---------------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        """Check what belongs together, then ask back what does not agree."""
        isi = super().clean()
        self._periksa_nik(isi)
        self._periksa_pelayanan(isi)
        if not self.errors:
            self._periksa_peringatan(isi)
            self._periksa_kemiripan(isi)
        return isi

    def _periksa_nik(self, isi: dict[str, Any]) -> None:
        if "nik_istri" in self.errors:
            return
        nik = isi.get("nik_istri", "")
        if isi.get("nik_menyusul"):
            if nik:
                self.add_error("nik_istri", "NIK sudah diisi: hapus centang NIK menyusul, atau kosongkan NIK.")
            elif not isi.get("alasan_nik_menyusul"):
                self.add_error("alasan_nik_menyusul", ISI_ALASAN_NIK)
        elif not nik:
            self.add_error("nik_istri", ISI_NIK)
        if "tanggal_lahir_istri" in self.errors or isi.get("tanggal_lahir_istri"):
            return
        isi["tanggal_lahir_istri"] = nik_istri.tanggal_lahir(nik, self.hari_ini) if nik else None
        if not isi["tanggal_lahir_istri"]:
            self.add_error("tanggal_lahir_istri", ISI_LAHIR)

    def _periksa_pelayanan(self, isi: dict[str, Any]) -> None:
        if isi.get("tahap") != Tahap.DILAYANI:
            isi["tanggal_pelayanan"] = None
            return
        for medan, pesan in ISI_DILAYANI.items():
            if medan not in self.errors and not isi.get(medan):
                self.add_error(medan, pesan)
        lahir, tanggal = isi.get("tanggal_lahir_istri"), isi.get("tanggal_pelayanan")
        if lahir and tanggal and tanggal < lahir:
            self.add_error("tanggal_pelayanan", "Tanggal pelayanan ini sebelum ibu lahir. Periksa kedua tanggal.")

    def _periksa_peringatan(self, isi: dict[str, Any]) -> None:
        lahir, tanggal = isi["tanggal_lahir_istri"], isi["tanggal_pelayanan"]
        daftar = []
        if isi["nik_istri"]:
            daftar += nik_istri.peringatan(isi["nik_istri"], lahir, self.hari_ini, self.kode_kabupaten)
        umur = nik_istri.usia(lahir, tanggal or self.hari_ini)
        if umur not in nik_istri.USIA_SUBUR:
            daftar.append(
                Peringatan("usia", "tanggal_lahir_istri", f"Umur ibu {umur} tahun, di luar 15 sampai 49 tahun.")
            )
        if tanggal and self.hari_ini - tanggal > LAMA:
            daftar.append(
                Peringatan("lama", "tanggal_pelayanan", f"Pelayanan ini sudah lama: {tulis_tanggal(tanggal)}.")
            )
        self.peringatan = daftar
        sudah = set(isi["konfirmasi"].split(","))
        if self.pelayanan:
            sudah |= set(self.pelayanan.peringatan_dikonfirmasi)
        if any(p.kode not in sudah for p in daftar):
            self.add_error(None, forms.ValidationError("Ada yang perlu dilihat sekali lagi.", code="peringatan"))

    def _periksa_kemiripan(self, isi: dict[str, Any]) -> None:
        isi["orang"] = None
        if self.akseptor:
            isi["orang"] = self.akseptor.pk
            return
        if not self.cari:
            return
        self.kemiripan = cari_kemiripan([self.ditanya], self.cakupan)[0]
        sama = {str(k.id): k.id for k in self.kemiripan}
        if isi["orang_sama"] in sama:
            isi["orang"] = sama[isi["orang_sama"]]
            return
        dilihat = set(isi["kemiripan_dilihat"].split(",")) if isi["orang_sama"] == "bukan" else set()
        if self.tanya and not self.pelayanan and any(kunci not in dilihat for kunci in sama):
            self.add_error(None, forms.ValidationError("Apakah ini orang yang sama?", code="kemiripan"))

    @property
    def ditanya(self) -> Ditanya:
        """Whom to look for among those who are there; only when her fields are valid."""
        isi = self.cleaned_data
        return Ditanya(
            isi["nama_istri"],
            isi["tanggal_lahir_istri"],
            isi["nama_suami"],
            isi["nik_istri"],
            # The same id sent twice is no duplicate of itself.
            kecuali=self.pelayanan.akseptor_id if self.pelayanan else isi["id"],
        )

    # --- for the page ----------------------------------------------------------------------------------------------
    @property
    def kalimat_wajib(self) -> dict[str, str]:
        """The sentences for what is missing, for the phone's own check without signal."""
        return ISI_DILAYANI | {
            "nama_istri": WAJIB,
            "nama_suami": WAJIB,
            "persetujuan_data": self.fields["persetujuan_data"].error_messages["required"],
            "nik_istri": ISI_NIK,
            "nik_16": NIK_16,
            "alasan_nik_menyusul": ISI_ALASAN_NIK,
            "tanggal_lahir_istri": ISI_LAHIR,
        }

    @property
    def kode_peringatan(self) -> str:
        """Codes of the warnings shown, the value of the confirming tick."""
        return ",".join(p.kode for p in self.peringatan)

    @property
    def kunci_kemiripan(self) -> str:
        """Ids of the likely same persons shown."""
        return ",".join(str(k.id) for k in self.kemiripan)

    def isian(self, **tambahan: Any) -> Isian:
        """Return the checked values, with what no field holds (`dicatat_pada`, `sidik`). Only after `is_valid()`."""
        isi = self.cleaned_data
        sama = {
            nama: isi[nama]
            for nama in [
                "id",
                "nama_istri",
                "nik_istri",
                "alasan_nik_menyusul",
                "tanggal_lahir_istri",
                "nama_suami",
                "no_hp",
                "rw",
                "rt",
                "alamat",
                "jumlah_anak",
                "metode",
                "status_peserta",
                "tanggal_pelayanan",
                "pascapersalinan",
                "pascakeguguran",
                "perlu_perhatian_bidan",
            ]
        }
        return Isian(
            **sama,
            tahap=Tahap(isi["tahap"]),
            desa=isi["desa"].pk,
            faskes=isi["faskes"].pk if isi["faskes"] else None,
            orang_sama=isi["orang"],
            ada_kemiripan=bool(self.kemiripan),
            peringatan=tuple(p.kode for p in self.peringatan),
            **tambahan,
        )
