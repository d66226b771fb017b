"""The export: everything that the user may have, nothing else, and every name documented."""

import json
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from leaddesk import models
from leaddesk.errors import KnownError
from leaddesk.models import (
    ActionItem,
    Agency,
    AgendaItem,
    AgreementEvent,
    Attendee,
    Entry,
    Exclusion,
    Participant,
    RoleTableVersion,
)
from leaddesk.models.base import class_of, columns
from leaddesk.models.ids import policy_id
from leaddesk.models.words import AgreementEnd, AppRole, IntakeStatus
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import (
    BOUND,
    DEFAULT_ROLE_TABLE,
    InformationClass,
    InvolvementKind,
    Part2,
    Role,
)
from leaddesk.services.desk import SignedIn, Unit
from leaddesk.services.exporting import COMMUNITY_LINKS, GOES_WITH, Export, export, write, write_new, write_over
from leaddesk.vault.desk import OpenDesk
from tests.services import rows
from tests.services.rows import NOON, TODAY, keep
from tests.services.test_records import full_desk

C = InformationClass
LATER = NOON + timedelta(hours=1)
PAGE = Path(__file__).parent.parent.parent / "docs" / "export.md"

#: Rows that are part of a record, by the kind of record and the name before their number.
PARTS: dict[tuple[Kind, str], type[models.Base]] = {
    (Kind.ATTENDEE, "agreement_event"): models.AgreementEvent,
    (Kind.PARTICIPANT, "court"): models.CourtItem,
    (Kind.SERIES, "regular"): models.MeetingRegular,
    (Kind.MEETING, "expected"): models.Expected,
    (Kind.ATTENDANCE, "stepped_out"): models.SteppedOut,
}
OWNERS = {"court": "participant", "stepped_out": "attendance"}
NEVER = {(Kind.MINUTES, "content"), (Kind.ENTRY, "undone_at"), (Kind.ACTION, "undone_at")}
MODELS = {
    Kind(m.class_.__tablename__): m.class_ for m in models.Base.registry.mappers if m.class_.__tablename__ in [*Kind]
}


def exported(desk: OpenDesk, session: Session, user: Attendee) -> Export:
    unit = Unit(session, desk, SignedIn(1, user.id, AppRole.SCRIBE), LATER)
    return export(unit, frozenset())


def of(done: Export, kind: Kind) -> list[dict[str, Any]]:
    return [record for record in done.data["records"] if record["kind"] == kind]


def named(columns_of: type[models.Base]) -> dict[str, str]:
    """The names of a row's fields and links, with their classes."""
    found = {}
    for attribute, column in columns(columns_of):
        points_to_text = any(key.column.table.name == "text" for key in column.foreign_keys)
        name = attribute.removesuffix("_id")
        found[name.removesuffix("_text") if points_to_text else name] = str(class_of(column))
    return found


def documented() -> dict[Kind, dict[str, str]]:
    page = PAGE.read_text(encoding="utf-8")
    sections = re.split(r"^### (\w+)$", page, flags=re.MULTILINE)[1:]
    return {
        Kind(kind): dict(re.findall(r"^\| `([\w.]+)` \| (\w+) \|", body, flags=re.MULTILINE))
        for kind, body in zip(sections[::2], sections[1::2], strict=True)
    }


def staff(session: Session, role: Role = Role.PROJECT_MANAGER) -> Attendee:
    """Somebody with a role whose agreement is in force."""
    who = rows.attendee(session, "Noor", "Haddad", role)
    rows.agreement(session, who, rows.template(session, "signed by staff"))
    return who


def everything(session: Session) -> None:
    """A desk with something of every kind, under the role table that a new desk starts with."""
    full_desk(session)
    cells = {
        role.value: {cls.value: cell.value for cls, cell in row.items()} for role, row in DEFAULT_ROLE_TABLE.items()
    }
    keep(session, RoleTableVersion(version=2, cells=cells, reason="", at=NOON))
    # signed after the revocation, which would leave program staff with identity alone
    rows.release(session, session.get_one(Participant, 1), C.IDENTITY, signed_at=NOON + timedelta(minutes=1))


def test_every_field_and_its_class_is_on_the_page_and_nothing_else() -> None:
    expected = {}
    for kind in Kind:
        fields = named(MODELS[kind]) | ({"roles": "community"} if kind is Kind.ATTENDEE else {})
        for (owner, part), model in PARTS.items():
            if owner is kind:
                inner = {name: cls for name, cls in named(model).items() if name != OWNERS.get(part)}
                fields |= {f"{part}.N.{name}": cls for name, cls in inner.items()}
        expected[kind] = {name: cls for name, cls in fields.items() if (kind, name) not in NEVER}
    assert documented() == expected


def test_every_name_in_an_export_of_everything_is_on_the_page(desk: OpenDesk, session: Session) -> None:
    everything(session)
    done = exported(desk, session, staff(session))
    page = documented()
    assert {record["kind"] for record in done.data["records"]} == {*Kind}
    for record in done.data["records"]:
        for name in (*record["fields"], *record["links"]):
            assert re.sub(r"\.\d+\.", ".N.", name) in page[Kind(record["kind"])]


def test_a_link_without_a_name_goes_with_a_field_of_its_own_class() -> None:
    for (kind, link), beside in GOES_WITH.items():
        part, _, name = link.rpartition(".")
        fields = named(PARTS[kind, part] if part else MODELS[kind])
        assert fields[name] == fields[beside]
    for kind, link in COMMUNITY_LINKS:
        assert named(MODELS[kind])[link] == C.COMMUNITY


def test_no_link_is_forgotten_for_somebody_who_may_have_everything_it_points_to(
    desk: OpenDesk, session: Session
) -> None:
    everything(session)
    item = session.get_one(AgendaItem, 1)
    meeting = item.meeting_id
    entry = session.get_one(Entry, 1)
    entry.agenda_item_id = item.id
    action = session.get_one(ActionItem, 1)
    action.origin_meeting_id, action.agenda_item_id, action.participant_id = meeting, item.id, 1
    action.priority_id = item.priority_id = 1
    session.flush()
    done = exported(desk, session, staff(session))
    records = {record["id"]: record for record in done.data["records"]}
    assert records["act1"]["links"] == {
        "owner": "a2", "origin_meeting": "m1", "agenda_item": "i1", "participant": "p1", "priority": "l1"
    }  # fmt: skip
    assert records["i1"]["links"] == {"meeting": "m1", "participant": "p1", "priority": "l1"}
    assert records["att1"]["links"] == {"meeting": "m1", "attendee": "a2", "stepped_out.1.agenda_item": "i1"}
    assert records["rev1"]["links"] == {"participant": "p1", "release": "r1"}
    assert records["ev1"]["links"] == {"priority": "l1"}
    assert records["agr1"]["links"] == {"attendee": "a2", "template": "tpl1"}
    assert records["min1"]["links"] == {"meeting": "m1", "by": "a1"}
    assert records["exc1"]["links"] == {"attendee": "a2", "participant": "p1"}


def test_a_participant_is_there_by_name_without_the_case_code(desk: OpenDesk, session: Session) -> None:
    rows.site(session)
    user = staff(session)
    rows.participant(session, "Ana", "Lind")
    (ana,) = of(exported(desk, session, user), Kind.PARTICIPANT)
    assert ana["fields"]["family_name"] == {"class": "identity", "value": "Lind"}
    assert "case_code" not in ana["fields"]
    assert ana["about"] == ["p1"]


def test_a_participant_whom_the_user_may_not_name_is_there_by_code_and_linked_from_nowhere(
    desk: OpenDesk, session: Session
) -> None:
    rows.site(session)
    user = staff(session)
    manager = rows.attendee(session, "Lena", "Wood", Role.CASE_MANAGER)
    ana = rows.participant(session, "Ana", "Lind", flagged=True, flagged_by_id=manager.id)
    rows.involve(session, manager, ana, InvolvementKind.CASE_MANAGER)
    keep(session, Exclusion(attendee_id=user.id, participant_id=ana.id, from_on=TODAY))
    call = rows.text(session, C.IDENTITY, "Call {p1}.", ana, safe=[(C.OPERATIONS, "Call the clinic for {p1}.")])
    keep(session, ActionItem(text_id=call.id, owner_id=manager.id, participant_id=ana.id, created_at=NOON))
    done = exported(desk, session, user)
    (participant,) = of(done, Kind.PARTICIPANT)
    assert participant["fields"] == {"case_code": {"class": "operations", "value": "P-0000"}}
    assert participant["about"] == []
    (action,) = of(done, Kind.ACTION)
    assert action["fields"]["text"] == {"class": "operations", "value": "Call the clinic for P-0000."}
    assert action["links"] == {}
    assert action["about"] == []
    assert "owner" not in action["fields"]
    assert of(done, Kind.EXCLUSION) == of(done, Kind.INVOLVEMENT) == []
    assert "Lind" not in json.dumps(done.data)


def test_somebody_without_an_agreement_gets_what_is_public_and_their_own(desk: OpenDesk, session: Session) -> None:
    everything(session)
    done = exported(desk, session, rows.attendee(session, "Al", "New", Role.SCRIBE))
    classes = {field["class"] for record in done.data["records"] for field in record["fields"].values()}
    assert classes == {"public"}
    assert done.data["facts"] == {"role": "scribe", "agreement_in_force": False}
    assert done.left_out == done.data["left_out"] > 100


def test_a_scribes_export_holds_no_health(desk: OpenDesk, session: Session) -> None:
    rows.site(session)
    user = staff(session, Role.SCRIBE)
    clinic = keep(session, Agency(name="Clinic", part2=Part2.NO))
    ana = rows.participant(session, "Ana", "Lind", case_agency_id=clinic.id)
    words = rows.text(
        session, C.HEALTH, "marker-of-health", ana, source_id=clinic.id, safe=[(C.PROGRESS, "settled in")]
    )
    ana.note_text_id = ana.health_text_id = words.id
    rows.release(session, ana, *BOUND, source_agencies=(clinic.id,), recipient_classes=("program",))
    done = exported(desk, session, user)
    (seen,) = of(done, Kind.PARTICIPANT)
    assert seen["fields"]["note"] == {"class": "progress", "value": "settled in", "source": "g1"}
    assert "marker-of-health" not in json.dumps(done.data)
    assert not any(
        field["class"] == "health" for record in done.data["records"] for field in record["fields"].values()
    )


def test_that_somebody_declined_does_not_show_in_a_link(desk: OpenDesk, session: Session) -> None:
    everything(session)
    chair = session.get_one(Attendee, 1)
    meeting = rows.meeting(session, rows.series(session, "Another group"), 1, chair)
    tom = rows.attendee(session, "Tom", "Vega")
    keep(session, AgreementEvent(attendee_id=tom.id, kind=AgreementEnd.DECLINED, at=NOON, meeting_id=meeting.id))
    by_officer = exported(desk, session, staff(session, Role.OFFICER))
    (seen,) = (one for one in of(by_officer, Kind.ATTENDEE) if one["id"] == policy_id(Kind.ATTENDEE, tom.id))
    assert seen["links"] == {}
    by_chair = exported(desk, session, chair_with_agreement(session, chair))
    (seen,) = (one for one in of(by_chair, Kind.ATTENDEE) if one["id"] == policy_id(Kind.ATTENDEE, tom.id))
    assert list(seen["links"].values()) == [policy_id(Kind.MEETING, meeting.id)]


def chair_with_agreement(session: Session, chair: Attendee) -> Attendee:
    rows.agreement(session, chair, rows.template(session, "signed by the chair"))
    return chair


def test_a_releases_agencies_and_people_are_ids(desk: OpenDesk, session: Session) -> None:
    rows.site(session)
    user = staff(session)
    clinic = keep(session, Agency(name="Clinic"))
    ana = rows.participant(session, "Ana", "Lind")
    rows.release(session, ana, C.CARE, source_agencies=(clinic.id,), recipient_attendees=(user.id,))
    (release,) = of(exported(desk, session, user), Kind.RELEASE)
    assert release["fields"]["source_agencies"]["value"] == ["g1"]
    assert release["fields"]["recipient_attendees"]["value"] == ["a1"]
    assert release["fields"]["ends_on"]["value"] == "2027-05-05"


def test_the_ledger_says_what_was_exported_of_whom_and_how_much(desk: OpenDesk, session: Session) -> None:
    rows.site(session)
    user = staff(session)
    rows.participant(session, "Ana", "Lind", intake_status=IntakeStatus.REFERRED)
    done = exported(desk, session, user)
    told, counted = list(desk.ledger.entries(session.connection()))
    assert (told.action, told.actor) == ("exported", "a1")
    assert told.payload["told"] == {"p1": ["identity", "progress"]}
    assert told.payload["people"] == ["a1"]
    assert counted.payload == {"records": done.records, "left_out": done.left_out}
    assert counted.objects == {"entry": told.sequence}


def test_the_file_is_the_users_alone_and_overwrites_nothing(desk: OpenDesk, session: Session, tmp_path: Path) -> None:
    rows.site(session)
    done = exported(desk, session, staff(session))
    path = tmp_path / "all.json"
    write(done, path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_bytes()) == json.loads(json.dumps(done.data))
    before = path.read_bytes()
    with pytest.raises(KnownError, match="already"):
        write(done, path)
    assert path.read_bytes() == before
    with pytest.raises(KnownError, match="could not be written"):
        write(done, tmp_path / "no such folder" / "all.json")
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["all.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="files have no largest size there")
def test_nothing_is_left_of_a_file_that_the_disk_takes_half_of(tmp_path: Path) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(KnownError, match="could not be written"):
            write_new(b"Ana Lind " * 1000, tmp_path / "all.json")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def test_a_printed_page_is_there_whole_and_private_or_what_was_there_stays(tmp_path: Path) -> None:
    page = tmp_path / "minutes.pdf"
    page.write_bytes(b"the earlier one")
    (tmp_path / ".minutes.pdf.new").mkdir()  # stands in the way
    with pytest.raises(KnownError):
        write_over(b"the later one", page)
    assert page.read_bytes() == b"the earlier one"
    (tmp_path / ".minutes.pdf.new").rmdir()
    write_over(b"the later one", page)
    assert page.read_bytes() == b"the later one"
    assert not page.stat().st_mode & 0o077 or sys.platform == "win32"
    assert [path.name for path in tmp_path.iterdir()] == ["minutes.pdf"]
