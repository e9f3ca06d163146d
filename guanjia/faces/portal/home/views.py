"""The portal's own pages: what it is called on a home screen."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from guanjia.faces.kit import pwa


def manifest(request: HttpRequest) -> HttpResponse:
    return pwa.manifest(request, name=_("管家"), start="/portal/", scope="/portal/")
