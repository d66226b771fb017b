"""A key that shows the next item is one transaction, on disk before its frame; views are kept between changes."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from typing_extensions import override

from leaddesk.application import now
from leaddesk.errors import KnownError
from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.material import Material, raw
from leaddesk.policy.slides import slide
from leaddesk.policy.views import IdleCard, Slide
from leaddesk.services import meetings
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Desk
from leaddesk.services.live import LiveMeeting
from leaddesk.services.opening import sign_in
from leaddesk.vault.errors import DiskRefused
from leaddesk.vault.ledger import LedgerEntry
from leaddesk.vault.protected import ROWS


class Recorder:
    """A projector that notes what it was told, and how many ledger entries were on disk then."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.told: list[tuple[object, int]] = []

    def _tell(self, what: object) -> None:
        self.told.append((what, len(entries(self._desk))))

    def show_slide(self, slide: Slide, *, again: bool = False) -> None:
        del again
        self._tell(slide)

    def show_idle(self, card: IdleCard) -> None:
        self._tell(card)

    def show_black(self) -> None:
        self._tell(None)

    def narrow(self, card: IdleCard, resume: Callable[[], None]) -> None:
        self._tell(card)
        resume()


def entries(desk: Desk) -> list[LedgerEntry]:
    with desk.unit() as unit:
        return [entry for entry in unit.ledger_entries() if entry.action != ROWS]


@pytest.fixture
def desk(demo: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(demo, tmp_path / "desk")
    ticks = iter(range(1_000_000))
    began = now()
    opened = sign_in(tmp_path / "desk", PASSPHRASE, clock=lambda: began + timedelta(milliseconds=next(ticks)))
    yield opened
    opened.lock()


@pytest.fixture
def live(desk: Desk) -> LiveMeeting:
    meeting = desk.do(meetings.latest)
    assert meeting is not None
    running = LiveMeeting(desk, meeting, Recorder(desk), lambda: desk.now)
    running.confirm()
    running.show(running.material.agenda[0].id)
    return running


def test_the_next_item_is_one_transaction_and_on_disk_before_its_frame(desk: Desk, live: LiveMeeting) -> None:
    recorder = live._projector
    assert isinstance(recorder, Recorder)
    before = len(entries(desk))
    live.show_next()
    told = entries(desk)[before:]
    assert [entry.action for entry in told] == ["item_discussed", "shown_until", "projected"]
    assert len({entry.at for entry in told}) == 1
    assert recorder.told[-1][1] == before + len(told)


def test_what_was_left_behind_is_discussed_in_the_very_next_material(live: LiveMeeting) -> None:
    first = live.material.agenda[0]
    assert raw(first, "discussed_at") is None
    live.show_next()
    assert raw(live.material.items[first.id], "discussed_at") is not None


def test_a_next_item_that_can_not_be_written_leaves_nothing_of_it(
    desk: Desk, live: LiveMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, before = live.material.agenda[0].id, entries(desk)

    def refuse(*_args: object, **_kwargs: object) -> int:
        raise DiskRefused

    monkeypatch.setattr("leaddesk.services.showing.note_told", refuse)
    with pytest.raises(DiskRefused):
        live.show_next()
    assert entries(desk) == before
    assert raw(live.material.items[first], "discussed_at") is None
    recorder = live._projector
    assert isinstance(recorder, Recorder)
    assert isinstance(recorder.told[-1][0], IdleCard)


def test_views_are_kept_until_the_room_or_the_desk_changes(live: LiveMeeting) -> None:
    composed: list[int] = []

    def compose() -> int:
        composed.append(1)
        return len(composed)

    live.refresh()
    assert [live.composed("view", compose) for _ in range(2)] == [1, 1]
    live.refresh()
    assert live.composed("view", compose) == 1
    live.walk_in()
    assert live.composed("view", compose) == 2
    live.do(meetings.set_next_meeting, live.meeting, live.material.today)
    assert live.composed("view", compose) == 3


class Pausing(Recorder):
    """A projector whose pause on the public card ends when it is told to."""

    resume: Callable[[], None]

    @override
    def narrow(self, card: IdleCard, resume: Callable[[], None]) -> None:
        self._tell(card)
        self.resume = resume


@pytest.fixture
def by_name(desk: Desk) -> LiveMeeting:
    """A meeting in which somebody is live by name, and nobody from the community is there."""
    meeting = desk.do(meetings.latest)
    assert meeting is not None
    running = LiveMeeting(desk, meeting, Pausing(desk), lambda: desk.now)
    for person in [one for one in running.watch.room.present.values() if one.role == "community"]:
        running.leave(person.person)
    running.confirm()
    for item in running.material.agenda:
        if item.links.get("participant"):
            running.show(item.id)
            if running._shown is not None and running._shown.composed.named:
                return running
    raise AssertionError


def guest_of(live: LiveMeeting) -> str:
    facts = live.watch.facts
    return next(one.id for one in facts.people.values() if one.role == "community")


def test_a_check_in_that_narrows_is_seen_first_and_one_transaction_after_that(
    desk: Desk, by_name: LiveMeeting
) -> None:
    recorder, before = by_name._projector, len(entries(desk))
    assert isinstance(recorder, Pausing)
    by_name.arrive(guest_of(by_name))
    told = entries(desk)[before:]
    assert [entry.action for entry in told] == ["shown_until", "checked_in"]
    assert len({entry.at for entry in told}) == 1
    assert isinstance(recorder.told[-1][0], IdleCard)
    assert recorder.told[-1][1] == before


def test_a_check_in_that_can_not_be_written_narrows_and_ends_what_was_shown_all_the_same(
    desk: Desk, by_name: LiveMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest, before = guest_of(by_name), len(entries(desk))

    def refuse(*_args: object) -> None:
        raise KnownError("The meeting is over.")

    monkeypatch.setattr("leaddesk.services.live.attendance.arrive", refuse)
    with pytest.raises(KnownError):
        by_name.arrive(guest)
    assert [entry.action for entry in entries(desk)[before:]] == ["shown_until"]
    assert guest not in by_name.watch.room.present
    assert by_name.watch.waits


def test_what_was_composed_as_next_or_as_left_is_not_composed_again_to_be_shown(
    by_name: LiveMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert by_name.upcoming().slide is not None
    composed: list[str | None] = []

    def count(material: Material, disclosure: Disclosure, item: str | None) -> Slide:
        composed.append(item)
        return slide(material, disclosure, item)

    monkeypatch.setattr("leaddesk.services.shown.slide", count)
    by_name.show_next()
    assert composed == []
    recorder, live = by_name._projector, by_name.live_item
    assert isinstance(recorder, Pausing)
    by_name.arrive(guest_of(by_name))
    assert composed == [live]
    recorder.resume()
    assert composed == [live]
    assert by_name._shown is None or by_name._shown.composed.named == frozenset()


def test_what_is_done_is_read_anew_in_its_own_transaction(desk: Desk, live: LiveMeeting) -> None:
    began: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        began.extend(statement for _ in range(statement.startswith("BEGIN")))

    event.listen(desk.vault.engine, "before_cursor_execute", hear)
    day = live.material.today
    live.do(meetings.set_next_meeting, live.meeting, day)
    assert len(began) == 1
    assert raw(live.material.meeting, "next_meeting_on") == day
    live.refresh()
    assert raw(live.material.meeting, "next_meeting_on") == day
    event.remove(desk.vault.engine, "before_cursor_execute", hear)
