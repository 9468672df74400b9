"""What a dashboard shows of a stored forecast (templates/laporan/dasbor/_ramalan.html, static/js/dasbor/bagan.js)."""

from typing import Any

from kader.enums import Tingkat
from laporan.kampanye.papan import Papan
from laporan.kampanye.ramalan.hasil import BERJALAN
from laporan.kampanye.ramalan.kata import kalimat
from laporan.models import Ramalan


def baca_ramalan(papan: Papan) -> dict[str, Any] | None:
    """Return the forecast of a board that held on its day, ready to be drawn; None where none was made (a desa).

    Nor is there one of a campaign that has not begun, or of a closed one: its final figure has been announced.

    Of a kecamatan only the chance in words and the corrected pace: its band covered less than it says
    (docs/ramalan.md). What is needed per day and the weekdays stand on the page by one rule each (`laju`, `pekan`);
    the model's own are not shown.
    """
    wilayah = papan.cuplikan.wilayah
    if wilayah.tingkat == Tingkat.DESA or papan.belum_mulai or papan.akhir:
        return None
    satu = Ramalan.objects.terakhir(papan.cuplikan.kampanye, wilayah.kode, papan.hari_ini).first()
    if satu is None:
        return None
    isi, kata = satu.isi, kalimat(satu.isi)
    # While days are left; afterwards no pace is judged by it.
    berjalan = isi["cukup_data"] and isi["keadaan"] == BERJALAN
    rinci = isi["cukup_data"] and wilayah.tingkat == Tingkat.KABUPATEN
    return {
        "cukup_data": isi["cukup_data"],
        "alasan": isi["alasan"],
        "kalimat": kata[0],
        "lanjutan": kata[1:] if rinci else [],
        "tengah": isi["median"] if rinci else None,
        "bawah": isi["rendah"] if rinci else None,
        "atas": isi["tinggi"] if rinci else None,
        "peluang": isi["peluang"] if rinci else None,
        # Beside the mean of seven days that the page tells: the same after late records. Of a kecamatan too: without
        # it the verdict on its pace would contradict the chance.
        "tujuh_hari_lengkap": isi["tujuh_hari_lengkap"] if berjalan else None,
        "lebih_mungkin": isi["peluang"] >= 0.5 if berjalan else None,
        "jalur": [
            {"tanggal": t["tanggal"], "tengah": t["perkiraan"], "bawah": t["rendah"], "atas": t["tinggi"]}
            for t in (isi["jalur"] if rinci else [])
        ],
    }
