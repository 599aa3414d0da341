"""Introductions: one's own and a facilitator's programme, who said yes, and whether they met."""

from __future__ import annotations

from django.db import models


class Programme(models.Model):
    """A facilitator's round of introductions, with its draw as it was drawn."""

    name = models.CharField(max_length=120)
    facilitator = models.CharField(max_length=16)
    people = models.JSONField(default=list)  # accounts that may take part
    capacity = models.PositiveIntegerField(null=True)
    draw = models.JSONField(default=dict)  # seed, order, digest: enough to draw it again
    unplaced = models.JSONField(default=dict)  # account: why
    compared = models.JSONField(default=list)  # pairs of those who wait, made in the same way and never told
    state = models.CharField(max_length=10, default="preview")  # preview, sent
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)


class Meeting(models.Model):
    """Two people, or three, who could meet, with the reasons both can read."""

    programme = models.ForeignKey(Programme, null=True, on_delete=models.CASCADE, related_name="meetings")
    reasons = models.JSONField(default=dict)  # keys of mutual contacts and of places
    task = models.CharField(max_length=40, default="", blank=True)  # its name in `advice.joint_tasks`
    # planned (in a programme that is not sent yet), suggested, agreed, declined, lapsed
    state = models.CharField(max_length=10, default="suggested")
    uid = models.CharField(max_length=64, unique=True)  # of the calendar file
    made_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True)  # the half hour proposed
    asked_at = models.DateTimeField(null=True)  # when "did you meet?" went out


class Part(models.Model):
    """One person's part in a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="parts")
    account = models.CharField(max_length=16)
    answer = models.CharField(max_length=3, default="", blank=True)  # yes, no
    answered_at = models.DateTimeField(null=True)
    met = models.CharField(max_length=3, default="", blank=True)  # yes, no

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "account"], name="one_part_each"),)


class NotWith(models.Model):
    """Never bring these two together; said by one of them, or by a facilitator. Nobody else is told.

    Each may say it of the same two, so that taking one's own word back does not tell of another's.
    """

    account = models.CharField(max_length=16)
    other = models.CharField(max_length=16)
    said_by = models.CharField(max_length=16)
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "other", "said_by"], name="not_with_once"),)
