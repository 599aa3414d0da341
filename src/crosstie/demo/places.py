"""The channels, lists, repositories and calendars of the company, and who reads which."""

from __future__ import annotations

from crosstie.demo.dice import Dice
from crosstie.demo.office import Office
from crosstie.demo.people import DEPARTMENTS
from crosstie.demo.trail import CHAT, GIT, MAIL, MEETINGS
from crosstie.record import Openness, Place

OPEN, MEMBERS, DIRECT = Openness.OPEN, Openness.MEMBERS, Openness.DIRECT
SOCIAL = ("lunch-trondheim", "lunch-porto", "lunch-pune", "lunch-halifax", "pets-and-plants", "sports")
# Repository to the topics its changes are about and the teams that change it.
REPOSITORIES = {
    "firmware": (("firmware", "connectivity", "sensors"), ("Firmware", "Test")),
    "apps": (("user interface", "connectivity"), ("Apps", "Test")),
    "measurements": (("data pipeline", "releases"), ("Data", "Apps")),
    "test-rigs": (("test rigs", "firmware"), ("Test", "Firmware")),
    "drawings": (
        ("tolerances", "bearings", "enclosures", "fixtures"),
        ("Mechanics", "Enclosures", "Tooling"),
    ),
    "optics-models": (("optics", "thermal drift"), ("Optics", "Mechanics")),
    "probe": (("sensors", "thermal drift"), ("Sensor Lab",)),
    "manual": (("manuals", "training"), ("Service Desk", "Customer Success")),
}


class Places:
    """Where things are said, and who is there to read them."""

    def __init__(self, office: Office, dice: Dice) -> None:
        self._office = office
        trail, people, staff = office.trail, office.people, office.staff

        def acquainted(one: int, others: list[int]) -> float:
            return sum(office.knows[one].get(other, 0.0) for other in others)

        self._between: dict[tuple[int, int], Place] = {}
        chat = {name: trail.place(CHAT, "C", name, OPEN) for name in (
            "announcements", "general", "ask-anything", "firmware-releases", "random", *SOCIAL,
        )}  # fmt: skip
        self.channels = chat
        self.readers: dict[str, list[int]] = {
            "ask-anything": dice.some(staff, 70),
            "random": dice.some(staff, 120),
        }
        for name in SOCIAL:
            town = name.removeprefix("lunch-").capitalize()
            fits = [one for one in staff if people[one].location == town]
            self.readers[name] = fits or dice.some(staff, 60)
        for department in DEPARTMENTS:
            name = department.lower().replace(" ", "-")
            chat[department] = trail.place(CHAT, "C", name, OPEN)
            inside = [
                one for one in staff if people[one].department == department and one not in office.closed
            ]
            # Who joins a neighbour's channel does so because they know somebody there.
            guests = [
                one for one in staff if one not in inside and dice.chance(0.04 * acquainted(one, inside))
            ]
            self.readers[department] = inside + guests
        chat["closed"] = trail.place(CHAT, "G", "sensor-lab", MEMBERS)
        self.readers["closed"] = sorted(office.closed)
        chat["community"] = trail.place(CHAT, "C", "measurement-circle", OPEN)
        self.readers["community"] = list(office.community)
        managers = sorted({manager for manager in office.manager if manager >= 0})
        chat["managers"] = trail.place(CHAT, "G", "managers", MEMBERS)
        self.readers["managers"] = managers
        # A few teams have a room of their own, which only they can read.
        self._rooms = ("Purchasing", "Sales Americas", "People Team", "Accounts", "Firmware")
        for team in self._rooms:
            chat[team] = trail.place(CHAT, "G", f"team-{team.lower().replace(' ', '-')}", MEMBERS)
            self.readers[team] = [one for one in staff if people[one].team == team]
        self.lists = {
            "all-staff": trail.place(MAIL, "list", "all-staff", OPEN),
            "users": trail.place(MAIL, "list", "users", OPEN),
            **{
                name: trail.place(MAIL, "list", f"{name.lower().replace(' ', '-')}-notes", OPEN)
                for name in DEPARTMENTS
            },
        }
        self.repositories = {name: trail.place(GIT, "repository", name, OPEN) for name in REPOSITORIES}
        self.gatherings = {
            "all hands": trail.place(MEETINGS, "calendar", "all hands", OPEN),
            "community": trail.place(MEETINGS, "calendar", "measurement circle", OPEN),
        }

    def to_ask(self, asker: int, topic: int) -> tuple[Place, list[int]]:
        """Return the channel in which someone asks about a topic, and who reads it."""
        office, dice = self._office, self._office.dice
        me, home = office.people[asker], office.topics[topic].department
        if asker in office.closed:
            name = "closed"
        elif asker in self.readers["community"] and dice.chance(0.4):
            name = "community"
        elif asker in self.readers["managers"] and dice.chance(0.25):
            name = "managers"
        elif me.team in self._rooms and dice.chance(0.3):
            name = me.team
        elif asker in self.readers[home] and dice.chance(0.85):
            name = home
        elif me.department in self.readers and dice.chance(0.75):
            name = me.department
        else:
            name = "ask-anything"
        return self.channels[name], self.readers[name]

    def between(self, one: int, other: int) -> Place:
        """Return the direct conversation of two people."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self._between:
            people = self._office.people
            name = f"{people[pair[0]].id} {people[pair[1]].id}"
            self._between[pair] = self._office.trail.place(CHAT, "D", name, DIRECT)
        return self._between[pair]

    def mailing_list(self, sender: int, topic: int) -> Place | None:
        """Return the list of the topic's department, if the sender writes over it this time."""
        office = self._office
        if sender in office.outsiders:
            return self.lists["users"] if office.dice.chance(0.5) else None
        if sender in office.closed or not office.dice.chance(0.15):
            return None
        return self.lists[office.topics[topic].department]

    def mailbox(self, sender: int) -> Place:
        """Return the mailbox from which somebody writes."""
        return self._office.trail.place(MAIL, "mailbox", self._office.people[sender].address, DIRECT)

    def calendar(self, organiser: int) -> Place:
        """Return a person's calendar."""
        return self._office.trail.place(MEETINGS, "calendar", self._office.people[organiser].address, DIRECT)

    def team_calendar(self, team: str) -> Place:
        """Return the calendar that a team shares."""
        return self._office.trail.place(MEETINGS, "calendar", f"{team} calendar", MEMBERS)
