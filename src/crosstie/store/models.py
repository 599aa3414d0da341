"""The tables. Names and addresses stand here and nowhere else; the record knows only the keys."""

from __future__ import annotations

from django.db import models

from crosstie.store.organisation.asking import Answer, Asked, Lifting, Question
from crosstie.store.organisation.learning import Acknowledgement, Correction, Mapped, Sampled
from crosstie.store.organisation.meeting import Meeting, NotWith, Part, Programme
from crosstie.store.organisation.members import Invitation, Look, Member, Repeat, SignInLink, Token
from crosstie.store.organisation.sending import Arrived, Letter, Run
from crosstie.store.organisation.workshops import Done, Note, Participant, Workshop

__all__ = [
    "Account",
    "Acknowledgement",
    "Answer",
    "Arrived",
    "Asked",
    "Correction",
    "Decision",
    "Domain",
    "Done",
    "Entry",
    "Fact",
    "Forgotten",
    "Invitation",
    "Journal",
    "Letter",
    "Lifting",
    "Look",
    "Mapped",
    "Meeting",
    "Member",
    "NotWith",
    "Note",
    "Part",
    "Participant",
    "Place",
    "Programme",
    "Question",
    "Reading",
    "Repeat",
    "Run",
    "Sampled",
    "SignInLink",
    "Token",
    "Workshop",
]


class Fact(models.Model):
    """One thing to know about the workspace itself: its version, its mode, its viewer."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.TextField()


class Account(models.Model):
    """How a person appears in one source, behind an opaque key."""

    key = models.CharField(max_length=16, unique=True)
    source = models.CharField(max_length=200)
    outside_id = models.CharField(max_length=400)
    name = models.CharField(max_length=400)
    address = models.CharField(max_length=400)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "outside_id"], name="one_account_an_id"),)


class Place(models.Model):
    """A place; a direct one has neither name nor outside id, only the key made from it."""

    key = models.CharField(max_length=64, unique=True)
    source = models.CharField(max_length=200)
    name = models.CharField(max_length=400)
    openness = models.CharField(max_length=10)
    link = models.CharField(max_length=1000)


class Entry(models.Model):
    """One person as the directory has them, at the account of the directory."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="entry")
    shared_address = models.CharField(max_length=400, default="")  # others in the directory have it too
    groups = models.JSONField(default=dict)
    manager = models.CharField(max_length=400)
    relation = models.CharField(max_length=20)
    joined_on = models.CharField(max_length=10)
    left_on = models.CharField(max_length=10)


class Decision(models.Model):
    """What someone decided about who is who, or about themself; kept apart from the record."""

    verb = models.CharField(max_length=10)  # a `crosstie.people.Verb`
    account = models.CharField(max_length=16)
    other = models.CharField(max_length=16)
    name = models.CharField(max_length=400)
    made_at = models.DateTimeField(auto_now_add=True)


class KnownTie(models.Model):
    """One relation of two accounts whose evidence fell out by age: no text, no place, no count."""

    learner = models.CharField(max_length=16)
    teacher = models.CharField(max_length=16, db_index=True)
    relation = models.CharField(max_length=10)  # contact, turned_to or learned
    known_how = models.CharField(max_length=10)
    first_at = models.BigIntegerField()  # microseconds since 1970 in UTC
    last_at = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["learner", "teacher", "relation"], name="one_known_tie_a_relation"
            ),
        )


class Domain(models.Model):
    """Which relation the people of a mail domain have: employee, customer or partner."""

    domain = models.CharField(max_length=255, primary_key=True)
    relation = models.CharField(max_length=20)


class Reading(models.Model):
    """One reading of one path, with its ledger."""

    kind = models.CharField(max_length=40)
    label = models.CharField(max_length=100)
    path = models.TextField()
    unit = models.CharField(max_length=100)
    used = models.IntegerField()
    left_out = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    places = models.JSONField(default=dict)
    interactions = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    read_at = models.DateTimeField()
    finished = models.BooleanField(default=False)


class Forgotten(models.Model):
    """A keyed hash of an id or address that must not come back; nothing can be read from it."""

    digest = models.CharField(max_length=64, primary_key=True)


class Journal(models.Model):
    """Who did what that others should be able to check: names joined, someone forgotten."""

    done_at = models.DateTimeField(auto_now_add=True)
    who = models.CharField(max_length=16)
    verb = models.CharField(max_length=40)
    reason = models.TextField()
