"""The pages behind the login: the same circle and map for each member, and what they do with one another.

They may use the pages' own parts (`crosstie.web`) and the verbs of `crosstie.actions.organisation`; who looks
is decided by the session, never by an address. Start with `application.py`, then `urls.py`.
"""

from __future__ import annotations

from crosstie.web.organisation.application import organisation_app, site_of

__all__ = ["organisation_app", "site_of"]
