"""Users come, go and change; what the chair alone may do refuses a scribe, and what both may do works for one."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import DatabaseError

from leaddesk.errors import KnownError
from leaddesk.models.words import AppRole
from leaddesk.policy.users import UsersView
from leaddesk.policy.views import CopyKind, IdleCard, Slide
from leaddesk.policy.vocabulary import InformationClass, Role
from leaddesk.services import (
    agenda,
    agreements,
    entries,
    meetings,
    minutes,
    paper_keys,
    papers,
    participants,
    people,
    ties,
    users,
)
from leaddesk.services.desk import Desk, NotForThisUser, Unit
from leaddesk.services.drafts import AgencyForm, AttendeeForm, ExclusionForm, GrantForm, ParticipantForm, Signed
from leaddesk.services.live import LiveMeeting
from leaddesk.services.meetings import MeetingForm
from leaddesk.services.opening import new_desk, recover, sign_in
from leaddesk.services.passphrases import WeakPassphrase
from leaddesk.services.texts import Words, Writer
from leaddesk.services.users import LastChair
from leaddesk.vault.connection import connect
from leaddesk.vault.errors import WrongPaperKey, WrongPassphrase
from leaddesk.vault.header import decode
from leaddesk.vault.keys import open_slot
from leaddesk.vault.opening import open_desk
from tests.services.opened import NEW, NOON, ledger, signed_desk
from tests.vault.making import FLOOR, PASSPHRASE

THEIRS = "seven boats under a tin roof"
OTHER = "gravel road, cold lemonade, owl"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def desk(folder: Path) -> Desk:
    return signed_desk(folder)


def attendee(desk: Desk, given: str, family: str, role: Role = Role.SCRIBE) -> str:
    return desk.do(people.save_attendee, AttendeeForm(given_name=given, family_name=family, roles=(role,)))


def with_user(desk: Desk, given: str, family: str, role: AppRole, passphrase: str) -> str:
    who = attendee(desk, given, family)
    users.add_user(desk, who, role, passphrase, kdf=FLOOR)
    return who


def at(folder: Path, passphrase: str, slot: int | None = None) -> Desk:
    return sign_in(folder, passphrase, clock=lambda: NOON, slot=slot)


def view(desk: Desk) -> UsersView:
    return desk.do(users.list_users, desk.everyday, has_paper_key=desk.has_paper_key)


def actions(desk: Desk) -> list[str]:
    return [entry.action for entry in ledger(desk)]


def test_a_new_user_opens_the_desk_as_themselves_and_the_ledger_names_no_passphrase(desk: Desk, folder: Path) -> None:
    who = with_user(desk, "Mia", "Hart", AppRole.SCRIBE, THEIRS)
    added = ledger(desk)[-1]
    assert (added.action, added.objects, added.payload) == (
        "user_added",
        {"attendee": who},
        {"app_role": "scribe", "slot": 2},
    )
    desk.lock()
    theirs = at(folder, THEIRS)
    assert (theirs.user.id, theirs.user.app_role) == (who, AppRole.SCRIBE)
    theirs.lock()
    mine = at(folder, PASSPHRASE, slot=1)
    assert mine.user.app_role is AppRole.CHAIR
    mine.lock()
    with pytest.raises(WrongPassphrase):
        at(folder, PASSPHRASE, slot=2)


def test_the_list_shows_everybody_by_slot_and_who_could_be_added(desk: Desk) -> None:
    desk.do(people.save_agency, AgencyForm(name="Harbor House"))
    mia = with_user(desk, "Mia", "Hart", AppRole.SCRIBE, THEIRS)
    tom = attendee(desk, "Tom", "Bell")
    attendee_gone = attendee(desk, "Ola", "Vance")
    desk.do(people.save_attendee, AttendeeForm(id=attendee_gone, given_name="Ola", family_name="Vance", active=False))
    told = view(desk)
    assert [(row.id, row.name, row.app_role, row.slot, row.me) for row in told.rows] == [
        (desk.user.id, "Jo Reyes", "chair", 1, True),
        (mia, "Mia Hart", "scribe", 2, False),
    ]
    assert (told.rows[0].found.title, told.rows[0].found.detail) == ("Jo Reyes (you)", "Chair · LEAD PMT · slot 1")
    assert [one.id for one in told.candidates] == [tom]
    assert (told.manages, told.has_paper_key) == (True, False)


def test_whoever_has_not_signed_yet_reads_no_name_on_the_list(folder: Path) -> None:
    with_names = new_desk(folder, NEW, PASSPHRASE, clock=lambda: NOON, kdf=FLOOR)
    (row,) = view(with_names).rows
    assert (row.name, row.agency, row.slot, row.me) == ("Somebody", "", 1, True)


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("short one", "fewer than 12"),
        ("passwordpassword", "too easy"),
        ("Mia Hart Mia Hart Mia", "too easy"),
        ("Harbor County LEAD 2026", "too easy"),
        ("            ", "fewer than 12"),
    ],
)
def test_a_weak_passphrase_or_one_of_known_names_adds_nobody(desk: Desk, passphrase: str, said: str) -> None:
    who = attendee(desk, "Mia", "Hart")
    with pytest.raises(WeakPassphrase, match=said):
        users.add_user(desk, who, AppRole.SCRIBE, passphrase, kdf=FLOOR)
    assert len(view(desk).rows) == 1
    assert "user_added" not in actions(desk)


def test_nobody_is_added_twice_nor_after_they_left(desk: Desk) -> None:
    who = with_user(desk, "Mia", "Hart", AppRole.SCRIBE, THEIRS)
    with pytest.raises(KnownError, match="a user already"):
        users.add_user(desk, who, AppRole.CHAIR, OTHER, kdf=FLOOR)
    gone = attendee(desk, "Ola", "Vance")
    desk.do(people.save_attendee, AttendeeForm(id=gone, given_name="Ola", family_name="Vance", active=False))
    with pytest.raises(KnownError, match="do not attend"):
        users.add_user(desk, gone, AppRole.SCRIBE, OTHER, kdf=FLOOR)


def test_eight_may_unlock_a_desk_and_no_ninth(desk: Desk, folder: Path) -> None:
    for number in range(2, 9):
        with_user(desk, "Tess", f"Bell{number}", AppRole.SCRIBE, f"{THEIRS} {number}")
    ninth = attendee(desk, "Tess", "Bell9")
    with pytest.raises(KnownError, match="at most 8"):
        users.add_user(desk, ninth, AppRole.SCRIBE, OTHER, kdf=FLOOR)
    desk.lock()
    last = at(folder, f"{THEIRS} 8")
    assert view(last).rows[-1].slot == 8


def test_a_removed_user_is_shut_out_and_a_kept_key_file_opens_nothing(desk: Desk, folder: Path) -> None:
    who = with_user(desk, "Mia", "Hart", AppRole.CHAIR, THEIRS)
    kept = (folder / "keys.json").read_bytes()
    done: list[tuple[int, int]] = []
    users.remove_user(desk, who, progress=lambda pages, whole: done.append((pages, whole)))
    assert actions(desk)[-1] == "user_removed"
    desk.lock()
    # What they kept opens the key of then, and that key opens the desk no more.
    header = decode(kept)
    key = open_slot(header.slot(2), THEIRS, desk=header.desk)
    assert key is not None
    with pytest.raises((KnownError, DatabaseError)):
        connect(folder / "desk.db", key).close()
    with pytest.raises(WrongPassphrase):
        at(folder, THEIRS)
    assert done[-1][0] == done[-1][1] > 0
    for name in ("keys.json", "keys.previous.json"):
        (folder / name).write_bytes(kept)
    with pytest.raises(KnownError):
        at(folder, THEIRS)


def test_everybody_else_keeps_their_passphrase_and_the_paper_key_after_a_removal(folder: Path) -> None:
    fresh = paper_keys.for_new_desk(NOON.date())
    desk = new_desk(folder, NEW, PASSPHRASE, clock=lambda: NOON, paper_key=fresh, kdf=FLOOR)
    with_user(desk, "Tom", "Bell", AppRole.SCRIBE, OTHER)
    users.remove_user(desk, with_user(desk, "Mia", "Hart", AppRole.SCRIBE, THEIRS))
    desk.lock()
    at(folder, OTHER).lock()
    at(folder, PASSPHRASE).lock()
    recover(folder, fresh.secret, "new words for an old chair", clock=lambda: NOON, kdf=FLOOR)
    at(folder, "new words for an old chair").lock()


def test_a_canceled_removal_changes_nothing(desk: Desk, folder: Path) -> None:
    who = with_user(desk, "Mia", "Hart", AppRole.SCRIBE, THEIRS)

    def cancel(_pages: int, _whole: int) -> None:
        raise KnownError("Canceled.")

    with pytest.raises(KnownError, match=r"Canceled\."):
        users.remove_user(desk, who, progress=cancel)
    assert len(view(desk).rows) == 2
    desk.lock()
    at(folder, THEIRS).lock()


def test_no_new_key_is_made_while_a_meeting_is_open(desk: Desk, folder: Path) -> None:
    who = with_user(desk, "Mia", "Hart", AppRole.SCRIBE, THEIRS)
    users.replace_paper_key(desk, paper_keys.for_desk(desk), kdf=FLOOR)
    before = paper_keys.for_desk(desk)
    meeting = desk.do(meetings.at_hand)
    desk.do(meetings.open_meeting, meeting)
    with pytest.raises(KnownError, match="while a meeting is open"):
        users.remove_user(desk, who)
    with pytest.raises(KnownError, match="while a meeting is open"):
        users.replace_paper_key(desk, before, kdf=FLOOR)
    with pytest.raises(KnownError, match="while a meeting is open"):
        paper_keys.for_desk(desk)
    desk.do(meetings.close_meeting, meeting)
    users.remove_user(desk, who)
    desk.lock()
    with pytest.raises(WrongPassphrase):
        at(folder, THEIRS)


def test_who_was_removed_can_come_back_with_a_slot_number_that_nobody_had(desk: Desk, folder: Path) -> None:
    who = with_user(desk, "Mia", "Hart", AppRole.SCRIBE, THEIRS)
    users.remove_user(desk, who)
    users.add_user(desk, who, AppRole.CHAIR, OTHER, kdf=FLOOR)
    assert [(row.id, row.slot, row.app_role) for row in view(desk).rows[1:]] == [(who, 3, "chair")]
    desk.lock()
    with pytest.raises(WrongPassphrase):
        at(folder, THEIRS)
    assert at(folder, OTHER).user.id == who


def test_a_desk_always_has_a_chair_and_nobody_removes_themselves(desk: Desk) -> None:
    me = desk.user.id
    with pytest.raises(LastChair):
        desk.do(users.change_role, me, AppRole.SCRIBE)
    with pytest.raises(KnownError, match="remove themselves"):
        users.remove_user(desk, me)
    who = with_user(desk, "Mia", "Hart", AppRole.SCRIBE, THEIRS)
    desk.do(users.change_role, who, AppRole.CHAIR)
    desk.do(users.change_role, me, AppRole.SCRIBE)
    assert [row.app_role for row in view(desk).rows] == ["scribe", "chair"]
    with pytest.raises(KnownError, match="no user"):
        desk.do(users.change_role, attendee(desk, "Tom", "Bell"), AppRole.CHAIR)


def test_a_changed_passphrase_opens_and_the_old_one_does_not_even_with_a_kept_copy(desk: Desk, folder: Path) -> None:
    with pytest.raises(WrongPassphrase):
        users.change_passphrase(desk, "not the old one", OTHER, kdf=FLOOR)
    with pytest.raises(KnownError, match="the old one"):
        users.change_passphrase(desk, PASSPHRASE, PASSPHRASE, kdf=FLOOR)
    with pytest.raises(WeakPassphrase):
        users.change_passphrase(desk, PASSPHRASE, "Jo Reyes Jo Reyes", kdf=FLOOR)
    users.change_passphrase(desk, PASSPHRASE, OTHER, kdf=FLOOR)
    assert actions(desk)[-1] == "passphrase_changed"
    desk.lock()
    for name in ("keys.json", "keys.previous.json"):
        assert json.loads((folder / name).read_bytes())["generation"] >= 2
    with pytest.raises(WrongPassphrase):
        at(folder, PASSPHRASE)
    at(folder, OTHER).lock()


def test_a_first_paper_key_needs_no_new_data_key_and_a_second_shuts_the_first_out(desk: Desk, folder: Path) -> None:
    first = paper_keys.for_desk(desk)
    users.replace_paper_key(desk, first, kdf=FLOOR)
    kept = (folder / "keys.json").read_bytes()
    second = paper_keys.for_desk(desk)
    users.replace_paper_key(desk, second, kdf=FLOOR)
    assert actions(desk)[-2:] == ["paper_key_made", "paper_key_made"]
    desk.lock()
    with pytest.raises(WrongPaperKey):
        recover(folder, first.secret, OTHER, clock=lambda: NOON, kdf=FLOOR)
    recover(folder, second.secret, OTHER, clock=lambda: NOON, kdf=FLOOR)
    at(folder, OTHER).lock()
    for name in ("keys.json", "keys.previous.json"):
        (folder / name).write_bytes(kept)
    with pytest.raises(KnownError):
        recover(folder, first.secret, THEIRS, clock=lambda: NOON, kdf=FLOOR)


def test_a_paper_key_is_read_back_however_it_is_typed_and_another_is_not_taken(desk: Desk) -> None:
    fresh, other = paper_keys.for_desk(desk), paper_keys.for_desk(desk)
    fresh.read_back("-".join(fresh.sheet.groups).lower())
    with pytest.raises(paper_keys.AnotherPaperKey):
        fresh.read_back(other.secret)
    with pytest.raises(KnownError, match="no paper key"):
        fresh.read_back(fresh.secret[:-1])
    assert fresh.secret not in repr(fresh)
    assert fresh.desk == desk.number


# What a user may do


@pytest.fixture
def scribe(desk: Desk, folder: Path) -> Desk:
    """The desk opened by its scribe, who attends as one and has signed; a participant and a meeting are on it."""
    who = with_user(desk, "Mia", "Hart", AppRole.SCRIBE, THEIRS)
    attendee(desk, "Tom", "Bell", Role.OFFICER)
    desk.do(participants.save_participant, ParticipantForm(given_name="Ana", family_name="Lind"), desk.everyday)
    desk.do(meetings.plan, MeetingForm(held_on=NOON.date(), starts_at=NOON))
    desk.do(ties.exclude, ExclusionForm(attendee=desk.user.id, participant="p1", reason="a cousin"))
    desk.lock()
    theirs = at(folder, THEIRS)
    theirs.do(agreements.sign, signed(who))
    return theirs


class Screen:
    """A projector that counts the slides it gets."""

    def __init__(self) -> None:
        self.slides = 0

    def show_slide(self, _slide: Slide, *, again: bool = False) -> None:
        del again
        self.slides += 1

    def show_idle(self, _card: IdleCard) -> None:
        pass

    def show_black(self) -> None:
        pass

    def narrow(self, _card: IdleCard, resume: Callable[[], None]) -> None:
        resume()


def file_line(unit: Unit) -> str:
    filing = entries.Filing(
        meeting=1, item=None, words=Words(text="Chairs are short.", cls=InformationClass.OPERATIONS)
    )
    return entries.file_entry(unit, filing, Writer(unit, frozenset()))


def signed(who: str) -> Signed:
    return Signed(
        attendee=who,
        language="en",
        method="typed",
        printed_name="Mia Hart",
        typed="Mia Hart",
        agency="LEAD PMT",
        role="Scribe",
        duties="",
        conflicts=(),
    )


GRANT = GrantForm(
    attendee="a3",
    participant="p1",
    classes=(InformationClass.CARE,),
    reason="covers for the case manager",
    ends=date(2026, 6, 1),
)

FOR_THE_CHAIR: dict[str, Callable[[Desk], object]] = {
    "granting": lambda desk: desk.do(ties.grant, GRANT),
    "ending an exclusion": lambda desk: desk.do(ties.end_exclusion, "x1"),
    "deciding a disclosed conflict": lambda desk: desk.do(ties.decide_exclusion, ("x1", True)),
    "adding a user": lambda desk: users.add_user(desk, "a3", AppRole.CHAIR, OTHER, kdf=FLOOR),
    "changing a role": lambda desk: desk.do(users.change_role, desk.user.id, AppRole.CHAIR),
    "removing a user": lambda desk: users.remove_user(desk, "a1"),
    "drawing up a paper key": paper_keys.for_desk,
    "making a paper key": lambda desk: users.replace_paper_key(desk, paper_keys.for_new_desk(NOON.date()), kdf=FLOOR),
    "finalizing": lambda desk: desk.do(minutes.finalize, desk.do(meetings.at_hand)),
}


@pytest.mark.parametrize("act", FOR_THE_CHAIR.values(), ids=FOR_THE_CHAIR.keys())
def test_what_is_for_the_chair_refuses_a_scribe_and_changes_nothing(
    scribe: Desk, act: Callable[[Desk], object]
) -> None:
    before = ledger(scribe)
    with pytest.raises(NotForThisUser, match="is for the chair"):
        act(scribe)
    assert ledger(scribe) == before


def test_a_scribe_enters_checks_in_runs_the_projector_confirms_and_prints(scribe: Desk) -> None:
    meeting = scribe.do(meetings.at_hand)
    screen = Screen()
    live = LiveMeeting(scribe, meeting, screen, lambda: NOON)
    live.do(meetings.open_meeting, meeting)
    live.do(agenda.add_item, live.number, participant="p1")
    live.refresh()
    live.arrive(scribe.user.id)
    live.confirm()
    assert live.show(live.material.agenda[-1].id)
    assert screen.slides == 1
    live.do(file_line)
    live.close()
    assert scribe.do(papers.print_minutes, meeting, CopyKind.ROOM, scribe.everyday).pdf.startswith(b"%PDF")
    assert scribe.do(papers.print_agreement, "en", None).pdf.startswith(b"%PDF")


def test_a_scribe_sees_who_the_users_are_and_changes_their_own_passphrase(scribe: Desk, folder: Path) -> None:
    told = view(scribe)
    assert [(row.name, row.me) for row in told.rows] == [("Jo Reyes", False), ("Mia Hart", True)]
    assert (told.manages, told.candidates) == (False, ())
    users.change_passphrase(scribe, THEIRS, OTHER, kdf=FLOOR)
    scribe.lock()
    at(folder, OTHER).lock()
    at(folder, PASSPHRASE).lock()


def test_a_slot_without_a_user_opens_nothing(desk: Desk, folder: Path) -> None:
    desk.lock()
    with open_desk(folder, PASSPHRASE) as opened, opened.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE user SET active = 0")
    with pytest.raises(KnownError, match="belongs to nobody"):
        at(folder, PASSPHRASE)
