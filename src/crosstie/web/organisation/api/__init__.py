"""The API under /api/v1: the verbs of the pages for programs that come with a token.

It may use the verbs of `crosstie.actions` and the site that the pages share; it knows no session, no cookie
and no page. Start with `door.py`, which every request passes, then `application.py` and any of the subjects.
"""
