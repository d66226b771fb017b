"""A key that shows the next item is one transaction, on disk before its frame; views are kept between changes."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.application import now
from leaddesk.policy.material import raw
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

    def show_slide(self, slide: Slide) -> None:
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
