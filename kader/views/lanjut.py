"""Back to where the person came from, and nowhere else."""

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def lanjut(request: HttpRequest, bawaan: str) -> HttpResponseRedirect:
    """Redirect to the page named by `lanjut` when it is ours, else to `bawaan`."""
    tujuan = request.POST.get("lanjut") or request.GET.get("lanjut") or ""
    # Only a path: no host to be led astray to.
    if tujuan.startswith("/") and url_has_allowed_host_and_scheme(tujuan, allowed_hosts=None):
        return redirect(tujuan)
    return redirect(bawaan)
