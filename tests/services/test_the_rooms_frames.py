"""Between something that happens and the room's next frame: the time, corrections, and what goes wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from leaddesk.errors import KnownError
from leaddesk.models import Release
from leaddesk.models.ids import row_id
from leaddesk.policy.desk_views import EntryKind
from leaddesk.policy.records import Kind
from leaddesk.policy.views import IdleCard, ParticipantSlide, PlaceSlide, Slide
from leaddesk.services import entries, entry_line, participants, places
from leaddesk.services.desk import Unit
from leaddesk.services.entry_line import Line
from leaddesk.services.live import LiveMeeting
from leaddesk.services.registers import read_registers
from leaddesk.services.texts import LooksLikeAName
from leaddesk.services.undo import Did
from tests.services.opened import ledger
from tests.services.running import Running

#: The end of the day in Harbor County on which the meeting is held.
MIDNIGHT = datetime(2026, 5, 7, 7, 0, tzinfo=UTC)


def by_name_until_midnight(on: Running, family: str = "Brooks") -> str:
    """Shows somebody by name whose releases end with the day, one second before it ends; returns the item."""
    participant = on.participant(family)

    def end(unit: Unit) -> None:
        number = row_id(Kind.PARTICIPANT, participant)
        for release in unit.rows.scalars(sa.select(Release).where(Release.participant_id == number)):
            release.ends_on = unit.today

    on.live.do(end)
    item = next(item.id for item in on.live.material.agenda if item.links.get("participant") == participant)
    on.clock.now = MIDNIGHT - timedelta(seconds=1)
    on.live.confirm()
    on.live.show(item)
    assert family in shown_name(on)
    return item


def shown_name(on: Running) -> str:
    slide = on.screen.slides[-1]
    return slide.name if isinstance(slide, ParticipantSlide) else ""


def at_hand(live: LiveMeeting) -> str | None:
    return live.live_item


def open_entries(on: Running) -> list[int]:
    entries = ledger(on.desk)
    ended = {entry.objects["entry"] for entry in entries if entry.action == "shown_until"}
    return [entry.sequence for entry in entries if entry.action == "projected" and entry.sequence not in ended]


# Time


def test_what_ends_before_the_chair_confirms_turns_no_name_into_a_code_before_all_eyes(on: Running) -> None:
    item = by_name_until_midnight(on)
    on.clock.now = MIDNIGHT
    frames = len(on.screen.slides)
    on.live.confirm()
    on.screen.resume()
    assert [type(slide) for slide in on.screen.slides[frames:]] == [IdleCard, IdleCard]
    assert on.live.live_item is None, "it does not come back by itself"
    on.live.show(item)
    assert shown_name(on).startswith("P-"), "the chair shows it anew"


def test_what_ends_within_the_pause_turns_no_name_into_a_code_either(on: Running) -> None:
    by_name_until_midnight(on)
    on.live.do_narrowing(lambda unit: unit.note("widening_confirmed"))
    on.clock.now = MIDNIGHT
    on.screen.resume()
    assert type(on.screen.slides[-1]) is IdleCard
    assert on.live.live_item is None
    assert ledger(on.desk)[-1].action == "time_passed", "a clock set back later can't bring it back"


def test_what_has_ended_is_seen_before_the_next_thing_that_anybody_may_have_is_shown(on: Running) -> None:
    by_name_until_midnight(on)
    on.clock.now = MIDNIGHT
    on.live.show_public_next()
    assert on.live.watch.at == MIDNIGHT


# Corrections


def test_a_wording_taken_away_or_corrected_does_not_come_back_after_the_pause(on: Running) -> None:
    item = on.item("place")
    on.live.select(item)
    entry_line.file(on.live, Line(kind=EntryKind.UPDATE, text="the lamp is fixed"))
    on.live.show(item)
    place = on.live.material.items[item].links["priority"]
    form = on.desk.do(read_registers, on.desk.everyday, lambda registers: registers.priority_form(place))
    live = on.screen.slides[-1]
    assert isinstance(live, PlaceSlide)
    assert form.response
    assert form.response in live.response
    corrected = replace(form, response="Two lamps are ordered.")
    on.live.do_narrowing(places.save_priority, corrected, on.desk.everyday, frozenset())
    entry_line.file(on.live, Line(kind=EntryKind.UPDATE, text="the bench is fixed"))
    on.screen.resume()
    live = on.screen.slides[-1]
    assert isinstance(live, PlaceSlide)
    assert "Two lamps are ordered." in live.response
    assert form.response not in live.response
    assert "the lamp is fixed" in live.response
    assert "the bench is fixed" not in live.response, "what is new joins when it is shown anew"


# What goes wrong


def broken(*_args: object, **_kwargs: object) -> Slide:
    raise RuntimeError


@pytest.mark.parametrize("event", ["arrive", "show", "resume", "walk_in", "idle"])
def test_a_slide_that_can_not_be_composed_leaves_the_public_card_and_an_end_in_the_ledger(
    on: Running, monkeypatch: pytest.MonkeyPatch, event: str
) -> None:
    live = on.live
    item = next(i.id for i in live.material.agenda if i.links.get("participant") == on.participant("Brooks"))
    live.show(item)
    assert "Brooks" in shown_name(on)
    assert open_entries(on)
    guest = next(one for one in live.watch.facts.people if one not in live.watch.room.present)
    if event == "resume":
        live.do_narrowing(lambda unit: unit.note("widening_confirmed"))
    with monkeypatch.context() as patched:
        patched.setattr("leaddesk.services.shown.slide", broken)
        patched.setattr("leaddesk.services.previewing.idle_card", broken)
        patched.setattr(on.screen, "show_slide", broken)
        events = {
            "arrive": lambda: live.arrive(guest),
            "show": lambda: live.show(on.item("actions")),
            "resume": on.screen.resume,
            "walk_in": live.walk_in,
            "idle": live.show_idle,
        }
        with pytest.raises(RuntimeError):
            events[event]()
    assert type(on.screen.slides[-1]) is IdleCard
    assert live.live_item is None
    assert open_entries(on) == []
    if event == "arrive":
        assert guest in live.watch.room.present
        assert any(entry.objects.get("attendee") == guest for entry in ledger(on.desk)[-3:]), "it is on the desk"
    if event == "walk_in":
        assert live.watch.room.strangers == 1


def test_a_slide_that_can_not_be_laid_out_leaves_the_public_card_too(
    on: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = on.live
    item = next(i.id for i in live.material.agenda if i.links.get("participant") == on.participant("Brooks"))
    live.show(item)
    with monkeypatch.context() as patched:
        patched.setattr(on.screen, "show_slide", broken)
        with pytest.raises(RuntimeError):
            live.show(on.item("actions"))
    assert type(on.screen.slides[-1]) is IdleCard
    assert live.live_item is None
    assert open_entries(on) == []
    assert live.show(item), "and the meeting goes on"


# Without a screen


def test_without_a_screen_the_ledger_says_of_nobody_that_they_were_shown_anything(on: Running) -> None:
    live = on.live
    item = next(i.id for i in live.material.agenda if i.links.get("participant") == on.participant("Brooks"))
    live.show(item)
    assert len(open_entries(on)) == 1
    live.set_screen(there=False)
    assert open_entries(on) == []
    before = len(ledger(on.desk))
    live.show(item)
    assert at_hand(live) == item
    assert live.screen.value == "none"
    assert isinstance(live.stage(0).live, ParticipantSlide), "the console shows what the room would see"
    live.show(on.item("actions"))
    live.blank()
    live.freeze()
    assert live.show(item), "there is nothing to hold"
    new = ledger(on.desk)[before:]
    assert [entry.action for entry in new if entry.action in ("projected", "shown_until")] == []
    assert [entry.objects["item"] for entry in new if entry.action == "item_taken"] == [
        item,
        on.item("actions"),
        item,
    ]
    assert all(isinstance(slide, IdleCard) for slide in on.screen.slides[-3:])
    live.set_screen(there=True)
    assert type(on.screen.slides[-1]) is IdleCard
    assert at_hand(live) is None, "it comes back on the idle card"
    taken = {entry.sequence for entry in ledger(on.desk) if entry.action == "item_taken"}
    assert {e.objects["entry"] for e in ledger(on.desk) if e.action == "taken_until"} == taken


def test_nothing_is_shown_anew_where_nothing_waits(on: Running) -> None:
    on.live.show(on.item("actions"))
    frames, entries = len(on.screen.slides), open_entries(on)
    on.live.confirm()
    assert len(on.screen.slides) == frames
    assert open_entries(on) == entries


# To show less, the frame comes first


def test_what_takes_away_is_seen_before_anything_is_read_or_written(
    on: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = on.live
    item = next(i.id for i in live.material.agenda if i.links.get("participant") == on.participant("Brooks"))
    happened: list[str] = []
    do, narrow = on.desk.do, on.screen.narrow
    guest = next(one for one in live.watch.facts.people if one not in live.watch.room.present)
    live.arrive(guest)
    live.leave(guest)
    live.confirm()
    form = on.desk.do(
        read_registers, on.desk.everyday, lambda registers: registers.participant_form(on.participant("Brooks"))
    )
    live.do_undoably(
        Did("the change of"), participants.save_participant, replace(form, preferred_name="Angie"), on.desk.everyday
    )

    def noted(*args: Any, **kwargs: Any) -> Any:
        happened.append("write")
        return do(*args, **kwargs)

    def narrowed(card: IdleCard, resume: Callable[[], None]) -> None:
        happened.append("frame")
        narrow(card, resume)

    monkeypatch.setattr(on.desk, "do", noted)
    monkeypatch.setattr(on.screen, "narrow", narrowed)
    for takes_away in (live.take_back, lambda: live.take_back_leaving(guest)):
        live.confirm()
        live.show(item)
        happened.clear()
        takes_away()
        assert happened[0] == "frame", takes_away


def test_a_mending_that_is_refused_leaves_the_row_before_the_room(on: Running) -> None:
    item = on.item("place")
    on.live.select(item)
    filed = entry_line.file(on.live, Line(kind=EntryKind.UPDATE, text="the lamp is fixed"))
    on.live.show(item)
    frames = len(on.screen.slides)
    with pytest.raises(LooksLikeAName):
        entry_line.file(on.live, Line(kind=EntryKind.UPDATE, text="the lamp of Zorbax is fixed", mends=filed))
    assert len(on.screen.slides) == frames, "nothing left the screen for it"
    assert on.live.live_item == item


def test_what_can_not_be_taken_back_after_all_comes_back_with_the_pause(on: Running) -> None:
    item = next(i.id for i in on.live.material.agenda if i.links.get("participant") == on.participant("Brooks"))
    on.live.select(item)
    entry_line.file(on.live, Line(kind=EntryKind.ACTION, text="ask the clinic okafor 20 may"))
    on.live.show(item)
    shown = on.screen.slides[-1]
    action = next(one.id for one in on.live.material.actions if "ask the clinic" in str(one.fields["text"]))
    on.live.do(entries.set_outcome, action, "done")
    with pytest.raises(KnownError, match="changed again since"):
        on.live.take_back()
    on.screen.resume()
    live = on.screen.slides[-1]
    assert isinstance(live, ParticipantSlide)
    assert isinstance(shown, ParticipantSlide)
    assert any("ask the clinic" in row.what for row in shown.actions)
    assert [row.what for row in live.actions] == [row.what for row in shown.actions]


def test_a_new_code_takes_down_a_slide_that_reads_the_old_one_and_no_other(on: Running) -> None:
    on.live.show(on.item("place"))
    shown = on.screen.slides[-1]
    on.live.do_narrowing(participants.give_new_code, on.participant("Webb"))
    assert type(on.screen.slides[-1]) is IdleCard
    on.screen.resume()
    assert on.screen.slides[-1] == shown
