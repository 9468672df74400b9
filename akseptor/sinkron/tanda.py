"""The receipt of one record."""

from dataclasses import asdict, dataclass, field
from typing import Any

DITERIMA, SUDAH_ADA, DUPLIKAT, DITOLAK, KONFLIK = "diterima", "sudah_ada", "duplikat", "ditolak", "konflik"
SEMUA = "__all__"


@dataclass(frozen=True)
class Tanda:
    """`hasil` is one of the five above; the rest as docs/sinkron.md says."""

    id: str
    jenis: str
    hasil: str
    pesan: str = ""
    galat: dict[str, list[str]] = field(default_factory=dict)
    versi: int | None = None
    peringatan: list[dict[str, str]] = field(default_factory=list)
    mirip: list[dict[str, str]] = field(default_factory=list)
    server: dict[str, Any] | None = None
    beda: list[dict[str, str]] = field(default_factory=list)
    ringkas: dict[str, Any] | None = None

    def sebagai_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)
