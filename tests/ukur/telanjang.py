"""The bare views: one inserts the row that was sent, one reads a row and says it. Never part of the product."""

import json

from django.db import models
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from kader.enums import Peran
from kader.http import izin


class Baris(models.Model):
    """One row with one column."""

    nama = models.CharField(max_length=100)

    class Meta:
        app_label = "kader"
        managed = False
        db_table = "ukur_baris"

    def __str__(self) -> str:
        return self.nama


@csrf_exempt
@izin(Peran.KADER)
def sisip(request: HttpRequest) -> JsonResponse:
    """Insert one row."""
    baris = Baris.objects.create(nama=json.loads(request.body)["catatan"][0]["nama_istri"])
    # CommonMiddleware says the length in the product; without it the answer would go out in chunks.
    jawaban = JsonResponse({"id": baris.pk})
    jawaban["Content-Length"] = len(jawaban.content)
    return jawaban


@izin(*Peran)
def baca(request: HttpRequest) -> JsonResponse:
    """Read one row."""
    jawaban = JsonResponse({"nama": Baris.objects.get(pk=1).nama})
    jawaban["Content-Length"] = len(jawaban.content)
    return jawaban


urlpatterns = [path("sisip/", sisip), path("baca/", baca)]
