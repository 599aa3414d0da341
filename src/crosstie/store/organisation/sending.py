"""What goes out, what came in, and the work that runs behind the pages."""

from __future__ import annotations

from django.db import models


class Run(models.Model):
    """One piece of background work, claimed by a conditional UPDATE, so that no two workers do it."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200, unique=True)  # what makes it this piece and no second one
    payload = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=60, default="", blank=True)
    claimed_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    trouble = models.TextField(default="", blank=True)

    class Meta:
        indexes = (models.Index(fields=["done_at", "due_at"], name="run_due"),)


class Letter(models.Model):
    """One message to one member: by mail or to their webhook. `key` makes it the only one of its kind.

    It is *waiting*, then *handed* just before the other side could take it, then *sent*. One that is found
    *handed* after a crash may have arrived, so it is *unclear*, as one that waited in a backup is: only a
    steward sends such a letter again, or one that *failed*, or has it *dropped*.
    """

    key = models.CharField(max_length=200, unique=True)
    account = models.CharField(max_length=16)  # "" for an invitation to someone not here yet
    address = models.CharField(max_length=254, default="", blank=True)
    channel = models.CharField(max_length=8, default="mail")  # mail, webhook
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    headers = models.JSONField(default=dict)
    attachments = models.JSONField(default=list)  # [{"name", "type", "text"}]
    # waiting, handed, sent, unclear, failed, dropped
    state = models.CharField(max_length=8, default="waiting")
    due_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=60, default="", blank=True)
    claimed_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    trouble = models.TextField(default="", blank=True)

    class Meta:
        indexes = (models.Index(fields=["state", "due_at"], name="letter_due"),)


class Arrived(models.Model):
    """A mail that came in, by its Message-ID, and what was made of it; no text."""

    message_id = models.CharField(max_length=300, unique=True)
    outcome = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)
