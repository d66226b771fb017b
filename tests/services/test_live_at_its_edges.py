"""The running meeting at its edges: what is taken back, what fails halfway, and what the ledger says of it."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from leaddesk.errors import KnownError
from leaddesk.policy.desk_views import EntryKind
from leaddesk.policy.records import Text
from leaddesk.policy.views import CopyKind, IdleCard, ParticipantSlide
from leaddesk.services import agenda_templates, entry_line, meetings, papers, participants, series
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import SeriesForm, TemplateForm, TemplateLine
from leaddesk.services.entry_line import Line
from leaddesk.services.live import LiveMeeting
from leaddesk.services.opening import sign_in
from leaddesk.services.registers import Registers
from leaddesk.services.texts import LooksLikeAName
from leaddesk.services.undo import Did
from leaddesk.vault.errors import DiskRefused
from tests.services.opened import ledger
from tests.services.running import START, Running
from tests.services.test_the_room_on_disk import Clock, Screen


def test_an_item_that_was_put_on_the_agenda_and_shown_is_not_taken_back_by_undo(on: Running) -> None:
    item = entry_line.file(on.live, Line(kind=EntryKind.AGENDA, text="Parking behind the hall"))
    assert on.live.show(item)
    with pytest.raises(KnownError, match="was shown"):
        on.live.take_back()
    assert item in on.live.material.items
    assert on.live.live_item == item, "what can't be taken back stays before the room"
    assert on.live.show(on.item("actions")), "and the meeting goes on"


def test_an_item_that_nobody_was_shown_is_taken_back_by_undo(on: Running) -> None:
    item = entry_line.file(on.live, Line(kind=EntryKind.AGENDA, text="Parking behind the hall"))
    on.live.take_back()
    assert item not in on.live.material.items


def test_where_a_meeting_is_held_is_not_taken_back_once_it_has_begun(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "desk")
    clock = Clock(START)
    desk = sign_in(tmp_path / "desk", PASSPHRASE, clock=clock)
    day = date(2026, 5, 20)
    starts = datetime(2026, 5, 20, 17, 0, tzinfo=UTC)
    form = meetings.MeetingForm(held_on=day, starts_at=starts, place="Harbor Hall, Room 2", series="Leadership team")
    live = LiveMeeting(desk, desk.do(meetings.plan, form), Screen(), clock)
    moved = meetings.MeetingForm(held_on=day, starts_at=starts, place="the annex", series="Leadership team")
    did = Did("the change of day, time or place")
    live.do_undoably(did, meetings.change_meeting, live.meeting, moved, desk.everyday)
    live.do(meetings.open_meeting, live.meeting)
    with pytest.raises(KnownError, match="Only a planned meeting"):
        live.take_back()
    assert live.idle().where == "the annex"
    desk.lock()


def test_the_ledger_says_of_a_name_typed_as_an_outcome_who_was_told_it(on: Running) -> None:
    one = on.participant("Whitaker")
    on.live.select(on.item("place"))
    entry_line.file(on.live, Line(kind=EntryKind.OUTCOME, text="Somebody calls Karen Whitaker"))
    on.desk.do(papers.print_minutes, on.live.meeting, CopyKind.RECORD, on.desk.everyday)
    printed = next(entry for entry in reversed(ledger(on.desk)) if entry.action == "printed")
    assert printed.payload["told"][one] == ["identity"]


def test_a_widening_that_could_not_be_written_down_is_none(on: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    live = LiveMeeting(on.desk, on.live.meeting, on.screen, on.clock)
    item = on.item("participant")

    def refuse(_unit: Unit) -> None:
        raise DiskRefused

    with monkeypatch.context() as patched:
        patched.setattr("leaddesk.services.live._note_widened", refuse)
        with pytest.raises(DiskRefused):
            live.confirm()
    live.show(item)
    assert type(on.screen.slides[-1]) is IdleCard, "the room is still the public, as it began"
    live.confirm()
    live.show(item)
    assert on.screen.slides[-1] == live.stage(0).live
    assert isinstance(live.stage(0).live, ParticipantSlide)


def test_a_new_priority_is_not_called_after_a_participant_unless_that_is_said_to_be_a_place(on: Running) -> None:
    words = "Karen Whitaker's corner, Lakeside"
    with pytest.raises(LooksLikeAName) as refused:
        entry_line.file(on.live, Line(kind=EntryKind.PLACE, text=words))
    assert refused.value.phrases == ("Karen Whitaker",)
    for again in ("Lakeside end, Karen Whitaker", "Aldridge & 5th, Lakeside"):
        with pytest.raises(LooksLikeAName):
            entry_line.file(on.live, Line(kind=EntryKind.PLACE, text=again))
    street = Line(kind=EntryKind.PLACE, text="Aldridge & 5th, Lakeside", marked=frozenset({"Aldridge"}))
    assert entry_line.file(on.live, street) in on.live.material.places_by_id


def test_nothing_that_everybody_reads_as_a_name_names_a_participant(on: Running) -> None:
    day = date(2026, 5, 20)
    starts = datetime(2026, 5, 20, 17, 0, tzinfo=UTC)
    form = meetings.MeetingForm(held_on=day, starts_at=starts, place="Karen Whitaker’s, 2nd floor")
    line = TemplateLine(kind="overview", section="", minutes=2)
    for what, verb, args in (
        ("The place", meetings.plan, (form,)),
        ("The place", meetings.change_meeting, (on.desk.do(meetings.plan_next, on.live.meeting), form)),
        ("A meeting series", meetings.plan, (replace(form, place="", series="Karen Whitaker review"),)),
        ("A meeting series", series.save_series, (SeriesForm(name="Karen Whitaker review"),)),
        ("A meeting series", series.save_series, (SeriesForm(name="Review", cadence="with Karen Whitaker"),)),
        (
            "A template",
            agenda_templates.save_template,
            (TemplateForm(name="Karen Whitaker", lines=(line,)), on.desk.everyday),
        ),
    ):
        with pytest.raises(KnownError, match=f"{what}.* can’t name a participant"):
            on.desk.do(verb, *args)


def still_shown(desk: Desk) -> list[int]:
    """The entries that say that something is shown, and have no end."""
    entries = ledger(desk)
    ended = {entry.objects["entry"] for entry in entries if entry.action == "shown_until"}
    return [entry.sequence for entry in entries if entry.action == "projected" and entry.sequence not in ended]


def refuse(_connection: object) -> None:
    raise DiskRefused


@pytest.mark.parametrize("how", ["show", "show_idle", "arrive"])
def test_what_could_not_be_ended_on_disk_is_ended_with_the_next_thing_that_can_be_written(
    on: Running, how: str
) -> None:
    item, bell = on.item("participant"), on.live.watch.room.signed_in
    on.live.show(item)
    (shown,) = still_shown(on.desk)
    gone = on.clock.now = START.replace(minute=20)
    doing = {"show": (item,), "show_idle": (), "arrive": (bell,)}[how]
    engine = on.desk.vault.engine
    sa.event.listen(engine, "commit", refuse)
    with pytest.raises(DiskRefused):
        getattr(on.live, how)(*doing)
    sa.event.remove(engine, "commit", refuse)
    assert isinstance(on.screen.slides[-1], IdleCard)
    assert still_shown(on.desk) == [shown], "it could not be written"
    on.clock.now = START.replace(minute=45)
    on.live.confirm()
    assert still_shown(on.desk) == []
    end = next(entry for entry in ledger(on.desk) if entry.action == "shown_until")
    assert end.objects == {"entry": shown}
    assert datetime.fromisoformat(end.payload["until"]) == gone
    on.live.show(item)
    on.live.show_idle()
    assert "until" not in ledger(on.desk)[-1].payload, "what could be written at once ended when it was written"


def test_what_a_program_that_was_killed_left_on_the_screen_ends_when_the_desk_is_opened_again(
    on: Running, tmp_path: Path
) -> None:
    on.live.show(on.item("participant"))
    (shown,) = still_shown(on.desk)
    on.clock.now = START.replace(minute=20)
    on.live.do(meetings.read_statement, on.live.meeting)
    shutil.copytree(tmp_path / "desk", tmp_path / "left")
    on.clock.now = START.replace(minute=50)
    for _ in range(2):
        again = sign_in(tmp_path / "left", PASSPHRASE, clock=on.clock)
        (end,) = (entry for entry in ledger(again) if entry.action == "shown_until")
        assert end.objects == {"entry": shown}
        assert datetime.fromisoformat(end.payload["until"]) == START.replace(minute=20), "the last that it wrote"
        assert still_shown(again) == []
        again.lock()


def test_what_goes_on_being_shown_on_another_release_is_a_new_entry_on_that_one(on: Running) -> None:
    one = on.participant("Brooks")
    on.live.show(next(item.id for item in on.live.material.agenda if item.links.get("participant") == one))
    (before,) = (entry for entry in ledger(on.desk) if entry.sequence in still_shown(on.desk))
    (held,) = {basis for basis in before.payload["basis"][f"{one} identity"] if basis.startswith("r")}
    with on.desk.unit() as unit:
        draft = Registers(unit, on.desk.everyday).release_form(held)
    on.clock.now = START.replace(minute=20)
    new = on.live.do(participants.save_release, replace(draft, id=None))
    on.live.do(participants.save_release, replace(draft, ends_on=START.date() - timedelta(days=9)))
    assert on.live.live_item, "the room may have it all the while"
    (after,) = (entry for entry in ledger(on.desk) if entry.sequence in still_shown(on.desk))
    assert held not in after.payload["basis"][f"{one} identity"]
    assert new in after.payload["basis"][f"{one} identity"]
    end = next(entry for entry in ledger(on.desk) if entry.objects.get("entry") == before.sequence)
    assert end.payload["why"] == "the basis changed"


def test_while_a_fact_is_mended_before_the_public_card_the_ledger_says_that_nothing_is_shown(on: Running) -> None:
    on.live.show(on.item("participant"))
    (shown,) = still_shown(on.desk)
    on.live.do_narrowing(meetings.read_statement, on.live.meeting)
    assert isinstance(on.screen.slides[-1], IdleCard)
    assert still_shown(on.desk) == []
    end = next(entry for entry in ledger(on.desk) if entry.objects.get("entry") == shown)
    assert end.payload["why"] == "looked at anew"


def test_a_place_that_may_be_a_name_is_asked_about_once_whoever_is_enrolled(on: Running) -> None:
    planned = on.desk.do(meetings.plan_next, on.live.meeting)
    day = datetime(2026, 5, 27, 17, 0, tzinfo=UTC)
    form = meetings.MeetingForm(held_on=day.date(), starts_at=day, place="Wendell’s, 2nd floor", series="Review")
    with pytest.raises(LooksLikeAName) as refused:
        on.desk.do(meetings.plan, form, on.desk.everyday)
    with pytest.raises(LooksLikeAName):
        on.desk.do(meetings.change_meeting, planned, form, on.desk.everyday)
    (phrase,) = refused.value.phrases
    assert phrase.startswith("Wendell")
    on.desk.do(meetings.change_meeting, planned, replace(form, marked=frozenset({phrase})), on.desk.everyday)
    on.desk.do(meetings.plan, form, on.desk.everyday)
    with pytest.raises(LooksLikeAName):
        on.desk.do(meetings.plan, replace(form, place="Wendell’s back room"), on.desk.everyday)


def test_a_name_typed_as_an_outcome_is_a_link_and_raises_it_to_identity(on: Running) -> None:
    one, item = on.participant("Whitaker"), on.item("place")
    on.live.select(item)
    line = Line(kind=EntryKind.OUTCOME, text="Somebody calls Karen Whitaker")
    assert entry_line.preview(on.live, line).does == "Says what came of this item; name. It names a participant."
    entry_line.file(on.live, line)
    outcome = on.live.material.items[item].fields["outcome"]
    assert isinstance(outcome, Text)
    assert (outcome.cls, outcome.text, outcome.about) == ("identity", f"Somebody calls {{{one}}}", (one,))
    assert on.live.mine().wording(outcome) == "Somebody calls Karen Whitaker"
    entry_line.file(on.live, Line(kind=EntryKind.OUTCOME, text="Lights were asked of the city"))
    assert entry_line.preview(on.live, line).problem == ""
    again = on.live.material.items[item].fields["outcome"]
    assert isinstance(again, Text)
    assert (again.cls, again.text) == ("operations", "Lights were asked of the city")
    on.live.take_back()
    assert on.live.material.items[item].fields["outcome"] == outcome
    on.live.take_back()
    assert "outcome" not in on.live.material.items[item].fields
