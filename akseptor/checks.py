"""System checks of the settings of people's records: run by every `manage.py` command."""

from django.core.checks import CheckMessage, Error, register

from akseptor.retensi import kesalahan_tahun


@register()
def masa_simpan_masuk_akal(**kwargs: object) -> list[CheckMessage]:
    """What is erased too early is gone."""
    if salah := kesalahan_tahun():
        return [Error(salah, hint="See POSKB_RETENSI_TAHUN in README.md.", id="poskb.E021")]
    return []
