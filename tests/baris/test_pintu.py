"""Who looks beyond the area: every caller of the one door, by name. Another one is a decision, so it is written here."""

import ast
from pathlib import Path

AKAR = Path(__file__).resolve().parents[2]
# file: functions that open the door
PEMANGGIL = {
    # The same person may have been written down elsewhere; of her only initials and place are told.
    "akseptor/duplikat.py": {"_cari", "_ambil"},
    # One couple, many desa: its key, its locks, its cells of the count.
    "akseptor/actions/catat.py": {"_yang_bernomor", "_nik_terpakai", "_ditarik"},
    "akseptor/actions/duplikat.py": {"_ada_ber_nik", "_ada_lain", "_pasangan_dari"},
    "akseptor/actions/pasangan.py": {"sel_pasangan", "kunci_akseptor", "gabungkan", "pasangan_lain"},
    # Her consent is hers, not a desa's: taken back or given again it holds for every row that is said to be her.
    "akseptor/actions/tarik.py": {"_tandai", "_batalkan_penghapusan"},
    "akseptor/actions/ubah.py": {"_kunci_bersama", "_ada_serumah"},
    # A record that is sent again though it, or its kader, has moved; ids are unique everywhere.
    "akseptor/sinkron/akseptor.py": {"cari", "_yang_dikenal"},
    "akseptor/sinkron/sekaligus.py": {"_lihat"},
    "laporan/kegiatan/actions.py": {"_yang_bernomor"},
    "laporan/kegiatan/sinkron.py": {"cari"},
    # History moves with the couple.
    "akseptor/riwayat.py": {"riwayat"},
    "akseptor/berkas_subjek.py": {"kumpulkan"},
    "laporan/views/jejak.py": {"orang"},
    # Keys without names.
    "akseptor/admin.py": {"changelist_view", "changeform_view", "history_view"},
    "akseptor/kunjungan/daftar.py": {"kemajuan"},
    # Numbers: a campaign counts a couple once, wherever.
    "laporan/bulanan/tanda/catatan.py": {"catatan_bulan"},
    "laporan/kampanye/angka_akhir.py": {"_susulan_di"},
    "laporan/kampanye/per_faskes.py": {"per_faskes"},
    "laporan/kampanye/per_rw.py": {"per_rw"},
    "laporan/kampanye/progres.py": {"hitung"},
    "laporan/kelola/penutupan.py": {"susulan"},
    "laporan/views/catatan.py": {"_halaman"},
}


def pemanggil(berkas: Path) -> set[str]:
    """The functions in whose body or decorators the door is named."""
    hasil = set()
    pohon = ast.parse(berkas.read_text())
    for fungsi in [n for n in ast.walk(pohon) if isinstance(n, ast.FunctionDef)]:
        for n in ast.walk(fungsi):
            if isinstance(n, ast.Call) and getattr(n.func, "id", getattr(n.func, "attr", "")) == "lintas_wilayah":
                assert isinstance(n.args[0], ast.Constant), "the reason stands where it is opened"
                assert len(n.args[0].value) > 10
                hasil.add(fungsi.name)
    semua = sum(isinstance(n, ast.Name) and n.id == "lintas_wilayah" for n in ast.walk(pohon))
    assert bool(hasil) == bool(semua), f"{berkas}: the door is passed on"
    return hasil


def test_pemanggil_pintu_satu_per_satu() -> None:
    ada = {}
    for nama in ("kader", "akseptor", "laporan", "poskb"):
        for berkas in sorted((AKAR / nama).rglob("*.py")):
            jalur = str(berkas.relative_to(AKAR))
            if jalur.startswith("kader/baris/"):
                continue
            if siapa := pemanggil(berkas):
                ada[jalur] = siapa
    assert ada == PEMANGGIL


def test_menyerahkan_hanya_dari_kumpulan_kiriman() -> None:
    """The other door puts one new record into a desa outside: who decides that stands in akseptor/sinkron/serah.py."""
    ada = {
        str(berkas.relative_to(AKAR))
        for nama in ("kader", "akseptor", "laporan", "poskb")
        for berkas in (AKAR / nama).rglob("*.py")
        if "menyerahkan(" in berkas.read_text()
    }
    assert ada == {"kader/baris/sesi.py", "akseptor/sinkron/kumpulan.py"}


def test_tidak_ada_jalan_lain_melewati_pagar() -> None:
    """Neither the setting nor the role is named anywhere else."""
    boleh = {"kader/baris/sesi.py", "kader/baris/kebijakan.py", "poskb/dasar/peran_db.py"}
    # A backup that would miss rows fails instead (`row_security = off`).
    boleh |= {"poskb/cadangan/manifes.py"}
    for nama in ("kader", "akseptor", "laporan", "poskb"):
        for berkas in (AKAR / nama).rglob("*.py"):
            jalur = str(berkas.relative_to(AKAR))
            teks = berkas.read_text()
            if jalur not in boleh:
                assert "poskb.sesi'" not in teks, jalur
                assert "SET ROLE" not in teks, jalur
                assert "SET LOCAL ROLE" not in teks, jalur
                assert "row_security" not in teks, jalur
