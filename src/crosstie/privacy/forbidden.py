"""What nobody can do with crosstie, in words: each is tried by tests that bear its name (`tests/forbidden`).

The works council's page prints this table. The numbers are those of the rules in
`docs/explanation/privacy.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

from crosstie.saying import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden:
    """One use that is left out of the code, and not only off the pages.

    Attributes:
        name: what its tests are marked with.
        rules: the numbers of the rules that forbid it.
        says: in words, as what holds.
    """

    name: str
    rules: tuple[int, ...]
    says: str


FORBIDDEN: tuple[Forbidden, ...] = (
    Forbidden(
        name="ranking",
        rules=(4, 28),
        says=mark(
            "Nobody can list, sort or filter people by any figure: on no page, by no address, in no export."
        ),
    ),
    Forbidden(
        name="others-figures",
        rules=(23, 25),
        says=mark("Nobody sees a figure of somebody else: no manager, no facilitator, no steward."),
    ),
    Forbidden(
        name="looking-as-someone",
        rules=(2, 4),
        says=mark("Nobody can pick a person and see crosstie as that person does."),
    ),
    Forbidden(
        name="watching",
        rules=(28,),
        says=mark(
            "There is no list of those who are isolated, who connect others, who leave, or who answer late."
        ),
    ),
    Forbidden(
        name="closed-ties",
        rules=(24,),
        says=mark(
            "A tie between two others is shown only if all its traces lie in places open to who looks."
        ),
    ),
    Forbidden(
        name="small-groups",
        rules=(26,),
        says=mark("No group under the smallest size is shown, and no setting brings it under five."),
    ),
    Forbidden(
        name="differencing",
        rules=(26,),
        says=mark(
            "Of what is shown of groups nothing can be worked out about a few: no link with fewer than five"
            " people on a side or with one person for more than half of it, and none that a subtraction"
            " would find."
        ),
    ),
    Forbidden(
        name="direct-messages",
        rules=(7, 8),
        says=mark("A direct conversation is not read unless everyone in it opted in."),
    ),
    Forbidden(
        name="members-places",
        rules=(7, 8),
        says=mark("A place for members is not read unless its owner agreed and its members were told."),
    ),
    Forbidden(
        name="refused-places",
        rules=(8,),
        says=mark(
            "Places of the works council, of health, of the union, of complaints and the like are never read,"
            " whatever anybody agreed to."
        ),
    ),
    Forbidden(
        name="closed-words",
        rules=(13, 15),
        says=mark("Of places that are not open neither words nor links are kept."),
    ),
    Forbidden(
        name="reading-behaviour",
        rules=(9,),
        says=mark("Who read or opened what is never taken in, even where an export holds it."),
    ),
    Forbidden(
        name="protected-traits",
        rules=(10,),
        says=mark(
            "Sex, age, origin, belief, health, pay and appraisal are never read from a directory, nor"
            " guessed."
        ),
    ),
    Forbidden(
        name="sentiment",
        rules=(10, 30, 31),
        says=mark("No mood, no tone, no character and no opinion of anybody is worked out or kept."),
    ),
    Forbidden(
        name="after-opting-out",
        rules=(25,),
        says=mark("Who opted out appears in no view, no list, no export and no suggestion."),
    ),
    Forbidden(
        name="unjournalled-names",
        rules=(5, 14),
        says=mark(
            "Names do not leave with an export unless somebody says why, and the journal keeps the reason."
        ),
    ),
    Forbidden(
        name="load",
        rules=(25,),
        says=mark("Of how busy someone is, others read “free” or “ask later”, and no more."),
    ),
    Forbidden(
        name="unmasking",
        rules=(25,),
        says=mark(
            "An alias is not lifted by one person: it takes two stewards, with reasons that the journal"
            " keeps and the one who asked reads."
        ),
    ),
    Forbidden(
        name="coming-back",
        rules=(22,),
        says=mark("Who was forgotten does not come back by reading the same export again."),
    ),
    Forbidden(
        name="leaving-the-machine",
        rules=(18,),
        says=mark("No page loads anything from elsewhere, and nothing is sent away to be worked out."),
    ),
)
