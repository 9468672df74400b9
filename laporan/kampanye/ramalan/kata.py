"""The forecast in words (Bahasa Indonesia), for the page, the summary and the message. Takes what JSON holds."""

from typing import Any

from poskb.dasar.angka import angka

# Upper ends of the classes, after the likelihood scale of the IPCC (AR5 guidance note): likely from 66 %.
KELAS = (
    (0.01, "hampir tidak mungkin"),
    (0.10, "kemungkinan sangat kecil"),
    (0.34, "kemungkinan kecil"),
    (0.66, "bisa tercapai, bisa tidak"),
    (0.90, "kemungkinan besar"),
    (0.99, "kemungkinan sangat besar"),
)
PECAHAN = (
    (1, 20), (1, 10), (1, 8), (1, 5), (1, 4), (1, 3), (2, 5), (1, 2), (3, 5), (2, 3), (3, 4), (4, 5), (9, 10),
    (19, 20),
)  # fmt: skip


def kata_peluang(peluang: float) -> str:
    """Say a chance: "kemungkinan kecil (sekitar 1 dari 5)". Never 0 % or 100 %."""
    if peluang < KELAS[0][0]:
        return f"{KELAS[0][1]} (kurang dari 1 %)"
    if peluang > KELAS[-1][0]:
        return "hampir pasti (lebih dari 99 %)"
    n = next(n for n in range(1, len(KELAS)) if peluang <= KELAS[n][0])
    # Only fractions of that class: "1 dari 10" must not be small here and very small there.
    (bawah, _), (atas, kelas) = KELAS[n - 1], KELAS[n]
    a, b = min((p for p in PECAHAN if bawah < p[0] / p[1] <= atas), key=lambda p: abs(p[0] / p[1] - peluang))
    return f"{kelas} (sekitar {a} dari {b})"


def kalimat(isi: dict[str, Any]) -> list[str]:
    """Return the sentences of a forecast, the most important first. `isi`: `Perkiraan.sebagai_json()`."""
    if not isi["cukup_data"]:
        return ["Target sudah tercapai." if isi["tercapai"] else "Terlalu dini untuk diperkirakan.", isi["alasan"]]
    if isi["keadaan"] == "akhir":
        return [_hasil(isi)]
    return [k for k in (_peluang(isi), _akhir(isi), _menyusul(isi)) if k]


def _hasil(isi: dict[str, Any]) -> str:
    kata = "tercapai" if isi["tercapai"] else "tidak tercapai"
    return f"Target {angka(isi['target'])} {kata}: {angka(isi['tercatat'])} pasangan tercatat."


def _peluang(isi: dict[str, Any]) -> str:
    if isi["tercapai"]:
        return f"Target {angka(isi['target'])} sudah tercapai: {angka(isi['tercatat'])} pasangan tercatat."
    return f"Peluang mencapai target {angka(isi['target'])}: {kata_peluang(isi['peluang'])}."


def _akhir(isi: dict[str, Any]) -> str:
    return (
        f"Perkiraan akhir {angka(isi['median'])} pasangan; dengan keyakinan 80 % antara {angka(isi['rendah'])} dan "
        f"{angka(isi['tinggi'])}."
    )


def _menyusul(isi: dict[str, Any]) -> str:
    s = isi["susulan"]
    if s["menyusul"] <= 0:
        return ""
    batas = f"antara {angka(max(s['menyusul_rendah'], 0))} dan {angka(s['menyusul_tinggi'])}"
    return f"Sekitar {angka(s['menyusul'])} pasangan sudah dilayani tetapi belum tercatat ({batas})."
