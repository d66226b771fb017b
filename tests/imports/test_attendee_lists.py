"""Attendee lists: what goes in, what is told, and that nothing becomes a right."""

from collections import Counter
from pathlib import Path

import pytest

from leaddesk.imports.attendees import AttendeeDraft, read_attendees
from leaddesk.imports.reading import Finding, Reading, Severity
from leaddesk.policy.vocabulary import Role

SAMPLE = Path(__file__).parent.parent / "data" / "attendees.csv"


def read(tmp_path: Path, text: str) -> Reading[AttendeeDraft]:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return read_attendees(path)


def test_the_sample_list_goes_in_whole() -> None:
    reading = read_attendees(SAMPLE)
    assert reading.problems == ()
    assert reading.rows == len(reading.drafts) == 36
    assert Counter(draft.role for draft in reading.drafts) == {
        Role.OFFICER: 3,
        Role.SERGEANT: 3,
        Role.PROSECUTOR: 3,
        Role.DEFENDER: 3,
        Role.CASE_MANAGER: 3,
        Role.CASE_SUPERVISOR: 3,
        Role.COMMUNITY: 6,
        Role.PROVIDER: 3,
        Role.PROJECT_MANAGER: 3,
        Role.PROBATION: 3,
        None: 3,
    }
    assert reading.drafts[2] == AttendeeDraft(
        row=4,
        name="Fatima Ångström",
        agency="County Prosecutor",
        role=Role.PROSECUTOR,
        email="person2@example.org",
        phone="",
        agreement_note="",
    )


def test_every_agreement_of_the_sample_list_is_a_note_and_no_more() -> None:
    reading = read_attendees(SAMPLE)
    told = [f for f in reading.notes if f.column == "Confidentiality signed"]
    assert len(told) == 36 - 8
    assert all("Nobody counts as signed" in f.text for f in told)
    notes = Counter(draft.agreement_note for draft in reading.drafts)
    assert notes == {"": 8, "on file": 9, "2026-01-14": 8, "14.01.2026": 6, "yes": 5}


def test_lost_letters_of_the_sample_list_are_told_and_left_for_a_person_to_mend() -> None:
    reading = read_attendees(SAMPLE)
    told = [f for f in reading.notes if "Letters were lost" in f.text]
    assert [f.row for f in told] == [2, 9, 14, 20, 25, 32]
    assert reading.drafts[0].name == "Nguy?n Th? O'Neill"


@pytest.mark.parametrize("job", ["Admin", "PM", "PO", "Lieutenant", "Executive director", "?", ""])
def test_a_job_that_is_no_role_gets_none_and_is_told_to_deny(tmp_path: Path, job: str) -> None:
    reading = read(tmp_path, f"Name,Agency,Role\nAna Bell,City PD,{job}\n")
    assert reading.drafts[0].role is None
    assert "shown nothing until a role is set" in reading.notes[0].text


def test_a_guest_is_a_guest_where_the_list_says_so(tmp_path: Path) -> None:
    reading = read(tmp_path, "Name,Agency,Role\nAna Bell,City PD,Guest\n")
    assert reading.drafts[0].role is Role.GUEST
    assert reading.findings == ()


def test_headings_match_whatever_their_case_spaces_and_punctuation(tmp_path: Path) -> None:
    reading = read(
        tmp_path, "FULL  name;ORGANISATION ;Job-title;E-Mail;Tel.\nAna Bell;City PD;sgt;a@example.org;555 0100\n"
    )
    assert reading.findings == ()
    draft = reading.drafts[0]
    assert (draft.name, draft.agency, draft.role) == ("Ana Bell", "City PD", Role.SERGEANT)
    assert (draft.email, draft.phone) == ("a@example.org", "555 0100")


def test_names_are_put_in_spoken_order(tmp_path: Path) -> None:
    reading = read(tmp_path, 'Name,Agency\n"Bell, Ana",City PD\n"Cleo Park, RN",Clinic\n')
    assert [draft.name for draft in reading.drafts] == ["Ana Bell", "Cleo Park, RN"]


def test_first_and_last_names_may_stand_apart(tmp_path: Path) -> None:
    reading = read(tmp_path, "First name,Last name,Agency,Role\nAna,Bell,City PD,Officer\n")
    assert reading.drafts[0].name == "Ana Bell"


def test_one_row_without_a_name_keeps_every_row_out(tmp_path: Path) -> None:
    reading = read(tmp_path, "Name,Agency,Role\nAna Bell,City PD,Officer\n,City PD,Officer\n")
    assert reading.drafts == ()
    assert reading.rows == 2
    assert reading.problems == (Finding(3, "Name", Severity.PROBLEM, "There is no name in this row."),)


@pytest.mark.parametrize("name", ["4417", "?", "---", "Total 12", "#REF!", "=A2"])
def test_what_is_no_name_is_a_problem(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path, f"Name,Agency\n{name},City PD\n")
    assert [(f.row, f.column) for f in reading.problems] == [(2, "Name")]


def test_a_list_without_agencies_is_no_list_of_attendees(tmp_path: Path) -> None:
    reading = read(tmp_path, "Name,Role\nAna Bell,Officer\n")
    assert [(f.row, f.column) for f in reading.problems] == [(1, "Agency")]


def test_a_roster_of_participants_does_not_go_in_as_attendees(tmp_path: Path) -> None:
    reading = read(tmp_path, "Name,Agency,DOB,Referred,Door\nAna Bell,Harbor House,,2026-01-02,arrest\n")
    assert reading.drafts == ()
    assert "headings are those of a list of participants" in reading.problems[0].text


def test_two_columns_for_one_thing_are_a_problem(tmp_path: Path) -> None:
    reading = read(tmp_path, "Name,Agency,Role,Title\nAna Bell,City PD,Officer,Sergeant\n")
    assert reading.problems[0].text.startswith("“Title” means the same column")


def test_a_column_that_is_not_read_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, "Name,Agency,Shoe size\nAna Bell,City PD,38\n")
    assert (
        Finding(1, "Shoe size", Severity.NOTE, "LeadDesk does not read this column. It was left out.")
        in reading.notes
    )


def test_the_same_name_twice_is_told_in_whatever_order_it_is_written(tmp_path: Path) -> None:
    reading = read(tmp_path, 'Name,Agency,Role\nAna Łopez,City PD,Officer\n"LOPEZ, Ana",City PD,Officer\n')
    assert len(reading.drafts) == 2
    assert [(f.row, f.text) for f in reading.notes] == [(3, "Possible duplicate of row 2: the same name.")]
