"""How often somebody did a thing within the present window of time (kader/jatah.py)."""

from django.db import models


class PemakaianJatah(models.Model):
    """One row per act and person, overwritten when the next window begins: the table never grows with time."""

    nama = models.CharField(max_length=30)
    siapa = models.CharField(max_length=30, help_text="p: pengguna, t: token")
    mulai = models.DateTimeField(help_text="awal jendela, menurut jam basis data")
    jumlah = models.PositiveIntegerField()

    class Meta:
        verbose_name = "pemakaian jatah"
        verbose_name_plural = "pemakaian jatah"
        constraints = [models.UniqueConstraint(fields=["nama", "siapa"], name="jatah_sekali")]

    def __str__(self) -> str:
        return f"{self.nama} {self.siapa}: {self.jumlah}"
