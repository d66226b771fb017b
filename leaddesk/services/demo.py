"""The demo desk: a program in mid-meeting, made through the same verbs that users use."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from leaddesk.models import (
    AgendaItem,
    Agreement,
    AgreementTemplate,
    Ask,
    Attendee,
    CourtItem,
    Meeting,
    Participant,
)
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import EntryKind, SigningMethod
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import (
    BOUND,
    Door,
    Form,
    InformationClass,
    InvolvementKind,
    RecipientClass,
)
from leaddesk.services import (
    agenda,
    agenda_templates,
    agreements,
    attendance,
    entries,
    meetings,
    minutes,
    participants,
    people,
    places,
    series,
    ties,
)
from leaddesk.services.demo_people import (
    ACTIONS,
    AGENCIES,
    ASKS,
    ATTENDEES,
    EARLIER,
    GROUP,
    NEIGHBORHOODS,
    PARTICIPANTS,
    PLACES,
    PROGRAM,
    PROGRESS,
    SECTIONS,
    WORD,
    ZONE,
)
from leaddesk.services.desk import Clock, Desk, Unit
from leaddesk.services.drafts import (
    AgencyForm,
    AttendeeForm,
    InvolvementForm,
    NewDesk,
    ParticipantForm,
    PriorityForm,
    ReleaseForm,
    RevocationForm,
    SeriesForm,
    Signed,
    TemplateForm,
)
from leaddesk.services.due import PROGRAM_ORDER
from leaddesk.services.opening import new_desk
from leaddesk.services.texts import Words, Writer
from leaddesk.vault.keys import DEFAULT, KdfSettings

C = InformationClass

PASSPHRASE = "a lantern by the ferry rail"  # noqa: S105 - the demo's, printed for everybody
_NEW = ("referred", "screening")
_PARTNERS = (
    RecipientClass.LAW_ENFORCEMENT,
    RecipientClass.PROSECUTION,
    RecipientClass.DEFENSE,
    RecipientClass.CASE_MANAGEMENT,
    RecipientClass.PROGRAM,
)


def demo_desk(folder: Path, *, clock: Clock, kdf: KdfSettings = DEFAULT) -> Desk:
    """A desk of invented people with a meeting open, its chair signed in; the passphrase is `PASSPHRASE`.

    About 30 participants, 14 attendees of all roles besides the chair, 9 location priorities, 25 open actions, and
    releases and agreements in every state.
    """
    new = NewDesk(
        program=PROGRAM,
        program_word=WORD,
        group=GROUP,
        agency=f"{PROGRAM} {WORD}",
        given_name="Dana",
        family_name="Whitfield",
        zone=ZONE,
    )
    desk = new_desk(folder, new, PASSPHRASE, clock=clock, kdf=kdf)
    try:
        desk.do(_fill, desk.everyday)
    except BaseException:
        desk.lock()
        raise
    return desk


class _Demo:
    """Ids of what was made, by the names in `demo_people`."""

    def __init__(self, unit: Unit, everyday: frozenset[str]) -> None:
        self.unit = unit
        self.everyday = everyday
        self.agencies: dict[str, str] = {}
        self.attendees: dict[str, str] = {"Whitfield": unit.user.id}
        self.participants: list[str] = []
        self.places: list[str] = []


def _fill(unit: Unit, everyday: frozenset[str]) -> None:
    demo = _Demo(unit, everyday)
    _agencies_and_people(demo)
    _signatures(demo)
    _participants(demo)
    _places(demo)
    _earlier_meeting(demo)
    meeting = meetings.plan(unit, _form(demo, unit.today), everyday)
    _series(demo, meeting)
    meetings.open_meeting(unit, meeting)
    number = row_id(Kind.MEETING, meeting)
    for family in ("Whitfield", "Bell", "Alvarez", "Ellis", "Kim", "Okafor", "Cole", "Moreno", "Lund"):
        attendance.arrive(unit, number, demo.attendees[family])
    meetings.read_statement(unit, meeting)


def _agencies_and_people(demo: _Demo) -> None:
    for name, kind, part2 in AGENCIES:
        demo.agencies[name] = people.save_agency(demo.unit, AgencyForm(name=name, kind=kind, part2=part2))
    chair = demo.unit.rows.get_one(Attendee, demo.unit.user.attendee)
    demo.agencies[f"{PROGRAM} {WORD}"] = f"g{chair.agency_id}"
    hoods = {name: f"n{people.neighborhood(demo.unit, name)}" for name in NEIGHBORHOODS}
    for one in ATTENDEES:
        demo.attendees[one.family] = people.save_attendee(
            demo.unit,
            AttendeeForm(
                given_name=one.given,
                family_name=one.family,
                title=one.title,
                agency=demo.agencies.get(one.agency),
                neighborhood=hoods.get(one.agency),
                roles=(one.role,),
            ),
        )


def _signatures(demo: _Demo) -> None:
    """Agreements in every state: signed last winter, ended last week, never signed, declined."""
    unit = demo.unit
    template = agreements.accepted_template(unit, "en")
    agreements.sign(
        unit,
        Signed(
            attendee=unit.user.id, language="en", method="typed", printed_name="Dana Whitfield",
            agency=f"{PROGRAM} {WORD}", role="project manager", duties="", conflicts=(), typed="Dana Whitfield",
        ),
    )  # fmt: skip
    for one in ATTENDEES:
        if one.agreement == "declined":
            agreements.decline(unit, demo.attendees[one.family])
        if one.agreement in ("signed", "expired"):
            _signed_before(unit, template, demo.attendees[one.family], expired=one.agreement == "expired")
    unit.rows.flush()


def _signed_before(unit: Unit, template: AgreementTemplate, attendee: str, *, expired: bool) -> None:
    signed = unit.at - timedelta(days=370 if expired else 120)
    person = unit.rows.get_one(Attendee, row_id(Kind.ATTENDEE, attendee))
    unit.rows.add(
        Agreement(
            attendee_id=person.id,
            template_id=template.id,
            signed_at=signed,
            method=SigningMethod.TYPED,
            typed_name=person.name,
            printed_name=person.name,
            ends_on=(signed + timedelta(days=364)).date(),
        )
    )


def _participants(demo: _Demo) -> None:
    for number, row in enumerate(PARTICIPANTS):
        given, family, preferred, alias, door, status, engagement, agency, release = row
        progress, safe = (
            PROGRESS[number] if number < len(PROGRESS) else ("Keeps in touch with outreach.", "In contact.")
        )
        by_police = door == "arrest"
        id_ = participants.save_participant(
            demo.unit,
            ParticipantForm(
                given_name=given,
                family_name=family,
                preferred_name=preferred,
                aliases=(alias,) if alias else (),
                birth_date=date(1970 + number % 30, 1 + number % 12, 1 + number % 28),
                door=Door(door),
                referral_date=demo.unit.today - timedelta(days=6 + number * (1 if status in _NEW else 11)),
                referrer=demo.attendees["Bell"] if by_police else demo.attendees["Alvarez"],
                referring_agency=demo.agencies["City PD"],
                case_agency=demo.agencies[agency],
                intake_status=status,
                engagement=engagement or None,
                progress=progress,
                progress_safe=safe,
                flagged=number in (1, 2, 6),
            ),
            demo.everyday,
        )
        demo.participants.append(id_)
        manager = "Okafor" if agency == "Harbor House" else "Moreno"
        ties.involve(
            demo.unit,
            InvolvementForm(
                attendee=demo.attendees[manager],
                participant=id_,
                kind=InvolvementKind.CASE_MANAGER,
                starts=demo.unit.today - timedelta(days=5 + number),
            ),
        )
        _release(demo, id_, demo.agencies[agency], release)
    _more_about(demo)


def _release(demo: _Demo, participant: str, source: str, state: str) -> None:
    """A release in the state its row names; ``none`` is none."""
    today = demo.unit.today
    if state == "none":
        return
    ends = {"expired": today - timedelta(days=3), "ends today": today}.get(state, today + timedelta(days=200))
    form = ReleaseForm(
        participant=participant,
        form=Form.GENERAL if state == "general" else None if state == "draft" else Form.PART2,
        sources=(source,),
        to_classes=_PARTNERS,
        classes=() if state == "draft" else tuple(sorted(BOUND - ({C.HEALTH} if state == "no health" else set()))),
        purpose="coordination in the work group",
        signed_on=today - timedelta(days=90),
        ends_on=None if state == "event" else ends,
        ends_event="the case is closed" if state == "event" else "",
    )
    participants.save_release(demo.unit, form)
    if state == "revoked":
        participants.revoke(demo.unit, RevocationForm(participant=participant, how="told the case manager"))


def _more_about(demo: _Demo) -> None:
    """Court dates and asks."""
    unit, writer = demo.unit, Writer(demo.unit, demo.everyday)
    for number, days in ((1, 8), (2, 12)):
        unit.rows.add(
            CourtItem(
                participant_id=row_id(Kind.PARTICIPANT, demo.participants[number]),
                court="Municipal court",
                next_date=unit.today + timedelta(days=days),
            )
        )
    for number, words, whom, safe in ASKS:
        one = demo.participants[number]
        row = unit.rows.get_one(Participant, row_id(Kind.PARTICIPANT, one))
        text = writer.save(
            Words(words, C.COORDINATION), about=[one], source=row.case_agency_id, safe=[Words(safe, C.OPERATIONS)]
        )
        unit.rows.add(Ask(participant_id=row.id, text_id=text.id, to_whom=whom))


def _places(demo: _Demo) -> None:
    for number, row in enumerate(PLACES):
        name, hood, told, told_by, voices, counted, counted_from, response, lead, unheard = row
        form = PriorityForm(
            name=name, place=name, neighborhood=hood, rank=number + 1, told=told, told_by=told_by, voices=int(voices),
            counted=counted, counted_from=counted_from, response=response, lead=demo.attendees[lead],
            review_on=demo.unit.today + timedelta(days=28), not_heard_from=unheard,
        )  # fmt: skip
        demo.places.append(
            places.save_priority(demo.unit, form, demo.everyday, _marked(demo, told, counted, response))
        )


def _marked(demo: _Demo, *texts: str) -> frozenset[str]:
    """What looks like a name in the demo's wordings: places and things, all of it, and marked as such."""
    writer = Writer(demo.unit, demo.everyday)
    return frozenset(
        phrase.written for words in texts for phrase in writer.prepare(Words(words, C.COMMUNITY), ()).refused
    )


def _earlier_meeting(demo: _Demo) -> None:
    """The meeting before, held and finalized, so that there are last minutes and carried actions."""
    unit = demo.unit
    last = meetings.plan(unit, _form(demo, unit.today - timedelta(days=14)), demo.everyday)
    meetings.open_meeting(unit, last)
    for family in ("Whitfield", "Bell", "Ellis", "Okafor"):
        attendance.arrive(unit, row_id(Kind.MEETING, last), demo.attendees[family])
    _actions(demo, last)
    _said_earlier(demo, last)
    meetings.close_meeting(unit, last)
    minutes.finalize(unit, last)
    # Since then two places have changed their rank.
    places.rank(unit, demo.places[1], 1, "shops and riders agree that it got worse")


def _said_earlier(demo: _Demo, last: str) -> None:
    """What was decided in the meeting before, under the first place of its agenda and at large."""
    unit, number = demo.unit, row_id(Kind.MEETING, last)
    place = unit.rows.scalars(
        select(AgendaItem.id).where(AgendaItem.meeting_id == number, AgendaItem.priority_id.is_not(None))
    ).first()
    for what, cls, item in EARLIER:
        filing = entries.Filing(
            meeting=number,
            item=policy_id(Kind.AGENDA_ITEM, place) if item == "place" else None,
            words=Words(what, C(cls), _marked(demo, what)),
            kind=EntryKind.DECISION,
        )
        entries.file_entry(unit, filing, Writer(unit, demo.everyday))


def _actions(demo: _Demo, origin: str) -> None:
    writer = Writer(demo.unit, demo.everyday)
    for what, owner, days, kind, number, safe in ACTIONS:
        cls = {"participant": C.COORDINATION, "place": C.COMMUNITY}.get(kind, C.OPERATIONS)
        about = (demo.participants[number],) if kind == "participant" else ()
        filing = entries.Filing(
            meeting=row_id(Kind.MEETING, origin),
            item=None,
            words=Words(what, cls, _marked(demo, what) if kind == "place" else frozenset()),
            safe=(Words(safe, C.OPERATIONS),) if safe else (),
            about=about,
            owner=demo.attendees[owner],
            due=demo.unit.today + timedelta(days=days),
            place=demo.places[number] if kind == "place" else None,
        )
        entries.file_action(demo.unit, filing, writer)


def _form(demo: _Demo, day: date) -> meetings.MeetingForm:
    starts, hall = datetime.combine(day, time(10), tzinfo=ZoneInfo(demo.unit.site.zone)), "Harbor Hall, Room 2"
    return meetings.MeetingForm(held_on=day, starts_at=starts, place=hall, marked=_marked(demo, hall))


def _series(demo: _Demo, meeting: str) -> None:
    """The group's series: its regulars, how often it meets, and agendas in sections by a template of its own."""
    unit = demo.unit
    group = policy_id(Kind.SERIES, unit.found(Meeting, Kind.MEETING, meeting).series_id)
    series.set_regulars(unit, group, demo.attendees.values(), regular=True)
    lines = tuple(replace(line, section=section) for line, section in zip(PROGRAM_ORDER, SECTIONS, strict=True))
    template = agenda_templates.save_template(unit, TemplateForm(name="Regular agenda", lines=lines), demo.everyday)
    form = SeriesForm(id=group, name=GROUP, cadence="every other Wednesday", template=template)
    series.save_series(unit, form)
    agenda.arrange(unit, row_id(Kind.MEETING, meeting))
