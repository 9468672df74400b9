"""Routes below /kantor-lain/."""

from django.urls import path

from kader.views import token

app_name = "token"
urlpatterns = [
    path("", token.daftar, name="daftar"),
    path("<int:pk>/cabut/", token.cabut, name="cabut"),
]
