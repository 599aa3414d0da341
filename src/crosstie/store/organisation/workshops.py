"""Workshops: who takes part, what they did week by week, and what they wrote to one another."""

from __future__ import annotations

from django.db import models


class Workshop(models.Model):
    """Four weeks, one prompt a week."""

    name = models.CharField(max_length=120)
    facilitator = models.CharField(max_length=16)
    starts_on = models.DateField()
    state = models.CharField(max_length=10, default="planned")  # planned, running, over
    change = models.JSONField(default=dict)  # the group's, kept once: later it could be taken apart
    made_at = models.DateTimeField(auto_now_add=True)


class Participant(models.Model):
    """One person in a workshop; `before` and `after` hold their own figures, shown to them alone."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="participants")
    account = models.CharField(max_length=16)
    invited_at = models.DateTimeField(auto_now_add=True)
    joined_at = models.DateTimeField(null=True)  # when they said yes
    left_at = models.DateTimeField(null=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workshop", "account"], name="takes_part_once"),)


class Done(models.Model):
    """A participant did the week's activity."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="done")
    week = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["participant", "week"], name="done_once"),)


class Note(models.Model):
    """A note on the cohort's page, or an answer to one."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="notes")
    account = models.CharField(max_length=16)
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="answers")
    week = models.PositiveSmallIntegerField()
    text = models.TextField()
    written_at = models.DateTimeField()
