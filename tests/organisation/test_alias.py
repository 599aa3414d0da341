"""An alias: nothing tells who hides behind it, it is nobody's name, and its crowd is not overstated."""

from __future__ import annotations

import pytest

from crosstie.actions.organisation import asking, being_asked, leaving, naming, proposing, questions
from crosstie.errors import NotAllowed, UsageRefused
from crosstie.store.models import Asked, Letter, Member, Question

pytestmark = pytest.mark.anywhere

ALIAS = "A colleague"
NAMES = ("Dan Wu", "Eve Ros", "Fay Lind", "Gil Amado", "Hana Sato", "Ivo Kral", "Jun Park", "Kim Dale")


@pytest.fixture
def many(firm, ben, cleo, join):
    """Eleven of them with Ada, Ben and Cleo."""
    return [join(name) for name in NAMES]


def asked_by_ben(firm, ben, *others) -> int:
    return asking.ask(firm, ben, "Is it me?", {one.person: ["x"] for one in others}, alias=ALIAS)


class TestPassingOn:
    """Whoever was asked cannot find out who asked by trying to pass it on."""

    @pytest.mark.parametrize("to", ["who asked", "who was asked", "another"])
    def test_it_looks_the_same_whoever_asked(  # noqa: PLR0917 - everyone plays a part
        self, firm, ada, ben, cleo, many, to, monkeypatch
    ):
        monkeypatch.setattr(proposing, "SMALLEST_CROWD", 5)
        number = asked_by_ben(firm, ben, cleo, many[0])
        other = {"who asked": ben, "who was asked": many[0], "another": ada}[to]
        before = Letter.objects.count()
        being_asked.pass_on(firm, cleo, Asked.objects.get(account=cleo.account).pk, other.person)
        view = questions.question(firm, cleo, number)
        assert view.me_asked is not None
        assert (view.me_asked.state, view.crowd) == ("passed", 8)
        assert Letter.objects.count() - before == (to == "another")

    @pytest.mark.usefixtures("many")
    def test_it_is_tried_once(self, firm, ben, cleo, join):
        lea = join("Lea Moreau")
        asked_by_ben(firm, ben, cleo)
        mine = Asked.objects.get(account=cleo.account).pk
        being_asked.pass_on(firm, cleo, mine, ben.person)
        with pytest.raises(NotAllowed, match="settled"):
            being_asked.pass_on(firm, cleo, mine, lea.person)

    def test_a_crowd_that_became_too_small_is_refused_in_one_sentence(self, firm, ada, ben, cleo, many):
        asked_by_ben(firm, ben, cleo)
        mine = Asked.objects.get(account=cleo.account).pk
        said = set()
        for other in (ben, ada, many[0]):
            with pytest.raises(NotAllowed) as refused:
                being_asked.pass_on(firm, cleo, mine, other.person)
            said.add(refused.value.message)
        assert said == {"This question cannot be passed on any more."}


class TestCrowd:
    """How many it could have been."""

    def test_those_asked_are_not_among_it(self, firm, ada, ben, cleo, many):
        assert Question.objects.get(pk=asked_by_ben(firm, ben)).crowd == 11
        with pytest.raises(NotAllowed, match="too few"):
            asking.ask(firm, ben, "And I?", {cleo.person: ["x"], ada.person: ["x"]}, alias=ALIAS)

    def test_nor_is_who_opted_out(self, firm, ben, cleo, many):
        leaving.opt_out(firm, cleo)
        leaving.opt_out(firm, many[0])
        with pytest.raises(NotAllowed, match="too few"):
            asked_by_ben(firm, ben)


class TestWhoseName:
    """An alias is nobody's name."""

    @pytest.mark.parametrize(
        "alias",
        [
            "Ada Berg",
            "ada  BERG",
            "A\u200bda Berg",
            "\u202eAda Berg",
            "Ádà Bérg",
            "\uff21\uff44\uff41",
            "The other Berg",
            "ask-adaberg-now",
            "Lea Moreau",  # no member, and in the record
            "AdaB\u00e9rg",
            "\U0001f170\U0001f173\U0001f170",
            "A\u3164da",
            "Lea M0reau",
            "\u1d00\u1d05\u1d00",
            "\ua4ee\ua4d3\ua4ee",  # all of it Lisu
        ],
    )
    def test_a_name_or_a_part_of_one_is_refused(self, firm, ada, alias):
        with pytest.raises(UsageRefused, match="somebody's name"):
            naming.checked_alias(firm, alias)

    def test_another_is_kept_without_signs_that_show_nothing(self, firm, ada):
        for alias in ("A colleague", "Jemand von uns", "Canada", ""):
            assert naming.checked_alias(firm, f" {alias}\u200b\u202e ") == alias

    def test_it_is_asked_under_none(self, firm, ben, many):
        with pytest.raises(UsageRefused):
            asking.ask(firm, ben, "Send me the list.", {}, alias="Ada Berg")
        assert not Question.objects.exists()

    @pytest.mark.parametrize("alias", ["\u0410da", "B\u0435rg of us", "Le\u03b1"])
    def test_letters_of_several_scripts_are_not_mixed(self, firm, ada, alias):
        with pytest.raises(UsageRefused, match="several scripts"):
            naming.checked_alias(firm, alias)

    def test_a_name_in_another_script_is_known_by_its_look_and_by_its_letters(self, firm, ada):
        Member.objects.filter(pk=ada.member).update(
            name="\u0421\u0430\u0440\u0430 \u0418\u0432\u0430\u043d\u043e\u0432\u0430"
        )
        for alias in ("Capa", "\u0441\u0430\u0440\u0430", "\u0418\u0412\u0410\u041d\u041e\u0412\u0410"):
            with pytest.raises(UsageRefused, match="somebody's name"):
                naming.checked_alias(firm, alias)

    def test_it_is_kept_in_plain_shapes(self, firm, ada):
        assert naming.checked_alias(firm, "\uff21 \ufb01ne\u3164  one") == "A fine one"


class TestOfAnother:
    """An alias is not taken for another that somebody asks under."""

    @pytest.fixture
    def owl(self, firm, ben, many):
        asking.ask(firm, ben, "Who knows?", {}, alias="Owl 10")

    @pytest.mark.parametrize("alias", ["0wl 10", "Ow1 10", "Owl lO", "Owi 1o"])
    def test_one_that_looks_the_same_is_refused(self, firm, owl, alias):
        with pytest.raises(UsageRefused, match="looks like another"):
            naming.checked_alias(firm, alias)

    @pytest.mark.parametrize("alias", ["Owl 10", "OWL 10", "Owl 11", "Owls 10"])
    def test_the_same_one_hides_two_and_another_is_another(self, firm, owl, alias):
        assert naming.checked_alias(firm, alias) == alias
