"""Asks our own web server how the product is, as a monitor would."""

import http.client
import json
from dataclasses import dataclass, field

from django.conf import settings


@dataclass
class Kesehatan:
    """The last answer of /sehat/ on one port."""

    host: str
    port: int
    jawaban: dict[str, str] = field(default_factory=dict)

    def sehat(self) -> bool:
        """Ask; return whether everything answers, and remember what was said."""
        sambungan = http.client.HTTPConnection(self.host, self.port, timeout=3)
        try:
            sambungan.request("GET", "/sehat/", headers={"Host": self._nama()})
            balasan = sambungan.getresponse()
            self.jawaban = json.loads(balasan.read())
        except (OSError, ValueError, http.client.HTTPException) as galat:
            self.jawaban = {"web": str(galat) or type(galat).__name__}
            return False
        finally:
            sambungan.close()
        return balasan.status == http.HTTPStatus.OK

    def kurang(self) -> str:
        """Return what does not answer, for a sentence."""
        return ", ".join(f"{k}: {v}" for k, v in self.jawaban.items() if v != "ok" and k not in {"status", "version"})

    def _nama(self) -> str:
        """Outside the demo Django answers only to its own names."""
        nama = next(iter(settings.ALLOWED_HOSTS), "*").lstrip(".")
        return f"{self.host}:{self.port}" if nama == "*" else nama
