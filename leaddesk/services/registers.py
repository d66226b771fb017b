"""The registers: lists and forms for the signed-in user, filled with what that user may have and nothing else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from leaddesk.models.ids import row_id
from leaddesk.policy import dates
from leaddesk.policy.decision import Asked
from leaddesk.policy.desk_views import Found
from leaddesk.policy.disclosure import Audience, Disclosure, Seen, Sight
from leaddesk.policy.mending import release_words, span_words
from leaddesk.policy.names import by_family_name
from leaddesk.policy.records import Kind, Record, Text
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import Door, Form, InformationClass, RecipientClass, Role
from leaddesk.policy.why import role_words
from leaddesk.services import records
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import AttendeeForm, Choice, ParticipantForm, PriorityForm, ReleaseForm
from leaddesk.services.facts import guard_of, load_facts

C = InformationClass
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What forms offer to choose from, in words the user may read."""

    agencies: tuple[Choice, ...]
    neighborhoods: tuple[Choice, ...]
    attendees: tuple[Choice, ...]
    participants: tuple[Choice, ...]


class Registers:
    """Reads lists and forms within one transaction, as the signed-in user may have them.

    Args:
        unit: the transaction.
        everyday: everyday words for the text guard.
    """

    def __init__(self, unit: Unit, everyday: frozenset[str]) -> None:
        self._unit = unit
        facts = load_facts(unit.rows, unit.at)
        self._standing = Standing(facts, unit.at)
        sight = Sight(self._standing, Audience(frozenset(), signed_in=unit.user.id))
        self._mine = Disclosure(guard_of(unit.rows, facts, everyday), sight)

    @property
    def mine(self) -> Disclosure:
        """What the signed-in user may have."""
        return self._mine

    def attendees(self) -> tuple[Found, ...]:
        """Everybody who attends: names, agencies and roles are known in the room, to an unsigned user too."""
        rows = []
        for record in records.attendees(self._unit.rows):
            name = f"{_value(record, 'given_name')} {_value(record, 'family_name')}".strip()
            roles = ", ".join(role_words(str(role)) for role in _tuple(_value(record, "roles"))) or role_words(None)
            detail = ", ".join(part for part in (_agency(record), roles) if part)
            rows.append(Found(kind=record.kind.value, id=record.id, title=name, detail=detail))
        return tuple(sorted(rows, key=lambda row: by_family_name(row.title)))

    def participants(self) -> tuple[Found, ...]:
        """The participants the user may know, by name; others are not there."""
        rows = []
        for record in records.participants(self._unit.rows):
            if not self._mine.may_name(record.id):
                continue
            seen = self._mine.see(record)
            words = [seen.text("case_code"), seen.text("intake_status").replace("_", " "), seen.text("case_agency")]
            rows.append(
                Found(
                    kind=record.kind.value,
                    id=record.id,
                    title=self._mine.reads_as(record.id),
                    detail=" · ".join(word for word in words if word),
                )
            )
        return tuple(sorted(rows, key=lambda row: by_family_name(row.title)))

    def places(self) -> tuple[Found, ...]:
        """The location priorities by rank."""
        rows = []
        for record in records.places(self._unit.rows):
            seen = self._mine.see(record)
            if seen.text("name"):
                title = f"{seen.text('rank')}  {seen.text('name')}"
                rows.append(
                    Found(kind=record.kind.value, id=record.id, title=title, detail=seen.text("neighborhood"))
                )
        return tuple(rows)

    def actions(self) -> tuple[Found, ...]:
        """The open actions, the earliest due first."""
        rows = []
        for record in records.actions(self._unit.rows, open_only=True):
            seen = self._mine.see(record)
            if seen.text("text"):
                due = seen.value("due")
                by = f"due {dates.day_and_month(due)} {due.year}" if isinstance(due, date) else "no due date"
                words = [seen.text("owner"), by]
                found = Found(
                    kind=record.kind.value,
                    id=record.id,
                    title=seen.text("text"),
                    detail=" · ".join(word for word in words if word),
                )
                rows.append((str(due or "9999"), found))
        return tuple(found for _, found in sorted(rows, key=lambda pair: pair[0]))

    def releases(self, participant: str) -> tuple[Found, ...]:
        """A participant's releases, and how each stands: in force or not, and what it lacks to be."""
        rows = []
        for record in records.releases(self._unit.rows, row_id(Kind.PARTICIPANT, participant)):
            seen = self._mine.see(record)
            if not seen.names:
                continue
            form = self._release_form(record.id, participant, seen)
            missing = ", ".join(lacks(form))
            ends = form.ends_on.isoformat() if form.ends_on else form.ends_event
            until = f"until {ends}" if ends else "no end"
            stands = release_words(self._standing, participant, record.id)
            signed = f"Signed {form.signed_on.isoformat()}" if form.signed_on else "No signature date"
            rows.append(
                Found(
                    kind=record.kind.value,
                    id=record.id,
                    title=f"{signed}, {until}",
                    detail=f"not in force: lacks {missing}" if missing else stands,
                )
            )
        return tuple(rows)

    def waiting_for_events(self, participant: str) -> tuple[Found, ...]:
        """A participant's releases that end with an event that has not been recorded."""
        found = {row.id: row for row in self.releases(participant)}
        rows = []
        for record in records.releases(self._unit.rows, row_id(Kind.PARTICIPANT, participant)):
            seen = self._mine.see(record)
            if record.id in found and seen.text("ends_event") and seen.value("event_recorded_at") is None:
                rows.append(found[record.id])
        return tuple(rows)

    def exclusions(self, participant: str) -> tuple[Found, ...]:
        """A participant's exclusions that still count, from when, and whether the chair has confirmed them."""
        rows = []
        for record in records.exclusions(self._unit.rows, row_id(Kind.PARTICIPANT, participant)):
            seen = self._mine.see(record)
            if seen.text("attendee") and seen.value("ended_at") is None:
                state = (
                    "conflict disclosed" if seen.text("state") == "unconfirmed" else seen.text("reason") or "excluded"
                )
                detail = ", ".join(part for part in (state, self._span(seen)) if part)
                rows.append(Found(kind=record.kind.value, id=record.id, title=seen.text("attendee"), detail=detail))
        return tuple(rows)

    def involvements(self, participant: str, *, open_only: bool = False) -> tuple[Found, ...]:
        """Who works with a participant, as what, and since when; with ``open_only``, without those that are over."""
        rows = []
        for record in records.involvements(self._unit.rows, row_id(Kind.PARTICIPANT, participant)):
            seen = self._mine.see(record)
            span = self._span(seen)
            if seen.text("attendee") and not (open_only and _is_over(seen, span)):
                detail = ", ".join(part for part in (seen.text("kind").replace("_", " "), span) if part)
                rows.append(Found(kind=record.kind.value, id=record.id, title=seen.text("attendee"), detail=detail))
        return tuple(rows)

    def grants(self, participant: str) -> tuple[Found, ...]:
        """Who needs to know more of a participant by the chair's decision, of what, and until when."""
        rows = []
        for record in records.grants(self._unit.rows, row_id(Kind.PARTICIPANT, participant)):
            seen = self._mine.see(record)
            span = self._span(seen)
            if seen.text("attendee") and not _is_over(seen, span):
                rows.append(Found(kind=record.kind.value, id=record.id, title=seen.text("attendee"), detail=span))
        return tuple(rows)

    def _span(self, seen: Seen) -> str:
        at, zone = self._standing.at, self._standing.facts.site.zone
        ended = seen.value("ended_at")
        ends = ended if isinstance(ended, datetime) else _day(seen, "until_on")
        return span_words(_day(seen, "from_on"), ends, at, zone)

    def attendee_form(self, id_: str) -> AttendeeForm:
        """The form to mend an attendee."""
        record = _one(records.attendees(self._unit.rows), id_)
        seen = self._mine.see(record)
        return AttendeeForm(
            id=id_,
            given_name=str(_value(record, "given_name") or ""),
            family_name=str(_value(record, "family_name") or ""),
            title=str(_value(record, "title") or ""),
            agency=record.links.get("agency"),
            neighborhood=record.links.get("neighborhood"),
            roles=tuple(Role(role) for role in _tuple(_value(record, "roles"))),
            email=seen.text("email"),
            phone=seen.text("phone"),
            active=_value(record, "active") is not False,
            keeps_contact=not self._mine.allows(Asked(C.PERSONNEL, subjects=record.subjects)),
        )

    def participant_form(self, id_: str) -> ParticipantForm:
        """The form to mend a participant; what the user may not have is kept as it is."""
        (record,) = records.participants(self._unit.rows, row_id(Kind.PARTICIPANT, id_))
        seen = self._mine.see(record)
        may_see_progress = self._mine.allows(Asked(C.PROGRESS, id_))
        progress, safe = self._progress(record) if may_see_progress else ("", "")
        return ParticipantForm(
            id=id_,
            given_name=seen.text("given_name"),
            family_name=seen.text("family_name"),
            preferred_name=seen.text("preferred_name"),
            aliases=_tuple(seen.value("aliases")),
            birth_date=_day(seen, "birth_date"),
            door=_door(seen),
            referral_date=_day(seen, "referral_date"),
            referrer=record.links.get("referrer"),
            referring_agency=record.links.get("referring_agency"),
            case_agency=record.links.get("case_agency"),
            intake_status=seen.text("intake_status") or None,
            engagement=seen.text("engagement") or None,
            progress=progress,
            progress_safe=safe,
            flagged=seen.value("flagged") is True,
            keeps_progress=not may_see_progress,
        )

    def release_form(self, id_: str) -> ReleaseForm:
        """The form to mend a release."""
        record = records.release(self._unit.rows, row_id(Kind.RELEASE, id_))
        return self._release_form(id_, record.about[0], self._mine.see(record))

    def _release_form(self, id_: str, participant: str, seen: Seen) -> ReleaseForm:
        form, signed_at = seen.text("form"), seen.value("signed_at")
        zone = ZoneInfo(self._standing.facts.site.zone)
        return ReleaseForm(
            id=id_,
            participant=participant,
            form=Form(form) if form else None,
            sources=tuple(f"g{number}" for number in _tuple(seen.value("source_agencies"))),
            to_classes=tuple(RecipientClass(word) for word in _tuple(seen.value("recipient_classes"))),
            to_agencies=tuple(f"g{number}" for number in _tuple(seen.value("recipient_agencies"))),
            to_people=tuple(f"a{number}" for number in _tuple(seen.value("recipient_attendees"))),
            classes=tuple(InformationClass(word) for word in _tuple(seen.value("classes"))),
            purpose=seen.text("purpose"),
            signed_on=_day(seen, "signed_on"),
            signed_time=signed_at.astimezone(zone).time() if isinstance(signed_at, datetime) else None,
            ends_on=_day(seen, "ends_on"),
            ends_event=seen.text("ends_event"),
        )

    def priority_form(self, id_: str) -> PriorityForm:
        """The form to mend a location priority; evidence is added, never mended."""
        (record,) = records.places(self._unit.rows, row_id(Kind.PLACE, id_))
        seen = self._mine.see(record)
        rank = seen.value("rank")
        return PriorityForm(
            id=id_,
            name=seen.text("name"),
            place=seen.text("place"),
            neighborhood=seen.text("neighborhood"),
            rank=rank if isinstance(rank, int) else 1,
            description=seen.text("description"),
            response=seen.text("response"),
            lead=record.links.get("lead"),
            review_on=_day(seen, "review_on"),
            not_heard_from=seen.text("not_heard_from"),
        )

    def signed_agreements(self) -> tuple[Choice, ...]:
        """Every signed agreement that the user may have, by its signer."""
        found = []
        for record in records.agreements(self._unit.rows):
            seen = self._mine.see(record)
            day = seen.value("signed_at")
            if seen.text("printed_name") and isinstance(day, datetime):
                found.append(Choice(id=record.id, words=f"{seen.text('printed_name')}, {day.date().isoformat()}"))
        return tuple(found)

    def choices(self, *participants: str) -> Choices:
        """What forms offer to choose from; of participants, who may be thousands, these alone."""
        rows = self._unit.rows
        return Choices(
            agencies=_by_name(records.agencies(rows)),
            neighborhoods=_by_name(records.neighborhoods(rows)),
            attendees=tuple(Choice(id=one.id, words=f"{one.title}, {one.detail}") for one in self.attendees()),
            participants=tuple(
                Choice(id=id_, words=self._mine.reads_as(id_)) for id_ in participants if self._mine.may_name(id_)
            ),
        )

    def participants_to_choose(self) -> tuple[Choice, ...]:
        """The participants the user may know, by name; of a large desk this takes a while, so it is read beside."""
        return tuple(Choice(id=one.id, words=self._mine.told_apart(one.id)) for one in self.participants())

    def _progress(self, record: Record) -> tuple[str, str]:
        """The full progress line and its safe wording; nothing where the user gets no more than a safe one."""
        line = record.fields.get("progress")
        if not isinstance(line, Text) or self._mine.choose(line).index != -1:
            return "", ""
        safe = Text(cls=line.safe[0].cls, text=line.safe[0].text, cleared=line.safe[0].cleared) if line.safe else None
        return self._mine.wording(line) or "", "" if safe is None else self._mine.wording(safe) or ""


def read_registers(unit: Unit, everyday: frozenset[str], what: Callable[[Registers], T]) -> T:
    """What the registers give, as the signed-in user may have it."""
    return what(Registers(unit, everyday))


def lacks(form: ReleaseForm) -> tuple[str, ...]:
    """What a release lacks to be in force, in words; nothing where it is complete."""
    checks = (
        ("a signature date", form.signed_on),
        ("an end", form.ends_on or form.ends_event),
        ("classes", form.classes),
        ("who may disclose", form.sources),
        ("recipients", form.to_classes or form.to_agencies or form.to_people),
        ("its form", form.form),
    )
    return tuple(words for words, value in checks if not value)


def blank_release(participant: str) -> ReleaseForm:
    """A new release of a participant."""
    return replace(ReleaseForm(), participant=participant)


def _one(found: Iterable[Record], id_: str) -> Record:
    return next(record for record in found if record.id == id_)


def _value(record: Record, name: str) -> object:
    return getattr(record.fields.get(name), "value", None)


def _agency(record: Record) -> str:
    return str(_value(record, "agency") or _value(record, "neighborhood") or "")


def _tuple(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _is_over(seen: Seen, span: str) -> bool:
    """Whether a tie was ended, be it before it began, or its last day has passed."""
    return seen.value("ended_at") is not None or span.endswith("over")


def _day(seen: Seen, name: str) -> date | None:
    value = seen.value(name)
    return value if isinstance(value, date) else None


def _door(seen: Seen) -> Door | None:
    value = seen.value("door")
    return Door(value) if isinstance(value, str) else None


def _by_name(found: Iterable[Record]) -> tuple[Choice, ...]:
    choices = (Choice(id=record.id, words=str(_value(record, "name"))) for record in found)
    return tuple(sorted(choices, key=lambda choice: choice.words.casefold()))
