"""What a person is told who typed wrongly too often."""

from kader.akun.percobaan import Terkunci


def kalimat_terkunci(tolak: Terkunci) -> str:
    """Return the sentence: how long, and what to do meanwhile."""
    return (
        f"Terlalu sering keliru. Tunggu {tolak.lama}, lalu coba lagi. Lupa kata sandi? Minta kode kepada petugas Anda."
    )
