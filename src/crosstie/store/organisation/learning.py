"""What people said about who they learned from, and about the ties crosstie inferred."""

from __future__ import annotations

from django.db import models


class Acknowledgement(models.Model):
    """One click says "I learned this from her", with an optional line."""

    learner = models.CharField(max_length=16)
    teacher = models.CharField(max_length=16)
    line = models.TextField(default="", blank=True)
    answer = models.ForeignKey("store.Answer", null=True, on_delete=models.SET_NULL)
    said_at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True)  # when it went into the record
    taken_back_at = models.DateTimeField(null=True)


class Sampled(models.Model):
    """One of five ties someone is asked about in a month. The answer is theirs; only the share is shown."""

    account = models.CharField(max_length=16)
    other = models.CharField(max_length=16)
    month = models.CharField(max_length=7)  # 2026-11
    known_how = models.CharField(max_length=10)  # stated or inferred
    verdict = models.CharField(max_length=8, default="", blank=True)  # right, wrong, unsure
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "other", "month"], name="sampled_once_a_month"),
        )


class Mapped(models.Model):
    """What someone said of their own map: a contact is right, or someone who joined is missing."""

    account = models.CharField(max_length=16)
    other = models.CharField(max_length=16)
    verb = models.CharField(max_length=12)  # confirmed, missing
    said_at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True)  # when a missing one went into the record
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "other", "verb"], name="mapped_once"),)


class Correction(models.Model):
    """What someone corrected about themselves: a trace that is not theirs, or a tie that has ended."""

    account = models.CharField(max_length=16)
    verb = models.CharField(max_length=12)  # not_me, no_longer
    trace = models.CharField(max_length=200, default="", blank=True)
    other = models.CharField(max_length=16, default="", blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
