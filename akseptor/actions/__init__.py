"""All the ways in which a couple or a service changes. One function owns one change; each writes its trace and
says upward, in the same transaction, which desa and days may count differently now.
"""

from akseptor.actions.catat import NomorTerpakai, catat, catat_banyak
from akseptor.actions.desa import pindah_desa
from akseptor.actions.duplikat import putuskan_duplikat
from akseptor.actions.hapus_data import hapus_data, hapus_lagi, penuhi_penghapusan
from akseptor.actions.koreksi import koreksi_data_diri
from akseptor.actions.kunjungan import catat_kunjungan, tarik_kunjungan, ubah_kunjungan
from akseptor.actions.permintaan import ajukan, jawab
from akseptor.actions.persetujuan import catat_persetujuan
from akseptor.actions.tahap import pindah_tahap
from akseptor.actions.tarik import tarik_lagi, tarik_persetujuan
from akseptor.actions.ubah import kalimat_terkunci, ubah
from akseptor.actions.verifikasi import Terverifikasi, verifikasi_banyak

__all__ = [
    "NomorTerpakai",
    "Terverifikasi",
    "ajukan",
    "catat",
    "catat_banyak",
    "catat_kunjungan",
    "catat_persetujuan",
    "hapus_data",
    "hapus_lagi",
    "jawab",
    "kalimat_terkunci",
    "koreksi_data_diri",
    "penuhi_penghapusan",
    "pindah_desa",
    "pindah_tahap",
    "putuskan_duplikat",
    "tarik_kunjungan",
    "tarik_lagi",
    "tarik_persetujuan",
    "ubah",
    "ubah_kunjungan",
    "verifikasi_banyak",
]
