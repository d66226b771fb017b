"""Old encrypted pages, an old journal or a whole old desk put back: each is genuine, and each is found.

Whoever can write the folder needs no key for it. SQLCipher accepts an old page in its own place, the database's
structure and the ledger's chain stay sound, and what was revoked counts again.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from sqlalchemy import text

from leaddesk.models import Release, User, protected_tables
from leaddesk.models.ids import policy_id
from leaddesk.models.words import AppRole
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import Form, InformationClass, RecipientClass
from leaddesk.services import agreements, participants, ties
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import (
    AttendeeForm,
    ExclusionForm,
    GrantForm,
    InvolvementForm,
    ParticipantForm,
    ReleaseForm,
    RevocationForm,
)
from leaddesk.services.opening import sign_in
from leaddesk.services.people import save_attendee
from leaddesk.services.verifying import verify
from leaddesk.vault.ledger import Head
from leaddesk.vault.opening import open_desk
from tests.promises.row import Reached
from tests.services.opened import NOON, signed_desk
from tests.vault.making import PASSPHRASE

PAGE = 4096
Change: TypeAlias = Callable[[Unit], object]


def fill(unit: Unit) -> None:
    """A participant with a release, somebody involved with them, and somebody excluded."""
    somebody = save_attendee(unit, AttendeeForm(given_name="Mia", family_name="Hart"))
    one = participants.save_participant(unit, ParticipantForm(given_name="Ana", family_name="Lind"), frozenset())
    participants.save_release(
        unit,
        ReleaseForm(
            participant=one,
            form=Form.GENERAL,
            sources=("g1",),
            to_classes=(RecipientClass.PROGRAM,),
            classes=(InformationClass.IDENTITY,),
            signed_on=unit.today,
            ends_on=unit.today.replace(year=unit.today.year + 1),
        ),
    )
    ties.involve(unit, InvolvementForm(attendee=somebody, participant=one))
    ties.exclude(unit, ExclusionForm(attendee=somebody, participant=one))


def demoted(unit: Unit) -> None:
    unit.rows.get_one(User, 1).app_role = AppRole.SCRIBE


def ended(unit: Unit) -> None:
    unit.rows.get_one(Release, 1).ends_on = unit.today


#: What takes something away, so that the page before it is worth putting back.
CHANGES: tuple[tuple[str, Change], ...] = (
    ("a release revoked", lambda unit: participants.revoke(unit, RevocationForm(participant="p1", release="r1"))),
    ("a release ended", ended),
    ("somebody excluded", lambda unit: ties.exclude(unit, ExclusionForm(attendee="a1", participant="p1"))),
    ("an exclusion ended", lambda unit: ties.end_exclusion(unit, policy_id(Kind.EXCLUSION, 1))),
    ("an involvement ended", lambda unit: ties.end_involvement(unit, policy_id(Kind.INVOLVEMENT, 1))),
    ("need to know granted", lambda unit: ties.grant(unit, GrantForm(
        attendee="a1", participant="p1", classes=(InformationClass.CARE,), reason="asked", ends=unit.today))),
    ("an agreement withdrawn", lambda unit: agreements.withdraw(unit, "a1")),
    ("a user's role changed", demoted),
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked desk, to be copied."""
    folder = tmp_path_factory.mktemp("made") / "desk"
    desk = signed_desk(folder)
    desk.do(fill)
    desk.lock()
    return folder


@pytest.fixture
def before(made: Path, tmp_path: Path) -> Path:
    """The locked desk before anything is taken away."""
    return Path(shutil.copytree(made, tmp_path / "before"))


def at(folder: Path) -> Desk:
    return sign_in(folder, PASSPHRASE, clock=lambda: NOON)


def changed(before: Path, to: Path, change: Change) -> Head:
    """Makes a copy of the desk in which something was taken away; returns its head, kept elsewhere as an anchor."""
    shutil.copytree(before, to)
    desk = at(to)
    desk.do(change)
    desk.lock()
    head = verify(to, PASSPHRASE).head
    assert head is not None
    return head


def pages_of_protected_tables(folder: Path) -> list[int]:
    """The pages at which protected tables and their indexes begin; each of them is one page on so small a desk."""
    with open_desk(folder, PASSPHRASE) as opened, opened.engine.begin() as connection:
        found = connection.execute(text("SELECT tbl_name, rootpage FROM sqlite_master WHERE rootpage > 0"))
        return [page for table, page in found if table in protected_tables()]


def splice(old: Path, into: Path, pages: list[int]) -> int:
    """Puts old pages over the new file, byte by byte; returns how many were another."""
    was, now = (old / "desk.db").read_bytes(), bytearray((into / "desk.db").read_bytes())
    other = 0
    for page in pages:
        place = slice((page - 1) * PAGE, page * PAGE)
        other += was[place] != now[place]
        now[place] = was[place]
    (into / "desk.db").write_bytes(now)
    return other


def without_row_hashes(folder: Path, anchor: Head) -> list[str]:
    """What a check finds that looks at pages, structure, chain and anchors alone: the broken variant."""
    with open_desk(folder, PASSPHRASE) as opened:
        return [finding.what for finding in opened.check(anchor)]


@pytest.mark.promise("old pages of protected tables put back", "found by row hashes, all else clean")
def test_old_pages_of_protected_tables_are_found_by_row_hashes_alone(
    before: Path, tmp_path: Path, reached: Reached
) -> None:
    found, pages = 0, pages_of_protected_tables(before)
    for number, (name, change) in enumerate(CHANGES):
        after = tmp_path / f"after-{number}"
        anchor = changed(before, after, change)
        assert splice(before, after, pages), name
        assert without_row_hashes(after, anchor) == [], name
        whats = [finding.what for finding in verify(after, PASSPHRASE, [anchor]).findings]
        found += bool(whats) and all("was put back" in what or "is gone" in what for what in whats)
    reached(f"{found} of {len(CHANGES)} found", times=len(CHANGES))
    assert found == len(CHANGES)


@pytest.mark.promise("an old journal put back beside a newer database", "found")
def test_an_old_journal_is_found(before: Path, tmp_path: Path, reached: Reached) -> None:
    after, journal = tmp_path / "after", tmp_path / "journal"
    shutil.copytree(before, after)
    desk = at(after)
    desk.do(ended)
    shutil.copy(after / "desk.db-wal", journal)
    desk.do(CHANGES[0][1])
    desk.lock()
    assert verify(after, PASSPHRASE).sound
    shutil.copy(journal, after / "desk.db-wal")
    found = not verify(after, PASSPHRASE).sound
    reached("found" if found else "not found", times=1)
    assert found


@pytest.mark.promise("a whole old database put back beside a newer key file", "found")
def test_a_whole_old_database_is_found(before: Path, tmp_path: Path, reached: Reached) -> None:
    changed(before, tmp_path / "after", CHANGES[0][1])
    shutil.copy(before / "desk.db", tmp_path / "after" / "desk.db")
    (finding,) = verify(tmp_path / "after", PASSPHRASE).findings
    reached("found", times=1)
    assert finding.what == "The database is older than the key file beside it: later changes are missing."


@pytest.mark.promise("a whole old desk put back, key file and all", "found by an anchor in hand")
def test_a_whole_old_desk_is_found_by_the_anchor_in_hand(before: Path, tmp_path: Path, reached: Reached) -> None:
    anchor = changed(before, tmp_path / "after", CHANGES[0][1])
    assert verify(tmp_path / "after", PASSPHRASE, [anchor]).sound
    assert verify(before, PASSPHRASE).sound, "nothing in the folder itself can tell"
    whats = [finding.what for finding in verify(before, PASSPHRASE, [anchor]).findings]
    reached("found" if whats else "not found", times=1)
    assert len(whats) == 1
    assert "missing" in whats[0]
