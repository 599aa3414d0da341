"""Who takes part: members, how they get in, what they chose, and who looked at whom."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

ROLES = (("member", "member"), ("facilitator", "facilitator"), ("steward", "steward"))
RHYTHMS = (("weekly", "weekly"), ("monthly", "monthly"), ("never", "never"))


class Members(BaseUserManager["Member"]):
    """Finds members by address, whatever the case."""

    def get_by_natural_key(self, username: str | None) -> Member:
        """Return the member with an address."""
        return self.get(email__iexact=username)


class Member(AbstractBaseUser):
    """Someone who takes part. `account` is the key by which the record and all tables know them."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=12, choices=ROLES, default="member")
    account = models.CharField(max_length=16, unique=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=8, default="", blank=True)  # "": as the browser asks

    # What they chose.
    digest = models.CharField(max_length=8, choices=RHYTHMS, default="weekly")
    is_free = models.BooleanField(default=True)  # may be asked now; otherwise "ask later"
    asked_a_week = models.PositiveSmallIntegerField(default=3)  # at most
    meets = models.BooleanField(default=True)  # introductions are welcome
    paused_until = models.DateField(null=True, blank=True)
    absent_from = models.DateField(null=True, blank=True)
    absent_until = models.DateField(null=True, blank=True)
    part_time = models.BooleanField(default=False)
    texts_compared = models.BooleanField(default=False)  # own open texts, to put panels together
    webhook = models.URLField(max_length=500, default="", blank=True)
    webhook_secret = models.CharField(max_length=64, default="", blank=True)

    objects: ClassVar[Members] = Members()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []


class Invitation(models.Model):
    """A way in, kept as the digest of its link: for one address, or for so many people of some domains."""

    digest = models.CharField(max_length=64, unique=True)
    address = models.EmailField(max_length=254, default="", blank=True)
    domains = models.JSONField(default=list)
    role = models.CharField(max_length=12, choices=ROLES, default="member")
    made_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    uses_left = models.PositiveIntegerField(default=1)


class SignInLink(models.Model):
    """A link that signs its member in once."""

    digest = models.CharField(max_length=64, unique=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Token(models.Model):
    """A key to the API, kept as its digest, with what it may do."""

    digest = models.CharField(max_length=64, unique=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    label = models.CharField(max_length=100)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)


class Repeat(models.Model):
    """What a request that carried a key of its own did: the same request again does nothing anew."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE)
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=24)  # keyed, of the whole request
    status = models.PositiveSmallIntegerField()
    answer = models.TextField(default="", blank=True)  # numbers and states, no words of anyone
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["token", "key"], name="one_answer_a_key"),)


class Look(models.Model):
    """Somebody was shown somebody by name, on a day: what everyone may ask about themselves."""

    viewer = models.CharField(max_length=16)
    shown = models.CharField(max_length=16)
    what = models.CharField(max_length=40)
    on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["viewer", "shown", "what", "on"], name="one_look_a_day"),
        )
