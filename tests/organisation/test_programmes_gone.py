"""Programmes and those who go: opted out, forgotten, or no facilitator any more."""

from __future__ import annotations

import pytest
from tests.actions import company
from tests.organisation import test_programmes as ways

from crosstie.actions import forgetting, opting
from crosstie.actions.organisation import gate, keeping_apart, programmes, programmes_seen
from crosstie.errors import NotAllowed, NotShown
from crosstie.people import Role
from crosstie.store.models import Meeting, Member, Programme

fay, group = ways.fay, ways.group


def test_who_opted_out_is_in_no_programme_and_named_nowhere(firm, fay, group):
    number = ways.made(firm, fay, group)
    opting.opt_out(firm, company.address("Ben Olu"))
    view = ways.seen(firm, fay, number)
    assert "Ben" not in repr((view.pairs, view.people, view.unplaced, view.waiting, view.order))
    assert view.gone == 1
    assert view.is_stale
    programmes.pair_again(firm, fay, number)
    view = ways.seen(firm, fay, number)
    assert sum(len(pair.who) for pair in view.pairs) == len(group) - 1
    assert "Ben" not in repr((view.pairs, view.people, view.unplaced, view.waiting, view.order))
    assert "Ben Olu" not in {card.name for card in programmes_seen.choices(firm, fay).people}
    with pytest.raises(NotShown):
        keeping_apart.keep_two_apart(firm, fay, group["Ben"].person, group["Cleo"].person)


def test_a_role_taken_away_takes_the_programmes_along(firm, fay, group):
    number = ways.made(firm, fay, group)
    Member.objects.filter(pk=fay.member).update(role=Role.MEMBER.value)
    with pytest.raises(NotAllowed):
        ways.seen(firm, gate.viewer_of(firm, fay.member), number)


def test_forgetting_someone_leaves_a_programme_that_can_still_be_read(firm, fay, group):
    number = ways.made(firm, fay, group, capacity=6)
    forgetting.forget(firm, group["Ben"].person)
    row = repr(Programme.objects.values().get()) + repr(list(Meeting.objects.values()))
    assert group["Ben"].account not in row
    assert group["Ben"].person not in row
    view = ways.seen(firm, fay, number)
    assert "Ben" not in repr(view)
    assert not programmes.is_drawn_right(firm, fay, number)
    programmes.pair_again(firm, fay, number)
    assert ways.seen(firm, fay, number).pairs
