"""Every verb with something to say to it, in a firm where one of the people has their part in everything.

It is prepared once, and what a verb changes is taken back. A new verb is a new line of `TRIED`.
"""

from __future__ import annotations

from django.utils import timezone
from tests.organisation.verbs import At, number, tried

from crosstie.actions import advising, at_risk, panels, routine, routine_shares
from crosstie.actions.organisation import (
    aliases,
    asking,
    being_asked,
    checking,
    choosing,
    cohort,
    convening,
    correcting,
    failed_work,
    first_replies,
    gate,
    held_rows,
    held_tables,
    introducing,
    invitations,
    journal,
    keeping_apart,
    lasting,
    learning,
    leaving,
    looking_back,
    looks,
    mapping,
    meeting,
    members,
    newcomers,
    open_invitations,
    outbox,
    pairing_up,
    preferences,
    programmes,
    programmes_seen,
    proposing,
    questions,
    seen_of_me,
    taking_along,
    token_limit,
    tokens,
    waiting,
    working_days,
    workshops,
    zone,
)
from crosstie.actions.organisation.agreement import templates, whole
from crosstie.actions.pages.circle import circle
from crosstie.actions.pages.network_map import network_map
from crosstie.actions.pages.originals import contact, trace, traces
from crosstie.actions.pages.sources import sources
from crosstie.people import Role
from crosstie.store.held import HELD, Held
from crosstie.store.models import Question

QUEUE = "How do I resize a queue that fills up?"
CALENDAR = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//firm//days//EN\r
BEGIN:VEVENT\r
UID:new-year\r
DTSTAMP:20260101T000000Z\r
DTSTART;VALUE=DATE:20270101\r
SUMMARY:New Year\r
END:VEVENT\r
END:VCALENDAR\r
"""


def ben(at: At) -> str:
    return at.ben.person


def cleo(at: At) -> str:
    return at.cleo.person


def dan(at: At) -> str:
    return at.dan.person


def held(_at: At) -> Held:
    return next(one for one in HELD if one.name == "acknowledgement")


def a_place(at: At) -> str:
    return proposing.places(at.home, at.ada)[0][0]


def seen_version(at: At) -> str:
    return programmes_seen.programme(at.home, at.ada, at.numbers["programme"]).version


TRIED = (
    tried(templates.works_agreement),
    tried(templates.impact_assessment),
    tried(whole.agreement),
    tried(aliases.show_myself, number("adas")),
    tried(aliases.lift, number("hidden"), "Someone was hurt."),
    tried(aliases.liftings, number("lifted"), names=True),
    tried(aliases.lifted_for, lambda at: Question.objects.get(pk=at.numbers["shown to two"]), names=True),
    tried(asking.ask, "Who knows beetles?", lambda at: {at.cleo.person: ["You do."]}),
    tried(asking.answer, number("bens"), "Before it is opened."),
    tried(asking.accept, number("bens answer")),
    tried(being_asked.pass_on, number("asked"), cleo),
    tried(being_asked.not_mine, number("asked")),
    tried(being_asked.later, number("asked")),
    tried(asking.close, number("adas")),
    tried(checking.check),
    tried(choosing.ask_chosen, QUEUE, lambda at: [at.cleo.person]),
    tried(choosing.ask_panel, QUEUE, lambda at: [at.cleo.person]),
    tried(cohort.cohort, number("workshop"), names=True),
    tried(cohort.mark, number("workshop"), 1, done=True, as_cleo=True),
    tried(cohort.write, number("workshop"), 1, "I asked."),
    tried(cohort.erase, number("note")),
    tried(cohort.inside, number("workshop")),
    tried(convening.convene, QUEUE),
    tried(correcting.not_me, number("trace")),
    tried(correcting.not_my_account, "nobody's"),
    tried(correcting.no_longer, cleo),
    tried(correcting.take_back, number("corrected"), as_cleo=True),
    tried(correcting.corrections, as_cleo=True, names=True),
    tried(correcting.ended_with, ben, as_cleo=True),
    tried(correcting.own_accounts),
    tried(failed_work.failed_work),
    tried(first_replies.choose, "nothing that comes again", yes=True),
    tried(first_replies.chosen),
    tried(first_replies.first_reply, QUEUE),
    tried(gate.acting),
    tried(gate.under_own_name),
    tried(held_rows.rows, names=True),
    tried(held_rows.number),
    tried(held_rows.every_row, names=True),
    tried(held_tables.tables, names=True),
    tried(held_tables.table, "acknowledgement", names=True),
    tried(held_tables.every_row, held, names=True),
    tried(introducing.look),
    tried(invitations.invite, ["new@firm.example"]),
    tried(invitations.invite_by_link, domains=["firm.example"], uses=3),
    tried(journal.journal),
    tried(keeping_apart.keep_apart, dan),
    tried(keeping_apart.keep_two_apart, dan, cleo),
    tried(keeping_apart.apart, as_cleo=True, names=True),
    tried(keeping_apart.release, number("apart"), as_cleo=True),
    tried(keeping_apart.may_keep_apart, names=True),
    tried(lasting.of_introductions),
    tried(lasting.of_programme, number("programme")),
    tried(learning.acknowledge, cleo),
    tried(learning.take_back, number("thanks")),
    tried(learning.thanks, names=True),
    tried(learning.may_be_thanked, lambda at: [ben(at)], names=True),
    tried(learning.said_between, ben),
    tried(learning.thanked_answers, number("adas")),
    tried(learning.sample, names=True),
    tried(learning.judge, number("sampled"), "right"),
    tried(learning.how_right),
    tried(leaving.standing),
    tried(leaving.opt_out, as_cleo=True),
    tried(leaving.opt_in, as_cleo=True),
    tried(leaving.forget_me, "no address of mine"),
    tried(looking_back.look_back, number("workshop"), as_cleo=True),
    tried(looking_back.group, number("workshop")),
    tried(looks.note, cleo, "contact"),
    tried(looks.note_all, lambda at: [at.cleo.person], "contact"),
    tried(looks.who_looked, names=True),
    tried(mapping.own_map, names=True),
    tried(mapping.colleagues, names=True),
    tried(mapping.confirm, cleo),
    tried(mapping.name_missing, cleo),
    tried(mapping.take_back, number("mapped"), as_cleo=True),
    tried(meeting.meet, names=True),
    tried(meeting.say, number("suggested"), yes=True),
    tried(meeting.never, number("suggested")),
    tried(meeting.call_off, number("agreed")),
    tried(meeting.say_met, number("met"), yes=True),
    tried(meeting.calendar, number("agreed"), names=True),
    tried(members.members, names=True),
    tried(members.change_role, lambda at: at.cleo.member, Role.FACILITATOR),
    tried(members.suspend, lambda at: at.cleo.member, active=False),
    tried(newcomers.promise),
    tried(open_invitations.open_invitations),
    tried(open_invitations.take_back, number("invited")),
    tried(open_invitations.send_again, number("invited")),
    tried(outbox.failed_letters),
    tried(outbox.send_again, number("failed")),
    tried(outbox.drop, number("failed")),
    tried(pairing_up.knowledge_at_risk),
    tried(pairing_up.on_me),
    tried(pairing_up.offer, cleo),
    tried(preferences.preferences),
    tried(preferences.choose, lambda at: preferences.preferences(at.home, at.ada)),
    tried(preferences.webhook),
    tried(preferences.set_webhook, "https://hook.example/here"),
    tried(preferences.rotate_secret),
    tried(programmes.make, name="Spring", everyone=True),
    tried(programmes.pair_again, number("programme")),
    tried(programmes.keep_apart, number("programme"), cleo, dan),
    tried(programmes.send, number("programme"), seen_version),
    tried(programmes.drop, number("programme")),
    tried(programmes.is_drawn_right, number("programme")),
    tried(programmes.mine, number("programme"), names=True),
    tried(programmes_seen.choices, names=True),
    tried(programmes_seen.programmes_of),
    tried(programmes_seen.programme, number("programme"), names=True),
    tried(proposing.places),
    tried(proposing.checked_place, a_place),
    tried(proposing.draft, QUEUE, names=True),
    tried(proposing.likely, QUEUE, names=True),
    tried(proposing.may_pass_to, names=True),
    tried(questions.question, number("bens"), names=True),
    tried(questions.questions, names=True),
    tried(questions.lines, "open", names=True),
    tried(seen_of_me.seen_of_me, names=True),
    tried(taking_along.export, names=True),
    tried(token_limit.to_set),
    tried(token_limit.limit, 30),
    tried(tokens.make, "a program", ["ask:read"]),
    tried(tokens.tokens),
    tried(tokens.revoke, number("token")),
    tried(waiting.waiting),
    tried(working_days.holidays_here),
    tried(working_days.working_hours_to_set),
    tried(working_days.set_working_hours, "Mon-Fri 09:00-17:00", "Europe/Berlin"),
    tried(working_days.set_holidays, ["2027-01-01 New Year"]),
    tried(working_days.add_calendar, CALENDAR),
    tried(workshops.make, "Ask in the open", lambda at: timezone.localdate()),
    tried(workshops.may_invite, number("empty"), names=True),
    tried(workshops.invite, number("workshop"), lambda at: [at.dan.person]),
    tried(workshops.accept, number("workshop"), as_cleo=True),
    tried(workshops.leave, number("workshop"), as_cleo=True),
    tried(workshops.workshops),
    tried(workshops.facilitated, number("workshop")),
    tried(zone.choose, "Europe/Berlin"),
    tried(advising.who_can_help, QUEUE, names=True),
    tried(advising.answered_before, QUEUE, names=True),
    tried(advising.named_place, "questions"),
    tried(advising.admitted),
    tried(at_risk.own_topics_at_risk),
    tried(circle, names=True),
    tried(network_map, names=True),
    tried(contact, ben, names=True),
    tried(trace, number("trace of ben"), names=True),
    tried(traces, lambda at: [at.numbers["trace of ben"]], names=True),
    tried(sources),
    tried(panels.panel, QUEUE),
    tried(routine.recurring),
    tried(routine_shares.own_share),
)
