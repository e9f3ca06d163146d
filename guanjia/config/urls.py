"""The faces, each under its own prefix; the console owns the root."""

from django.conf import settings
from django.urls import include, path

from guanjia.config import health
from guanjia.faces.kit import files, language, preferences

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("language/", language.choose, name="language"),
    path("preferences/", preferences.choose, name="preferences"),
    path("api/", include("guanjia.faces.api.urls")),
    path("files/<int:pk>/", files.file, name="file"),
    path("files/<int:pk>/thumbnail/", files.thumbnail, name="file-thumbnail"),
    path("files/about/<str:about_type>/<int:about_id>/", files.files, name="files"),
    path("field/", include("guanjia.faces.field.urls")),
    path("portal/", include("guanjia.faces.portal.urls")),
    path("", include("guanjia.faces.console.urls")),
]

if settings.DEBUG or settings.TESTING:
    urlpatterns.insert(0, path("kit/", include("guanjia.faces.kit.urls")))

handler403 = "guanjia.faces.kit.errors.refused"
handler404 = "guanjia.faces.kit.errors.missing"
handler500 = "guanjia.faces.kit.errors.broken"
