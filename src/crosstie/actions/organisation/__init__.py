"""The verbs of people who take part: each takes the opened workspace and the viewer, asks the gate, and acts.

They may use the store's tables of an organisation, which live in the one database of the process
(`opening`), and what the other actions show. Start with `members`.
"""
