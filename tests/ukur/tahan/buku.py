"""The book: every request with its answer, and everything that the server said it had taken."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.ukur.klien import Sambungan

# How long a person goes on trying before we say that a retry does not cure it.
SABAR = 90.0


@dataclass
class Buku:
    """Shared by all people; `janji` are the records that were acknowledged."""

    diterima: set[str] = field(default_factory=set)
    kegiatan: set[str] = field(default_factory=set)
    # Everything that was sent, with its content (isi.py).
    terkirim: dict[str, dict] = field(default_factory=dict)
    putusan: dict[str, str] = field(default_factory=dict)
    disetujui: set[str] = field(default_factory=set)
    status: Counter = field(default_factory=Counter)
    gagal: Counter = field(default_factory=Counter)
    lima_ratus: Counter = field(default_factory=Counter)
    sembuh: Counter = field(default_factory=Counter)
    terlama: float = 0.0
    tak_sembuh: list[str] = field(default_factory=list)
    contoh: dict[str, str] = field(default_factory=dict)
    kunci: threading.Lock = field(default_factory=threading.Lock)

    def minta(self, sambungan: Sambungan, apa: str, mentah: bytes, sabar: float = SABAR) -> tuple[int, bytes]:
        """Send until there is an answer that is no fault, the same bytes each time; (0, b"") when there never was."""
        awal, percobaan = time.monotonic(), 0
        while True:
            percobaan += 1
            try:
                status, isi = sambungan.kirim(mentah)
                kata = str(status)
            except (OSError, TypeError, ValueError, IndexError) as galat:
                sambungan.tutup()
                status, isi, kata = 0, b"", type(galat).__name__
            with self.kunci:
                self.status[kata] += 1
                if 0 < status < 500:
                    if percobaan > 1:
                        self.sembuh[percobaan - 1] += 1
                        self.terlama = max(self.terlama, time.monotonic() - awal)
                    return status, isi
                (self.lima_ratus if status else self.gagal)[apa] += 1
                self.contoh.setdefault(kata, f"{apa}: {isi[:200]!r}")
            if time.monotonic() - awal > sabar:
                with self.kunci:
                    self.tak_sembuh.append(f"{apa}: {kata} after {percobaan} attempts")
                return 0, b""
            time.sleep(min(2.0, 0.2 * percobaan))
