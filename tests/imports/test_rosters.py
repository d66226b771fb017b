"""Rosters of participants: what goes in, what is told, and that nothing becomes wider than the roster says."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from leaddesk.imports.participants import ParticipantDraft, read_participants
from leaddesk.imports.reading import Reading
from leaddesk.imports.releases import ReleaseDraft
from leaddesk.policy.vocabulary import Door, RecipientClass

SAMPLE = Path(__file__).parent.parent / "data" / "roster.xlsx"
TODAY = date(2026, 5, 6)


def read(tmp_path: Path, text: str) -> Reading[ParticipantDraft]:
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return read_participants(path, TODAY)


def one(tmp_path: Path, **cells: str) -> tuple[ParticipantDraft, list[str]]:
    """The only draft of a roster with these cells, and what was told of it."""
    row = {"Name": "Bell, Ana", "Referred": "2026-01-02", "Door": "arrest", "Status": "active"} | {
        heading.replace("_", " "): value for heading, value in cells.items()
    }
    reading = read(tmp_path, ";".join(row) + "\n" + ";".join(row.values()) + "\n")
    assert reading.problems == ()
    return reading.drafts[0], [f.text for f in reading.notes]


def release_of(tmp_path: Path, **cells: str) -> ReleaseDraft:
    release = one(tmp_path, **cells)[0].release
    assert release is not None
    return release


def test_the_sample_roster_goes_in_whole() -> None:
    reading = read_participants(SAMPLE, TODAY)
    assert reading.problems == ()
    assert reading.rows == len(reading.drafts) == 125
    assert Counter(draft.door for draft in reading.drafts) == {
        Door.ARREST: 34 + 22,
        Door.SOCIAL: 19 + 11,
        Door.COMMUNITY: 17,
        None: 22,
    }
    assert Counter((d.intake_status, d.engagement) for d in reading.drafts) == {
        ("enrolled", "active"): 19 + 20,
        ("enrolled", "light_touch"): 15,
        ("declined", None): 21,
        ("intake_missed", None): 20,
        ("referred", None): 17,
        ("not_approved", None): 13,
    }
    assert sum(draft.birth_date is not None for draft in reading.drafts) == 76
    assert all(draft.referred_on is not None for draft in reading.drafts)
    assert Counter(draft.case_agency_text for draft in reading.drafts) == {
        "Harbor House": 47,
        "Harbor Hse": 47,
        "": 31,
    }
    assert sum(draft.aliases == ("J.J.",) for draft in reading.drafts) == 19


def test_a_row_of_the_sample_roster_is_read_cell_by_cell() -> None:
    draft = next(d for d in read_participants(SAMPLE, TODAY).drafts if d.row == 123)
    assert draft == ParticipantDraft(
        row=123,
        given_name="Anaïs",
        family_name="de la Cruz",
        aliases=(),
        birth_date=date(1970, 4, 13),
        referred_on=date(2025, 4, 27),
        door=Door.ARREST,
        referrer_text="Sgt Rivera",
        case_manager_text="Okafor",
        case_agency_text="Harbor House",
        intake_status="intake_missed",
        engagement=None,
        not_approved_reason="",
        note="cousin of Rose Park, do not tell",
        release=ReleaseDraft(
            signed_on=date(2025, 5, 15),
            ends_on=date(2026, 5, 15),
            recipient_classes=frozenset({RecipientClass.CASE_MANAGEMENT}),
            missing=("classes", "form", "who may disclose"),
        ),
    )


def test_names_of_the_sample_roster_written_the_other_way_round_are_told_apart_and_told_as_duplicates() -> None:
    reading = read_participants(SAMPLE, TODAY)
    by_row = {draft.row: draft for draft in reading.drafts}
    assert (by_row[7].given_name, by_row[7].family_name) == ("Søren", "St. John")
    assert (by_row[70].given_name, by_row[70].family_name) == ("Grant", "Van der Berg")
    told = {f.row: f.text for f in reading.notes if f.text.startswith("Possible duplicate")}
    assert len(told) == 22
    assert [told[row] for row in (7, 38, 70, 102, 133)] == [
        f"Possible duplicate of row {row}: the same name." for row in (5, 37, 69, 101, 132)
    ]
    assert told[52] == "Possible duplicate of row 9: the same name, with another date of birth."


def test_no_release_of_the_sample_roster_could_be_in_force() -> None:
    releases = [d.release for d in read_participants(SAMPLE, TODAY).drafts if d.release is not None]
    assert len(releases) == 125 - 9
    assert all(release.missing[:3] == ("classes", "form", "who may disclose") for release in releases)
    assert sum(release.signed_on is not None for release in releases) == 57
    assert sum("signature date" in release.missing for release in releases) == 116 - 57
    assert sum(release.ends_on is not None for release in releases) == 38
    assert sum("end" in release.missing for release in releases) == 116 - 38
    assert Counter(release.recipient_classes for release in releases) == {
        frozenset(): 23 + 31 - 9,
        frozenset({RecipientClass.CASE_MANAGEMENT}): 14,
        frozenset({RecipientClass.LAW_ENFORCEMENT, RecipientClass.PROSECUTION, RecipientClass.CASE_MANAGEMENT}): 31
        + 26,
    }


def test_every_release_of_the_sample_roster_says_what_it_misses() -> None:
    told = [f.text for f in read_participants(SAMPLE, TODAY).notes]
    assert sum(text.startswith("This release is not in force. Missing: ") for text in told) == 116
    assert told.count("“until revoked” is no date. The release has no end.") == 35
    assert told.count("“y” is no date. The release has no signature date.") == 33


def test_text_of_the_sample_roster_that_looks_like_a_formula_stays_text() -> None:
    notes = Counter(draft.note for draft in read_participants(SAMPLE, TODAY).drafts)
    assert notes["=1+1"] == 21
    assert notes["wants ID and glasses"] == 32


@pytest.mark.parametrize("door", ["?", "", "both", "arrest or social"])
def test_an_unknown_door_stays_open_and_is_told(tmp_path: Path, door: str) -> None:
    draft, told = one(tmp_path, Door=door)
    assert draft.door is None
    assert len(told) == 1


@pytest.mark.parametrize("status", ["?", "", "inactive", "closed", "approved - pending"])
def test_an_unknown_status_stays_empty_and_is_told(tmp_path: Path, status: str) -> None:
    draft, told = one(tmp_path, Status=status)
    assert (draft.intake_status, draft.engagement) == (None, None)
    assert len(told) == 1


def test_the_reason_for_not_approving_is_kept(tmp_path: Path) -> None:
    draft, told = one(tmp_path, Status="Ineligible: open warrant")
    assert (draft.intake_status, draft.not_approved_reason) == ("not_approved", "open warrant")
    assert told == []


@pytest.mark.parametrize("signed", ["no", "N", "not signed", "refused"])
def test_a_release_that_was_not_signed_is_no_release(tmp_path: Path, signed: str) -> None:
    draft, told = one(tmp_path, ROI_signed=signed, ROI_covers="police")
    assert draft.release is None
    assert told == ["The list says that no release was signed. None was read."]


@pytest.mark.parametrize("signed", ["y", "on file", "2027-01-01", "13/14/2025"])
def test_only_a_past_day_is_a_signature_date(tmp_path: Path, signed: str) -> None:
    release = release_of(tmp_path, ROI_signed=signed)
    assert release.signed_on is None
    assert "signature date" in release.missing


@pytest.mark.parametrize("end", ["until revoked", "none", "when the case is closed", ""])
def test_only_a_day_is_an_end(tmp_path: Path, end: str) -> None:
    release = release_of(tmp_path, ROI_signed="2026-01-05", ROI_ends=end)
    assert release.ends_on is None
    assert "end" in release.missing


def test_an_end_before_the_signature_is_left_out(tmp_path: Path) -> None:
    release = release_of(tmp_path, ROI_signed="2026-01-05", ROI_ends="2025-01-05")
    assert release.ends_on is None
    assert "end" in release.missing


@pytest.mark.parametrize("covers", ["PD", "all partners", "everyone", "City PD", "all"])
def test_recipients_that_are_not_plainly_named_are_left_out(tmp_path: Path, covers: str) -> None:
    draft, told = one(tmp_path, ROI_covers=covers)
    assert draft.release is not None
    assert draft.release.recipient_classes == frozenset()
    assert "recipients" in draft.release.missing
    assert f"“{covers}” names no one group of recipients. It was left out." in told


def test_recipients_are_read_one_by_one(tmp_path: Path) -> None:
    release = release_of(tmp_path, ROI_covers="Police + D.A. and public defender / probation")
    assert release.recipient_classes == {
        RecipientClass.LAW_ENFORCEMENT,
        RecipientClass.PROSECUTION,
        RecipientClass.DEFENSE,
        RecipientClass.SUPERVISION,
    }


@pytest.mark.parametrize("day", ["soon", "03.04.2026", "2027-01-01", "25/12/2025"])
def test_an_unreadable_day_of_referral_stops_the_roster(tmp_path: Path, day: str) -> None:
    reading = read(tmp_path, f"Name;Referred\nBell, Ana;{day}\nPark, Cleo;2026-01-02\n")
    assert reading.drafts == ()
    assert [(f.row, f.column) for f in reading.problems] == [(2, "Referred")]


def test_a_missing_day_of_referral_is_told(tmp_path: Path) -> None:
    draft, told = one(tmp_path, Referred="")
    assert draft.referred_on is None
    assert told == ["There is no day of referral in this row."]


def test_an_unreadable_birth_date_is_left_out_and_told(tmp_path: Path) -> None:
    draft, told = one(tmp_path, DOB="unk")
    assert draft.birth_date is None
    assert told == ["“unk” is no date."]


def test_one_date_with_its_day_first_makes_every_slashed_date_doubtful(tmp_path: Path) -> None:
    reading = read(tmp_path, "Name;Referred;DOB\nBell, Ana;2026-01-02;03/04/1990\nPark, Cleo;2026-01-02;25/12/1990\n")
    assert [draft.birth_date for draft in reading.drafts] == [None, None]


def test_a_list_that_only_shares_its_names_is_no_roster(tmp_path: Path) -> None:
    reading = read(tmp_path, "Name;Agency;Role;Status\nAna Bell;City PD;Officer;active\n")
    assert reading.drafts == ()
    assert {f.column for f in reading.problems} == {"Referred", ""}


def test_aliases_stand_apart(tmp_path: Path) -> None:
    assert one(tmp_path, AKA="Smokey, J.J. aka Tee / Tee")[0].aliases == ("Smokey", "J.J.", "Tee")
    assert one(tmp_path, AKA="n/a")[0].aliases == ()


def test_a_longer_name_without_a_comma_is_split_with_a_doubt(tmp_path: Path) -> None:
    draft, told = one(tmp_path, Name="Mary Ann Bell")
    assert (draft.given_name, draft.family_name) == ("Mary Ann", "Bell")
    assert told == ["The family name was taken to be “Bell”."]


def test_a_single_word_is_the_family_name_with_a_doubt(tmp_path: Path) -> None:
    draft, told = one(tmp_path, Name="Smokey")
    assert (draft.given_name, draft.family_name) == ("", "Smokey")
    assert len(told) == 1


@pytest.mark.parametrize("name", ["Bell, Jr.", "Bell, Ana, Jr.", ", Ana", "Bell,", ""])
def test_a_name_that_cannot_be_told_apart_stops_the_roster(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path, f"Name;Referred\n{name};2026-01-02\n")
    assert [f.row for f in reading.problems] == [2]


def test_given_and_family_names_may_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    reading = read(tmp_path, "Last;First;Referred\nVan der Berg;Ana Lucía;2026-01-02\n")
    assert (reading.drafts[0].given_name, reading.drafts[0].family_name) == ("Ana Lucía", "Van der Berg")
