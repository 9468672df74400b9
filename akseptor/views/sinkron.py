"""Where phones send what they kept (docs/sinkron.md)."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.views.decorators.http import require_POST

from akseptor.sinkron import PALING_BANYAK, jumlah_diterima, terima_kumpulan
from akseptor.sinkron.jam import Jam, baca_saat
from kader.enums import Peran
from kader.http import izin
from kader.jatah import pakai, siapa, tolak
from poskb.dasar.waktu import sekarang

TAK_TERBACA = "Kiriman ini tidak terbaca. Catatan tetap di HP; coba kirim lagi."
ORANG_LAIN = (
    "HP ini sekarang dipakai masuk oleh kader lain. Catatan tetap di HP; masuk lagi dengan nama Anda supaya terkirim."
)
TERLALU_BANYAK = f"Terlalu banyak sekaligus: paling banyak {PALING_BANYAK} catatan dan 2 MB. Catatan tetap di HP."


def _tolak(pesan: str, status: int) -> JsonResponse:
    return JsonResponse({"pesan": pesan}, status=status)


def _baca(request: HttpRequest) -> dict[str, Any] | None:
    """The batch, or None when it has not the shape of one."""
    try:
        isi = json.loads(request.body)
    except (ValueError, RecursionError, UnreadablePostError):
        return None
    if not isinstance(isi, dict) or not isinstance(isi.get("catatan"), list):
        return None
    return isi if all(isinstance(c, dict) for c in isi["catatan"]) else None


@izin(Peran.KADER)
@require_POST
def sinkron(request: HttpRequest) -> JsonResponse:
    """Take a batch of records and answer with a receipt for each."""
    try:
        isi = _baca(request)
    except RequestDataTooBig:
        return _tolak(TERLALU_BANYAK, 413)
    if isi is None:
        return _tolak(TAK_TERBACA, 400)
    if len(isi["catatan"]) > PALING_BANYAK:
        return _tolak(TERLALU_BANYAK, 413)
    if isi.get("kader") not in (None, request.user.pk):
        # A page of hers that is still open while another kader has signed in: not under that one's name.
        return _tolak(ORANG_LAIN, 401)
    ditanya = sum(c.get("tanya") is True for c in isi["catatan"])
    if detik := ditanya and pakai("tanya", siapa(request), ditanya):
        # The answer to a question says who is known elsewhere: not to whoever asks by the hundred.
        return tolak(request, detik)
    jam = Jam(baca_saat(isi.get("jam_hp")))
    tanda = terima_kumpulan(request.user, request.cakupan, isi["catatan"], jam)
    return JsonResponse(
        {
            "tanda_terima": [t.sebagai_json() for t in tanda],
            "jam": {
                "server": sekarang().isoformat(timespec="milliseconds"),
                "selisih_detik": round(jam.selisih.total_seconds()) if jam.selisih is not None else None,
                "pesan": jam.pesan,
            },
            "diterima": jumlah_diterima(request.user),
        }
    )
