"""/dasbor/batas.json: the boundaries that an operator loaded, for the map of the dashboard."""

from django.db.models import Max
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from kader.http import SEMUA_PERAN, Permintaan, izin
from kader.models import BatasWilayah
from kader.views.etag import bila_berubah


@izin(*SEMUA_PERAN)
@require_safe
def batas(request: Permintaan) -> HttpResponse:
    """Return those of the areas inside the scope as GeoJSON with an ETag; none while nobody has loaded any."""
    baris = BatasWilayah.objects.dalam(request.cakupan)
    pada = baris.aggregate(pada=Max("dimuat_pada"))["pada"]

    def geojson() -> JsonResponse:
        fitur = [
            {"type": "Feature", "properties": {"name": b.wilayah_id, "nama": b.wilayah.nama}, "geometry": b.geometri}
            for b in baris.select_related("wilayah").order_by("pk")
        ]
        return JsonResponse({"type": "FeatureCollection", "features": fitur})

    # Two people may share a browser: what one may see is not the other's.
    etag = f'"batas-{pada.timestamp() if pada else 0}-{"+".join(request.cakupan.kode)}"'
    response = bila_berubah(request, etag, geojson)
    # Asked for again with its ETag, and mostly answered 304.
    response["Cache-Control"] = "private, no-cache"
    return response
