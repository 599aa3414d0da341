"""Two templates, filled by what holds here: a works agreement, and an impact assessment. No legal advice."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crosstie.actions.home import Home
from crosstie.actions.organisation.agreement.parts import Agreement, Section, Table, markdown
from crosstie.actions.organisation.agreement.whole import agreement
from crosstie.people import Viewer


def works_agreement(home: Home, viewer: Viewer) -> str:
    """Return the template of a works agreement as Markdown, filled by what holds here.

    Raises:
        NotShown: nobody signed in.
    """
    whole = agreement(home, viewer)
    sections = (
        _clause(
            _("Purpose"),
            _said(whole, "purpose"),
            _("crosstie is used for this purpose alone. What was learned against it may not be used."),
        ),
        _clause(
            _("Scope"),
            _("This agreement holds for all employees of [company, sites]."),
            _("Taking part is voluntary. Who does not take part, or opts out, has no disadvantage of it."),
        ),
        *_taken(whole, "read", "kept", "held", "ties", "figures", "advice", "seen", "forbidden", "rights"),
        _clause(
            _("Roles"),
            _("Stewards are [names]. Facilitators are [names]. They are told what this agreement says."),
            _part(whole, "roles"),
        ),
        _clause(
            _("Rights of the works council"),
            _("The works council may at any time read the page on what is read, kept, shown and forbidden."),
            _("It may see the ledger of each source, and the journal, and may have the tests run before it."),
            _("It names one steward, without whom no alias is lifted: [name]."),
        ),
        _clause(
            _("Changes"),
            _(
                "A new source, a place for members, another limit on how long is kept, another smallest"
                " group and another purpose need the agreement of both sides before they take effect."
            ),
            _part(whole, "set-here"),
        ),
        _clause(
            _("What runs by itself, and what is written"),
            _part(whole, "background"),
            _part(whole, "letters"),
        ),
        _clause(
            _("Term and end"),
            _("This agreement begins on [date]. Both sides look at it again after [twelve] months."),
            _(
                "It can be ended with a notice of [three] months. Then the workspace and its backups are"
                " deleted."
            ),
        ),
        _("[Place, date]") + "\n\n" + _("[For the company]") + "\n\n" + _("[For the works council]"),
    )
    return _document(whole, _("Works agreement on crosstie"), sections)


def impact_assessment(home: Home, viewer: Viewer) -> str:
    """Return the template of a data protection impact assessment as Markdown, filled by what holds here.

    It follows Article 35 (7) of the General Data Protection Regulation.

    Raises:
        NotShown: nobody signed in.
    """
    whole = agreement(home, viewer)
    sections = (
        _clause(
            _("Who answers for it"),
            _("Controller: [company]. Data protection officer: [name]. Made by: [name], on [date]."),
            _("Processor: none, where crosstie runs on machines of one's own; else [name, contract]."),
        ),
        _clause(
            _("What is done, and what for (Article 35 (7) a)"),
            _said(whole, "purpose"),
            _("Legal basis: [consent, agreement, legitimate interest, with reasons]."),
            _("Whose data: members, people in places that are read, and, without names, people outside."),
            *(_part(whole, name) for name in ("set-here", "read", "kept", "held", "background", "letters")),
        ),
        _clause(
            _("What is concluded about people"),
            _(
                "There is no decision by machine alone in the sense of Article 22: advice is shown, people"
                " decide."
            ),
            *(_part(whole, name) for name in ("ties", "figures", "advice")),
        ),
        _clause(
            _("Whether it is necessary and proportionate (Article 35 (7) b)"),
            _("Why milder means do not do: [reasons]."),
            _("How people are informed: this page, the invitation, [works meeting, intranet]."),
            _part(whole, "seen"),
            _part(whole, "rights"),
        ),
        _clause(_("Risks and what is done against them (Article 35 (7) c and d)"), _table_of_risks()),
        _clause(
            _("What nobody can do"),
            _part(whole, "forbidden"),
        ),
        _clause(
            _("Outcome"),
            _("What the works council and those concerned say: [views, Article 35 (9)]."),
            _("What the data protection officer advises: [advice]."),
            _("What remains, and whether the authority is to be asked (Article 36): [decision]."),
            _("To be looked at again on [date], and before a source or a purpose is added."),
        ),
    )
    return _document(whole, _("Data protection impact assessment for crosstie"), sections)


def _table_of_risks() -> str:
    rows = (
        (
            _("People are appraised or ranked by figures"),
            _("No list, sort or filter by a figure exists; a figure is shown to its own person alone."),
        ),
        (
            _("Private conversations are read"),
            _("Only where everyone in them opted in; neither words nor links of them are kept."),
        ),
        (
            _("Someone is found inside a group's figure"),
            _("Smallest group, at least five on each side, nobody over half, complementary suppression."),
        ),
        (
            _("Someone concludes from a small circle that a colleague is not valued"),
            _("Words and not scores; a caution with each figure; nothing is said where there is too little."),
        ),
        (
            _("Taking part is felt as a duty"),
            _("Opting out, pausing and being forgotten take one click each and tell nobody."),
        ),
        (
            _("Someone who has the machine reads what is on it"),
            _("Keys instead of names in the record; names apart; [encrypted disks, few administrators]."),
        ),
        (
            _("Backups keep what was forgotten"),
            _("[Backups are deleted after … days.]"),
        ),
        (
            _("Data is kept longer than needed"),
            _("A limit that applies every night; [the limit chosen, and why]."),
        ),
    )
    head = (_("What could happen"), _("What is done against it"), _("How likely"), _("How grave"))
    filled = tuple((*row, "[ ]", "[ ]") for row in rows)
    table = Table(caption=_("Risks"), head=head, rows=filled)
    return markdown(Section(name="risks", title="", tables=(table,))).lstrip("# \n")


def _document(whole: Agreement, title: str, sections: tuple[str, ...]) -> str:
    numbered = [
        one.replace("## ", f"## {number}. ", 1) if one.startswith("## ") else one
        for number, one in enumerate(sections, start=1)
    ]
    about = _(
        "This is a template and no legal advice. What stands in square brackets is yours to fill in; have it"
        " looked at by someone who knows the law of your place. The rest was written by crosstie %(version)s"
        " on %(day)s, from the tables its code obeys and from what is set for %(organisation)s."
    ) % {
        "version": whole.version,
        "day": date_format(whole.on, "DATE_FORMAT"),
        "organisation": whole.organisation or _("your organisation"),
    }
    return "\n\n".join((f"# {title}", f"> {about}", *numbered)) + "\n"


def _clause(title: str, *said: str) -> str:
    return "\n\n".join((f"## {title}", *said))


def _taken(whole: Agreement, *names: str) -> tuple[str, ...]:
    return tuple(markdown(_section(whole, name)) for name in names)


def _part(whole: Agreement, name: str) -> str:
    return markdown(_section(whole, name), level=3)


def _said(whole: Agreement, name: str) -> str:
    return "\n\n".join(_section(whole, name).said)


def _section(whole: Agreement, name: str) -> Section:
    return next(one for one in whole.sections if one.name == name)
