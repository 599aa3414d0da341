"""The verbs of people who take part: each takes the opened workspace and the viewer, asks the gate, and acts.

They may use the store's tables of an organisation, which live in the one database of the process
(`opening`), and what the other actions show. Start with `members`.
"""

from __future__ import annotations

from crosstie.store.database import set_up

set_up()  # the tables are Django's classes, which can be imported only then
