"""Tries at a door that failed: counted per keyed hash, which tells neither name nor address."""

from django.db import models


class Percobaan(models.Model):
    """Written by `kader.akun.percobaan` only; forgotten after a day."""

    kunci = models.CharField(max_length=64, primary_key=True)
    gagal = models.PositiveIntegerField()
    terakhir = models.DateTimeField(db_index=True)
    terkunci_sampai = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "percobaan masuk"
        verbose_name_plural = "percobaan masuk"

    def __str__(self) -> str:
        return f"{self.gagal} kali"
