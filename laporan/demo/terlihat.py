"""When the demo's kader and officers were last heard of: at their last act."""

from kader.models import Pengguna
from laporan.demo.buku import Buku


def tandai_terlihat(buku: Buku) -> None:
    """Write it down for everybody who did something."""
    terakhir: dict[int, Pengguna] = {}
    for j in buku.jejak:
        if j.oleh and (j.oleh.terakhir_terlihat is None or j.oleh.terakhir_terlihat < j.pada):
            j.oleh.terakhir_terlihat = j.pada
            terakhir[j.oleh.pk] = j.oleh
    Pengguna.objects.bulk_update(terakhir.values(), ["terakhir_terlihat"])
