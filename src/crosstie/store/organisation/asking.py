"""Questions, whom they were put to and why, and the answers."""

from __future__ import annotations

from django.db import models


class Question(models.Model):
    """What someone is working on. Under an alias, `account` is shown to nobody until two people lift it."""

    account = models.CharField(max_length=16)
    alias = models.CharField(max_length=60, default="", blank=True)
    crowd = models.PositiveIntegerField(default=0)  # how many people the alias hides among, as was stated
    text = models.TextField()
    place = models.CharField(max_length=64, default="", blank=True)  # an open place it belongs to, if any
    state = models.CharField(max_length=10, default="open")  # open, answered, closed
    accepted = models.ForeignKey("Answer", null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    first_answer_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    is_newcomers = models.BooleanField(default=False)


class Asked(models.Model):
    """One person was asked, and why them; `token` is what their reply by mail carries."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="asked")
    account = models.CharField(max_length=16)
    reasons = models.JSONField(default=list)
    # waiting, answered, passed, not_mine, later, withdrawn
    state = models.CharField(max_length=10, default="waiting")
    token = models.CharField(max_length=32, unique=True)
    passed_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True)  # after "later"

    class Meta:
        constraints = (models.UniqueConstraint(fields=["question", "account"], name="asked_once"),)


class Answer(models.Model):
    """What someone answered, and how it came in."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    account = models.CharField(max_length=16)
    text = models.TextField()
    via = models.CharField(max_length=10)  # page, mail, api
    message_id = models.CharField(max_length=300, null=True, unique=True)  # noqa: DJ001 - none is not unique
    answered_at = models.DateTimeField()


class Lifting(models.Model):
    """One of the two who agree that an alias be lifted, and why."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="liftings")
    account = models.CharField(max_length=16)
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["question", "account"], name="lifts_once"),)
