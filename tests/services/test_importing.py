"""Lists put on a real desk: what goes in, what is told, and that nothing becomes a right."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from leaddesk.imports.attendees import read_attendees
from leaddesk.imports.participants import read_participants
from leaddesk.models import (
    Agency,
    Agreement,
    Attendee,
    AttendeeRole,
    Base,
    Involvement,
    Participant,
    Release,
    StoredText,
    TextAbout,
)
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import InformationClass, Role
from leaddesk.services import importing
from leaddesk.services.desk import Desk
from leaddesk.services.drafts import AgencyForm, ExclusionForm, ParticipantForm
from leaddesk.services.facts import load_facts
from leaddesk.services.importing import Imported
from leaddesk.services.participants import save_participant
from leaddesk.services.people import save_agency
from leaddesk.services.ties import exclude
from tests.services.opened import ledger, signed_desk

DATA = Path(__file__).parent.parent / "data"
TODAY = date(2026, 5, 6)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = signed_desk(tmp_path / "desk")
    yield opened
    opened.lock()


def attendees(desk: Desk, path: Path, *, dry_run: bool = False) -> Imported:
    return desk.do(importing.import_attendees, read_attendees(path), dry_run=dry_run)


def participants(desk: Desk, path: Path, *, dry_run: bool = False) -> Imported:
    return desk.do(importing.import_participants, read_participants(path, TODAY), desk.everyday, dry_run=dry_run)


def listed(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def roster(tmp_path: Path, *lines: str) -> Path:
    return listed(tmp_path, "Name,DOB,Referred,Case agency,CM,Notes", *lines)


def told(imported: Imported, row: int) -> list[str]:
    return [finding.text for finding in imported.findings if finding.row == row]


def counts(desk: Desk) -> dict[str, int]:
    with desk.unit() as unit:
        return {
            table.name: unit.rows.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def test_the_sample_attendees_go_in_with_their_agencies_and_none_of_them_has_signed(desk: Desk) -> None:
    imported = attendees(desk, DATA / "attendees.csv")
    assert (imported.added, imported.problems) == (36, ())
    with desk.unit() as unit:
        agencies = {agency.name: agency.part2 for agency in unit.rows.scalars(sa.select(Agency))}
        assert len(agencies) == 9
        assert set(agencies.values()) == {None}
        assert unit.rows.scalar(sa.select(sa.func.count()).select_from(Agreement)) == 1
        roles = unit.rows.scalars(sa.select(AttendeeRole.role)).all()
        assert len(roles) == 1 + 33
        siobhan = unit.rows.scalars(sa.select(Attendee).where(Attendee.family_name == "Begaye")).first()
        assert siobhan is not None
        assert siobhan.given_name == "Siobhán"
        assert siobhan.note == "Confidentiality agreement, as imported: 2026-01-14"
        assert siobhan.email == "person3@example.org"
        cruz = unit.rows.scalars(sa.select(Attendee).where(Attendee.given_name == "Iñaki")).first()
        assert cruz is not None
        assert cruz.family_name == "de la Cruz"
        standing = Standing(load_facts(unit.rows, unit.at), unit.at)
        assert standing.attending.keys() == {"a1"}


def test_the_sample_roster_goes_in_and_no_release_of_it_is_in_force(desk: Desk) -> None:
    imported = participants(desk, DATA / "roster.xlsx")
    assert (imported.added, imported.problems) == (125, ())
    assert "This release is not in force. Missing: classes, form, who may disclose." in told(imported, 5)
    with desk.unit() as unit:
        rows = unit.rows.scalars(sa.select(Participant)).all()
        assert len({row.case_code for row in rows}) == 125
        first = rows[0]
        assert (first.given_name, first.family_name) == ("Søren", "St. John")
        assert (first.referrer_text, first.referrer_id, first.door) == ("Ofc. Bell 4417", None, None)
        assert (first.intake_status, first.intake_due) == ("referred", date(2026, 3, 14))
        assert {row.name for row in unit.rows.scalars(sa.select(Agency))} >= {"Harbor House", "Harbor Hse"}
        facts = load_facts(unit.rows, unit.at)
        standing = Standing(facts, unit.at)
        assert any(one.releases for one in facts.participants.values())
        resolved = [standing.about(one) for one in facts.participants]
        assert [about.releases for about in resolved if about is not None] == [()] * 125
        for release in unit.rows.scalars(sa.select(Release)):
            assert release.imported
            assert (release.classes, release.form, release.source_agencies) == ((), None, ())
        assert unit.rows.scalar(sa.select(sa.func.count()).select_from(Involvement)) == 0


def test_a_rosters_note_is_health_of_the_case_agency_and_keeps_the_case_managers_name(
    desk: Desk, tmp_path: Path
) -> None:
    path = roster(tmp_path, "Ana Lind,1990-01-02,2026-04-01,Harbor House,T. Okafor,wants an ID")
    assert participants(desk, path).added == 1
    with desk.unit() as unit:
        ana = unit.rows.execute(sa.select(Participant)).scalar_one()
        note = unit.rows.get_one(StoredText, ana.note_text_id)
        assert (note.cls, note.source_id) == (InformationClass.HEALTH, ana.case_agency_id)
        assert note.body == "wants an ID\nCase manager on the roster: T. Okafor."


@pytest.mark.parametrize("kind", ["attendees", "participants"])
def test_the_same_file_twice_adds_nobody(desk: Desk, kind: str) -> None:
    run, path = {
        "attendees": (attendees, DATA / "attendees.csv"),
        "participants": (participants, DATA / "roster.xlsx"),
    }[kind]
    first = run(desk, path)
    before = counts(desk)
    again = run(desk, path)
    assert (again.added, counts(desk)) == (0, before)
    left_out = [finding for finding in again.findings if finding.text.endswith("The row was left out.")]
    assert len(left_out) == first.added


def test_a_namesake_of_another_agency_goes_in_and_is_told_of(desk: Desk, tmp_path: Path) -> None:
    path = listed(tmp_path, "Name,Agency,Role", "Ana Lind,City PD,officer", "ana  LIND,Harbor House,CM")
    imported = attendees(desk, path)
    assert imported.added == 2
    assert "Possible duplicate: somebody of another agency has the same name." in told(imported, 3)


def test_agencies_are_the_same_whatever_their_case_and_spaces_and_never_by_likeness(
    desk: Desk, tmp_path: Path
) -> None:
    desk.do(save_agency, AgencyForm(name="Harbor House"))
    lines = ["Ana Lind,HARBOR  house,CM", "Tom Bell,Harbor Hse,CM", "Mia Ford,harbor hse,CM"]
    imported = attendees(desk, listed(tmp_path, "Name,Agency,Role", *lines))
    new = [finding for finding in imported.findings if "is a new agency" in finding.text]
    assert [(finding.row, finding.text) for finding in new] == [
        (3, "“Harbor Hse” is a new agency. Say whether it is a 42 CFR Part 2 program.")
    ]
    assert counts(desk)["agency"] == 3


def test_a_degree_behind_a_name_is_left_out_of_it_and_told(desk: Desk, tmp_path: Path) -> None:
    imported = attendees(desk, listed(tmp_path, "Name;Agency;Role", "Ana Bell, RN;Clinic;nurse", "Cher;Clinic;nurse"))
    assert imported.added == 2
    assert "“RN” was left out of the name." in told(imported, 2)
    assert "This is one word. It was taken for the family name." in told(imported, 3)
    with desk.unit() as unit:
        names = unit.rows.execute(sa.select(Attendee.given_name, Attendee.family_name)).all()
        assert {tuple(name) for name in names} == {("Jo", "Reyes"), ("Ana", "Bell"), ("", "Cher")}


def test_rows_of_one_roster_with_one_name_both_go_in(desk: Desk, tmp_path: Path) -> None:
    path = roster(tmp_path, "Ana Lind,,2026-04-01,,,", "Ana Lind,,2026-04-02,,,")
    imported = participants(desk, path)
    assert imported.added == 2
    assert any("Possible duplicate of row 2" in text for text in told(imported, 3))


def test_somebody_of_a_name_on_the_desk_with_another_birth_goes_in_and_is_told_of(desk: Desk, tmp_path: Path) -> None:
    desk.do(save_participant, ParticipantForm(given_name="Ana", family_name="Lind"), desk.everyday)
    imported = participants(desk, roster(tmp_path, "Ana Lind,1990-01-02,2026-04-01,,,"))
    assert imported.added == 1
    assert "Possible duplicate of a participant on the desk: the same name." in told(imported, 2)


def test_who_the_user_is_excluded_from_is_left_out_without_a_word(desk: Desk, tmp_path: Path) -> None:
    ana = desk.do(save_participant, ParticipantForm(given_name="Ana", family_name="Lind"), desk.everyday)
    desk.do(exclude, ExclusionForm(attendee=desk.user.id, participant=ana))
    imported = participants(desk, roster(tmp_path, "Ana Lind,,2026-04-01,,,"))
    assert imported.added == 0
    assert not any("desk" in text for text in told(imported, 2))


def test_braces_in_a_roster_make_no_link(desk: Desk, tmp_path: Path) -> None:
    ana = desk.do(save_participant, ParticipantForm(given_name="Ana", family_name="Lind"), desk.everyday)
    participants(desk, roster(tmp_path, f"Tom Ruiz,,2026-04-01,,{{{ana}}},knows {{{ana}}}"))
    with desk.unit() as unit:
        note = unit.rows.execute(sa.select(StoredText)).scalar_one()
        assert note.body == f"knows ({ana})\nCase manager on the roster: ({ana})."
        assert unit.rows.scalars(sa.select(TextAbout.participant_id)).all() == [2]


def test_a_note_that_names_somebody_further_down_the_roster_links_them(desk: Desk, tmp_path: Path) -> None:
    participants(
        desk, roster(tmp_path, "Tom Ruiz,,2026-04-01,,,cousin of Rosa Lindqvist", "Rosa Lindqvist,,2026-04-01,,,")
    )
    with desk.unit() as unit:
        assert unit.rows.execute(sa.select(StoredText.body)).scalar_one() == "cousin of {p2}"


def test_a_problem_in_one_row_puts_nothing_on_the_desk(desk: Desk, tmp_path: Path) -> None:
    before, entries = counts(desk), len(ledger(desk))
    imported = participants(desk, roster(tmp_path, "Ana Lind,,2026-04-01,Clinic,,", "Tom Ruiz,,soon,,,"))
    assert (imported.added, len(imported.problems)) == (0, 1)
    assert (counts(desk), len(ledger(desk))) == (before, entries)


@pytest.mark.parametrize("kind", ["attendees", "participants"])
def test_a_dry_run_tells_the_same_and_changes_nothing(desk: Desk, kind: str) -> None:
    run, path = {
        "attendees": (attendees, DATA / "attendees.csv"),
        "participants": (participants, DATA / "roster.xlsx"),
    }[kind]
    before, entries = counts(desk), len(ledger(desk))
    dry = run(desk, path, dry_run=True)
    assert (counts(desk), len(ledger(desk))) == (before, entries)
    assert dry == run(desk, path)


def test_the_ledger_says_how_many_went_in_and_names_nobody(desk: Desk) -> None:
    participants(desk, DATA / "roster.xlsx")
    entry = ledger(desk)[-1]
    assert (entry.action, entry.objects) == ("imported", {})
    assert entry.payload == {"kind": "participants", "rows": 125, "added": 125, "agencies": 2, "releases": 116}


def test_an_attendee_without_a_known_role_has_none(desk: Desk, tmp_path: Path) -> None:
    attendees(desk, listed(tmp_path, "Name,Agency,Role", "Ana Lind,City PD,Admin", "Tom Ruiz,,scribe"))
    with desk.unit() as unit:
        held = unit.rows.execute(sa.select(AttendeeRole.role).where(AttendeeRole.attendee_id != 1)).scalars().all()
        assert held == [Role.SCRIBE]
        tom = unit.rows.scalars(sa.select(Attendee).where(Attendee.family_name == "Ruiz")).one()
        assert tom.agency_id is None
