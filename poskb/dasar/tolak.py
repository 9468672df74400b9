"""A refused act, said to the person who tried it."""


class Ditolak(Exception):
    """An action refuses: `pesan` says why and what to do next, in Bahasa Indonesia. Nothing was written."""

    def __init__(self, pesan: str) -> None:
        super().__init__(pesan)
        self.pesan = pesan
