"""The promises of the dashboard, printed as they are kept or missed."""

from poskb.jalankan.proses import ucap


class Anggaran:
    """Prints a line per promise; remembers whether all were kept."""

    def __init__(self) -> None:
        self.semua = True

    def tulis(self, kata: str, angka: str, *, baik: bool, tambahan: str = "") -> None:
        self.semua &= baik
        ucap(f"  {'OK    ' if baik else 'MISS  '}  {kata:<66}{angka:>10}  {tambahan}")


def persentil(nilai: list[float], p: int) -> float:
    urut = sorted(nilai)
    return urut[min(len(urut) - 1, len(urut) * p // 100)]
