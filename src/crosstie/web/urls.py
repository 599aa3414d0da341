"""The addresses of the pages."""

from __future__ import annotations

from django.urls import path, register_converter

from crosstie.web import views


class Anything:
    """A key or a trace's id: sources choose their ids freely, so slashes and line ends may stand in them."""

    regex = r"[^\0]+"

    def to_python(self, value: str) -> str:
        """Return the id as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the id as it stands; Django escapes it."""
        return value


register_converter(Anything, "anything")

urlpatterns = [
    path("", views.circle, name="circle"),
    path("map", views.network_map, name="map"),
    path("ideas", views.ideas, name="ideas"),
    path("map.json", views.map_data, name="map-data"),
    path("sources", views.sources, name="sources"),
    path("contact/<anything:key>", views.contact, name="contact"),
    path("trace/<anything:trace>", views.trace, name="trace"),
    path("look", views.look, name="look"),
    path("favicon.ico", views.favicon, name="favicon"),
]
handler400 = handler500 = "crosstie.web.middleware.failed"
handler404 = "crosstie.web.middleware.not_found"
