"""What happens at the door is on the desk when it has happened: after a crash the room is the one that was live."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.errors import KnownError
from leaddesk.models import Attendance, Meeting
from leaddesk.models.ids import row_id
from leaddesk.models.words import MeetingState
from leaddesk.policy.records import Kind
from leaddesk.policy.room import Presence, Room
from leaddesk.policy.views import IdleCard, Slide
from leaddesk.policy.vocabulary import Role
from leaddesk.services import attendance, meetings, minutes
from leaddesk.services.attendance_mending import Edge, mend_time
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import AttendeeForm
from leaddesk.services.live import LiveMeeting
from leaddesk.services.people import save_attendee
from tests.services.opened import ledger, signed_desk

#: Ten in the morning in Los Angeles.
TEN = datetime(2026, 5, 6, 17, 0, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = TEN

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Screen:
    """The audience's screen, as far as it matters here: what it was told last."""

    slides: list[Slide | None] = field(default_factory=list)
    resume: Callable[[], None] = field(default=lambda: None)
    """What is asked for once a pause is over."""

    def show_slide(self, slide: Slide, *, again: bool = False) -> None:
        del again
        self.slides.append(slide)

    def show_idle(self, card: IdleCard) -> None:
        self.slides.append(card)

    def show_black(self) -> None:
        self.slides.append(None)

    def narrow(self, card: IdleCard, resume: Callable[[], None]) -> None:
        self.slides.append(card)
        self.resume = resume


@dataclass
class Place:
    desk: Desk
    clock: Clock
    meeting: str
    people: tuple[str, ...]

    def live(self) -> LiveMeeting:
        return LiveMeeting(self.desk, self.meeting, Screen(), self.clock)

    def after(self, **time: float) -> None:
        self.clock.now += timedelta(**time)


def _with_people(unit: Unit) -> tuple[str, tuple[str, ...]]:
    names = (("Tom", "Bell", Role.OFFICER), ("Ana", "Alvarez", Role.SERGEANT), ("Mia", "Hart", Role.PROVIDER))
    people = [save_attendee(unit, AttendeeForm(given_name=g, family_name=f, roles=(role,))) for g, f, role in names]
    meeting = meetings.plan(unit, meetings.MeetingForm(held_on=unit.today, starts_at=unit.at))
    meetings.open_meeting(unit, meeting)
    return meeting, tuple(people)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    clock = Clock()
    desk = signed_desk(tmp_path / "desk", clock)
    meeting, people = desk.do(_with_people)
    yield Place(desk, clock, meeting, people)
    desk.lock()


EVENTS: tuple[Callable[[LiveMeeting, str, str], object], ...] = (
    lambda live, who, _: live.arrive(who),
    lambda live, who, _: live.arrive(who, "community", "phone"),
    lambda live, who, _: live.arrive(who, stranger=True),
    lambda live, who, _: live.leave(who),
    lambda live, who, _: live.sit_apart(who),
    lambda live, who, item: live.step_out(who, item),
    lambda live, who, _: live.step_in(who),
    lambda live, who, _: live.take_back_arrival(who),
    lambda live, who, _: live.take_back_leaving(who),
    lambda live, who, _: live.do(mend_time, live.number, who, Edge.CAME, "9:30"),
    lambda live, _, __: live.walk_in(),
    lambda live, _, __: live.walked_out(),
    lambda live, who, _: live.take_back_apart(who),
    lambda live, who, item: live.take_back_step_out(who, item),
    lambda live, _, __: live.take_back_walk_in(),
    lambda live, _, __: live.confirm(),
)
moves = st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 2), st.integers(0, 1)), max_size=16)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves)
def test_whatever_happens_at_the_door_the_desk_has_the_room_that_is_live(
    place: Place, happened: list[tuple[Callable[[LiveMeeting, str, str], object], int, int]]
) -> None:
    live = place.live()
    items = [item.id for item in live.material.agenda][:2]
    for event, who, item in happened:
        place.after(minutes=1)
        try:
            event(live, place.people[who], items[item])
        except KnownError:
            place.after(seconds=1)
        assert place.desk.do(attendance.room_of, live.number) == live.watch.room


def test_somebody_gone_who_never_came_hides_no_later_stranger(place: Place) -> None:
    live = place.live()
    with pytest.raises(KnownError):
        live.walked_out()
    live.arrive(place.people[0], stranger=True)
    live.walk_in()
    assert place.desk.do(attendance.room_of, live.number).strangers == 1


def test_taking_back_one_absence_leaves_the_others_and_whoever_sits_apart_apart(place: Place) -> None:
    live, (who, *_) = place.live(), place.people
    first, second = (item.id for item in live.material.agenda[:2])
    live.arrive(who)
    live.step_out(who, first)
    live.step_out(who, second)
    live.sit_apart(who)
    live.take_back_step_out(who, second)
    assert live.watch.room.present[who] == Presence(
        person=who, role="officer", out_of_view=True, stepped_out=frozenset({first})
    )
    live.take_back_apart(who)
    assert who in live.watch.room.audience(second).people
    assert who not in live.watch.room.audience(first).people
    with pytest.raises(KnownError, match="in view"):
        live.take_back_apart(who)
    with pytest.raises(KnownError, match="not out"):
        live.take_back_step_out(who, second)
    assert live.watch.room.present[who].stepped_out == {first}
    assert place.desk.do(attendance.room_of, live.number) == live.watch.room
    assert [entry.action for entry in ledger(place.desk)[-2:]] == ["stepping_out_undone", "out_of_view_undone"]


def test_a_walk_in_that_was_a_slip_is_taken_back_once_and_what_that_widens_waits(place: Place) -> None:
    live = place.live()
    live.arrive(place.people[0])
    live.confirm()
    live.walk_in()
    live.take_back_walk_in()
    assert not live.watch.room.strangers
    assert live.watch.waits
    with pytest.raises(KnownError, match="known, or gone"):
        live.take_back_walk_in()
    assert place.desk.do(attendance.room_of, live.number) == live.watch.room
    assert place.desk.do(attendance.never_identified, live.meeting) == 0


def test_whoever_walked_in_and_was_never_identified_is_counted_for_good(place: Place) -> None:
    live = place.live()
    live.walk_in()
    live.arrive(place.people[0], stranger=True)
    assert place.desk.do(attendance.never_identified, live.meeting) == 0
    live.walk_in()
    live.walk_in()
    live.walked_out()
    assert place.desk.do(attendance.never_identified, live.meeting) == 2
    live.arrive(place.people[1], stranger=True)
    live.arrive(place.people[2], stranger=True)
    assert place.desk.do(attendance.never_identified, live.meeting) == 1, "nobody is identified who has gone"
    live.close()
    assert place.desk.do(attendance.never_identified, live.meeting) == 1


def test_a_closed_meeting_has_nobody_in_its_room(place: Place) -> None:
    live = place.live()
    live.arrive(place.people[0])
    live.walk_in()
    live.close()
    assert live.watch.room == Room(signed_in=place.desk.user.id)
    assert place.desk.do(attendance.room_of, live.number) == live.watch.room
    with pytest.raises(KnownError):
        live.arrive(place.people[1])
    assert live.watch.room == Room(signed_in=place.desk.user.id)
    with pytest.raises(KnownError):
        live.take_back_leaving(place.people[0])
    assert live.watch.room == Room(signed_in=place.desk.user.id)


def test_a_closing_taken_back_finds_everybody_who_was_there_and_nobody_who_had_left(place: Place) -> None:
    live, bell = place.live(), place.people[0]
    item = live.material.agenda[0].id
    for one in place.people[:3]:
        live.arrive(one)
    live.step_out(bell, item)
    live.leave(place.people[1])
    before = live.watch.room
    place.after(minutes=5)
    live.close()
    live.take_back_closing()
    assert live.watch.room == before == place.desk.do(attendance.room_of, live.number)
    assert place.desk.do(lambda unit: unit.rows.get_one(Meeting, live.number)).state is MeetingState.OPEN
    assert [entry.action for entry in ledger(place.desk)][-1] == "closing_undone"
    with pytest.raises(KnownError, match="never were final"):
        live.take_back_closing()


def test_a_closing_is_not_taken_back_once_minutes_were_final(place: Place) -> None:
    live = place.live()
    live.close()
    live.do(minutes.finalize, live.meeting)
    with pytest.raises(KnownError, match="never were final"):
        live.take_back_closing()
    live.do(minutes.reopen, live.meeting)
    with pytest.raises(KnownError, match="never were final"):
        live.take_back_closing()


def stays_of(unit: Unit, attendee: str) -> list[Attendance]:
    rows = unit.rows.query(Attendance).filter(Attendance.attendee_id == row_id(Kind.ATTENDEE, attendee))
    return rows.order_by(Attendance.arrived_at).all()


def test_a_check_in_taken_back_was_never_there_but_for_the_ledger(place: Place) -> None:
    live, bell = place.live(), place.people[0]
    live.arrive(bell)
    live.step_out(bell, live.material.agenda[0].id)
    live.confirm()
    live.take_back_arrival(bell)
    assert live.watch.waits, "what that widens waits"
    assert place.desk.do(stays_of, bell) == []
    assert [entry.action for entry in ledger(place.desk)][-1] == "check_in_undone"


def test_a_leaving_taken_back_narrows_at_once_and_finds_them_as_they_were(place: Place) -> None:
    live, bell = place.live(), place.people[0]
    item = live.material.agenda[0].id
    live.arrive(place.people[1])
    live.arrive(bell, "sergeant", "phone")
    live.step_out(bell, item)
    place.after(minutes=5)
    live.leave(bell)
    live.confirm()
    live.take_back_leaving(bell)
    assert not live.watch.waits, "somebody more in the room narrows, which waits for nothing"
    presence = live.watch.room.present[bell]
    assert (presence.role, presence.stepped_out) == ("sergeant", frozenset({item}))
    (stay,) = place.desk.do(stays_of, bell)
    assert (stay.left_at, stay.mode.value) == (None, "phone")
    with pytest.raises(KnownError, match="has not left"):
        live.take_back_leaving(bell)


def test_times_are_mended_within_what_is_known(place: Place) -> None:
    live, bell = place.live(), place.people[0]
    number, item = live.number, live.material.agenda[0].id
    place.after(minutes=17)
    live.arrive(bell)
    live.do(mend_time, number, bell, Edge.CAME, "10:05")
    with pytest.raises(KnownError, match="later than 10:17"):
        live.do(mend_time, number, bell, Edge.CAME, "10:18")
    with pytest.raises(KnownError, match="earlier than 00:00"):
        live.do(mend_time, number, bell, Edge.CAME, "11:30 pm")
    with pytest.raises(KnownError, match="no time"):
        live.do(mend_time, number, bell, Edge.CAME, "early")
    with pytest.raises(KnownError, match="has not left"):
        live.do(mend_time, number, bell, Edge.LEFT, "10:10")
    place.after(minutes=3)
    live.step_out(bell, item)
    place.after(minutes=10)
    live.leave(bell)
    with pytest.raises(KnownError, match="earlier than 10:20"):
        live.do(mend_time, number, bell, Edge.LEFT, "10:19")
    with pytest.raises(KnownError, match="later than 10:20"):
        live.do(mend_time, number, bell, Edge.CAME, "10:21")
    live.do(mend_time, number, bell, Edge.LEFT, "10:25")
    place.after(minutes=10)
    live.arrive(bell)
    with pytest.raises(KnownError, match="earlier than 10:25"):
        live.do(mend_time, number, bell, Edge.CAME, "10:24")
    first, second = place.desk.do(stays_of, bell)
    assert (first.arrived_at, first.left_at) == (TEN + timedelta(minutes=5), TEN + timedelta(minutes=25))
    assert second.arrived_at == TEN + timedelta(minutes=40)
    mended = [entry for entry in ledger(place.desk) if entry.action == "attendance_mended"]
    assert [entry.payload["edge"] for entry in mended] == ["came", "left"]
    assert mended[0].objects == {"attendee": bell}
    assert mended[0].payload["was"].startswith("2026-05-06T17:17")
    assert mended[0].payload["now"].endswith("10:05:00-07:00")


def test_whoever_sat_apart_from_the_beginning_is_in_nobodys_view_by_a_mended_time(place: Place) -> None:
    live, hart = place.live(), place.people[2]
    place.after(minutes=20)
    live.sit_apart(hart)
    live.do(mend_time, live.number, hart, Edge.CAME, "10:05")
    (stay,) = place.desk.do(stays_of, hart)
    assert stay.out_of_view_from == stay.arrived_at == TEN + timedelta(minutes=5)
    place.after(minutes=10)
    live.step_in(hart)
    place.after(minutes=10)
    live.sit_apart(hart)
    with pytest.raises(KnownError, match="later than 10:40"):
        live.do(mend_time, live.number, hart, Edge.CAME, "10:41")
    live.leave(hart)
    with pytest.raises(KnownError, match="earlier than 10:40"):
        live.do(mend_time, live.number, hart, Edge.LEFT, "10:39")


def test_nobody_is_mended_who_was_not_there(place: Place) -> None:
    live = place.live()
    for verb in (live.take_back_arrival, live.take_back_leaving):
        with pytest.raises(KnownError, match="not checked in"):
            verb(place.people[0])
    with pytest.raises(KnownError, match="not checked in"):
        live.do(mend_time, live.number, place.people[0], Edge.CAME, "10:00")
