"""The ledger as it is read for the screen."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

import leaddesk.services
from leaddesk.policy.ledger_rows import LedgerView, LedgerWish
from leaddesk.policy.ledger_words import LedgerKind, known_actions
from leaddesk.services import agreements, participants
from leaddesk.services.desk import Desk
from leaddesk.services.drafts import AttendeeForm, ParticipantForm, ReleaseForm
from leaddesk.services.ledger_reading import ledger_people, read_ledger
from leaddesk.services.people import save_attendee
from tests.services.opened import signed_desk

#: An action where a verb writes it: a plain word, or the beginning of one that ends in a word of a vocabulary.
_WRITTEN = re.compile(r'(?:\.note\(\s*|note_told,\s*|note_told\(unit, |note_told\(\s*unit, |action=)f?"([a-z_]+)')


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = signed_desk(tmp_path / "desk")
    made.do(save_attendee, AttendeeForm(given_name="Mia", family_name="Hart"))
    made.do(participants.save_participant, ParticipantForm(given_name="Ana", family_name="Lind"), made.everyday)
    made.do(participants.save_release, ReleaseForm(participant="p1"))
    yield made
    made.lock()


def read(desk: Desk, before: int | None = None, limit: int = 200, **wish: object) -> LedgerView:
    return desk.do(read_ledger, desk.everyday, LedgerWish(**wish), before, limit)  # type: ignore[arg-type]


def titles(view: LedgerView) -> list[str]:
    return [row.title for row in view.rows]


def test_the_newest_come_first_without_the_fingerprints_of_rows(desk: Desk) -> None:
    view = read(desk)
    assert titles(view) == [
        "Saved a release of Ana Lind",
        "Saved Ana Lind",
        "Saved Mia Hart",
        "Jo Reyes signed the confidentiality agreement",
        "Made this desk",
    ]
    assert view.heading == "5 entries"
    assert view.before is None


def test_a_long_ledger_is_read_in_parts(desk: Desk) -> None:
    first = read(desk, limit=3)
    rest = read(desk, before=first.before, limit=3)
    assert titles(first) + titles(rest) == titles(read(desk))
    assert first.heading == "5 entries"
    assert rest.before is None


def test_entries_are_chosen_by_kind_person_and_day(desk: Desk) -> None:
    assert titles(read(desk, kind=LedgerKind.RIGHTS)) == ["Saved a release of Ana Lind"]
    assert titles(read(desk, person="p1")) == ["Saved a release of Ana Lind", "Saved Ana Lind"]
    assert titles(read(desk, person="a2")) == ["Saved Mia Hart"]
    assert len(read(desk, kind=LedgerKind.HASHES).rows) == 3
    today = date(2026, 5, 6)
    assert len(read(desk, since=today, until=today).rows) == 5
    assert read(desk, since=today + timedelta(days=1)).heading == "No entries  ·  since 7 May 2026"
    assert read(desk, until=today - timedelta(days=1)).rows == ()


def test_what_no_kind_names_is_everything_else(desk: Desk) -> None:
    assert read(desk, kind=LedgerKind.OTHER).rows == ()
    with desk.unit() as unit:
        unit.note("a_verb_of_tomorrow")
    assert titles(read(desk, kind=LedgerKind.OTHER)) == ["A verb of tomorrow"]


def test_an_unsigned_user_reads_nothing(desk: Desk) -> None:
    desk.do(agreements.withdraw, desk.user.id)
    view = read(desk)
    assert view.rows == ()
    assert view.heading.startswith("You may read the ledger once your agreement is in force")


def test_those_who_attend_and_the_participants_whom_the_user_may_know_can_be_chosen(desk: Desk) -> None:
    assert [one.id for one in desk.do(ledger_people, desk.everyday)] == ["a2", "a1", "p1"], "by family name"
    desk.do(agreements.withdraw, desk.user.id)
    assert [one.id for one in desk.do(ledger_people, desk.everyday)] == ["a2", "a1"]


def test_every_action_that_a_verb_writes_has_words() -> None:
    folder = Path(str(leaddesk.services.__file__)).parent
    written = {
        action for source in folder.glob("*.py") for action in _WRITTEN.findall(source.read_text(encoding="utf-8"))
    }
    assert {"projected", "exported", "release_revoked", "agreement_", "imported"} <= written
    assert [one for one in written if not any(known.startswith(one) for known in known_actions())] == []
