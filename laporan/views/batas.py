"""/dasbor/batas.json: the boundaries that an operator loaded, for the map of the dashboard."""

from django.db.models import Max
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from kader.http import SEMUA_PERAN, Permintaan, izin
from kader.models import BatasWilayah
from kader.views.etag import bila_berubah


@izin(*SEMUA_PERAN)
@require_safe
def batas(request: Permintaan) -> HttpResponse:
    """Return them as GeoJSON with an ETag; they are no secret, and every area's neighbours belong to its map."""
    pada = BatasWilayah.objects.aggregate(pada=Max("dimuat_pada"))["pada"]
    if pada is None:
        raise Http404
    response = bila_berubah(request, f'"batas-{pada.timestamp()}"', _geojson)
    # Asked for again with its ETag, and mostly answered 304.
    response["Cache-Control"] = "private, no-cache"
    return response


def _geojson() -> JsonResponse:
    fitur = [
        {"type": "Feature", "properties": {"name": b.wilayah_id, "nama": b.wilayah.nama}, "geometry": b.geometri}
        for b in BatasWilayah.objects.select_related("wilayah").order_by("pk")
    ]
    return JsonResponse({"type": "FeatureCollection", "features": fitur})
