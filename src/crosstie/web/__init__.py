"""Pages: what a person sees in the browser. Read-only: they format what actions hand over and add nothing.

They may use the actions' views and the errors; they measure nothing and open no store themselves.
Start with `application.py` (one WSGI callable), then `views.py` (one function a page), then `templates/`.
"""

from __future__ import annotations

from crosstie.web.application import app
from crosstie.web.serving import address_of, listen, serve, serve_organisation
from crosstie.web.shown import FromHome, Shown

__all__ = ["FromHome", "Shown", "address_of", "app", "listen", "serve", "serve_organisation"]
