"""The tables of people who take part: members, questions, thanks, meetings, workshops, and what is sent.

They may use the accounts of the workspace's own tables, and point at people by the key of an account, never
by a person's: who is who may be decided anew at any time. Start with `members`.
"""
