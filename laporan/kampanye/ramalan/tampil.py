"""What a dashboard shows of a stored forecast (templates/laporan/dasbor/_ramalan.html, static/js/dasbor/bagan.js)."""

import datetime as dt
from typing import Any

from kader.enums import Tingkat
from kader.models import Wilayah
from laporan.kampanye.ramalan.hasil import BERJALAN
from laporan.kampanye.ramalan.kata import kalimat
from laporan.models import Kampanye, Ramalan


def baca_ramalan(kampanye: Kampanye, wilayah: Wilayah, hari: dt.date) -> dict[str, Any] | None:
    """Return the forecast of an area that held on a day, ready to be drawn; None where none was made (a desa).

    Of a kecamatan only the chance in words: its band covered less than it says (docs/ramalan.md). What is needed per
    day and the weekdays stand on the page by one rule each (`laju`, `pekan`); the model's own are not shown.
    """
    if wilayah.tingkat == Tingkat.DESA:
        return None
    satu = Ramalan.objects.terakhir(kampanye, wilayah.kode, hari).first()
    if satu is None:
        return None
    isi, kata = satu.isi, kalimat(satu.isi)
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
        # Beside the mean of seven days that the page tells: the same after late records.
        "tujuh_hari_lengkap": isi["tujuh_hari_lengkap"] if rinci and isi["keadaan"] == BERJALAN else None,
        "jalur": [
            {"tanggal": t["tanggal"], "tengah": t["perkiraan"], "bawah": t["rendah"], "atas": t["tinggi"]}
            for t in (isi["jalur"] if rinci else [])
        ],
    }
