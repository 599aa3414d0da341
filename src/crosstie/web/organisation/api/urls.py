"""The addresses of the API; the pages know none of them."""

from __future__ import annotations

from django.urls import path

from crosstie.web.organisation.api.application import API, described

_OPERATIONS, _APP, _NAMESPACE = API.urls

urlpatterns = [
    path("api/v1/openapi.json", described),
    # Without the address of the API itself, where ninja has a page.
    path(
        "api/v1/", ([one for one in _OPERATIONS if getattr(one, "name", "") != "api-root"], _APP, _NAMESPACE)
    ),
]
