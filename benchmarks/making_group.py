"""Who attends the invented meetings: agencies, people in their roles, and their agreements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from random import Random

from benchmarks.desk_words import AGENCIES, ATTENDING, CORE, GIVEN, NEIGHBORHOODS, OTHERS
from leaddesk.models import MeetingRegular, MeetingSeries
from leaddesk.models.ids import row_id
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import Role
from leaddesk.services import agreements, people
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import AgencyForm, AttendeeForm, Signed

PROGRAM, WORD = "Harbor County", "LEAD"

#: Agreements run for a year and are signed anew a little before.
_RENEWED = timedelta(days=350)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who attends."""

    id: str
    name: str
    role: Role
    agency: str | None
    signs: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Everybody who attends: those who come to every meeting, the chair first, and those who come now and then."""

    core: tuple[Person, ...]
    others: tuple[Person, ...]

    @property
    def everybody(self) -> tuple[Person, ...]:
        """Both of them."""
        return (*self.core, *self.others)

    def with_role(self, *roles: Role) -> list[Person]:
        """Those who attend in one of these roles."""
        return [one for one in self.everybody if one.role in roles]


def make_group(unit: Unit, random: Random) -> Group:
    """Agencies, neighborhoods and attendees; the chair is there already."""
    agencies = {
        name: people.save_agency(unit, AgencyForm(name=name, kind=kind, part2=p2)) for name, kind, p2 in AGENCIES
    }
    hoods = [f"n{people.neighborhood(unit, name)}" for name in NEIGHBORHOODS]
    names = iter(zip(random.sample(GIVEN, len(ATTENDING)), ATTENDING, strict=True))
    chair = Person(unit.user.id, "Dana Whitfield", Role.PROJECT_MANAGER, None)
    known = {**agencies, f"{PROGRAM} {WORD}": None}
    core = tuple(_attendees(unit, names, CORE, known, hoods))
    others = tuple(_attendees(unit, names, OTHERS, known, hoods))
    series = MeetingSeries(name=unit.site.group, cadence="every nine days or so")
    unit.rows.add(series)
    unit.rows.flush()
    unit.rows.add_all(
        MeetingRegular(series_id=series.id, attendee_id=row_id(Kind.ATTENDEE, one.id)) for one in (chair, *core)
    )
    return Group((chair, *core), others)


def _attendees(
    unit: Unit,
    names: Iterator[tuple[str, str]],
    wanted: tuple[tuple[Role, int, tuple[str, ...]], ...],
    agencies: dict[str, str | None],
    hoods: list[str],
) -> Iterator[Person]:
    for role, count, from_agencies in wanted:
        for number, agency in zip(range(count), cycle(from_agencies or (None,)), strict=False):
            given, family = next(names)
            form = AttendeeForm(
                given_name=given,
                family_name=family,
                title={Role.OFFICER: "Ofc.", Role.SERGEANT: "Sgt."}.get(role, ""),
                agency=None if agency is None else agencies[agency],
                neighborhood=hoods[number % len(hoods)] if agency is None else None,
                roles=(role,),
            )
            signs = role is not Role.GUEST and not (role is Role.COMMUNITY and number % 2)
            yield Person(people.save_attendee(unit, form), f"{given} {family}", role, form.agency, signs)


def renew_agreements(unit: Unit, group: Group, signed: dict[str, datetime]) -> None:
    """Those whose agreement ends soon sign anew."""
    for one in group.everybody:
        if one.signs and unit.at - signed.get(one.id, datetime.min.replace(tzinfo=unit.at.tzinfo)) > _RENEWED:
            agreements.sign(
                unit,
                Signed(
                    attendee=one.id, language="en", method="typed", printed_name=one.name, agency="", role=one.role,
                    duties="", conflicts=(), typed=one.name,
                ),
            )  # fmt: skip
            signed[one.id] = unit.at
