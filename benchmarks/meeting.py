"""A meeting that runs on the ten-year desk, with its real windows: opening it, walking in, checking in, going on.

Each time is taken from the key or signal to the frame, as painted. Before each run the room is put back to where it
was; that is not measured.
"""

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import cycle
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import Qt
from sqlalchemy import event

from benchmarks.desks import ONE_YEAR, PASSPHRASE, SMALL, TEN_YEARS, DeskClock, Size, copied
from benchmarks.frame import Conditions, Figure, Goal, Pair, plain
from benchmarks.windows import Room, wait_until
from leaddesk.policy.desk_views import Whereabouts
from leaddesk.policy.views import IdleCard, Slide
from leaddesk.policy.vocabulary import Form, InformationClass, InvolvementKind, Role
from leaddesk.services import entries, participants, ties
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import InvolvementForm, ReleaseForm
from leaddesk.services.opening import sign_in
from leaddesk.services.texts import Words, Writer
from leaddesk.ui.console.keys import Command
from leaddesk.ui.projector.driver import PAUSE

C = InformationClass

#: How much longer than set Qt lets a coarse timer run.
_COARSE = 1.05


def large(how: Conditions) -> Size:
    """The desk of many years, or a small one for a quick look."""
    return SMALL if how.quick else TEN_YEARS


@contextmanager
def room(size: Size, how: Conditions) -> Iterator[Room]:
    """The windows of the meeting that is open on a copy of a desk."""
    clock = DeskClock()
    with copied(size, how.desks) as folder, closing(Room(_signed_in(folder, clock), clock)) as opened:
        yield opened


def _signed_in(folder: Path, clock: DeskClock) -> Desk:
    return sign_in(folder, PASSPHRASE, clock=clock)


@contextmanager
def walk_in(how: Conditions) -> Iterator[Pair]:
    """The walk-in key while a participant is live by name."""
    with room(large(how), how) as here:
        item = here.items_by_name()[0]
        idle = here.live.idle()

        def key() -> float:
            here.show(item)
            gc.collect()
            began = perf_counter()
            here.press(Qt.Key.Key_F8)
            wait_until(lambda: bool(here.frames))
            painted, slide = here.frames[0]
            require(isinstance(slide, IdleCard))
            here.people.stranger_left.emit()
            here.settle()
            return painted - began

        yield Pair(work=key, yardstick=lambda: _alone(here, idle))


@contextmanager
def narrowed(how: Conditions) -> Iterator[Pair]:
    """Somebody checks in who may have the participant's name and not all of what is live."""
    with room(large(how), how) as here:
        item = here.items_by_name()[0]
        provider = here.desk.do(_provider_who_may_know, here, item)
        here.live.refresh()
        last: list[Slide] = []

        def check_in() -> float:
            full = here.show(item)
            gc.collect()
            pauses = here.pause.count
            began = perf_counter()
            here.people.checked_in.emit(provider, Whereabouts.ROOM, "")
            wait_until(lambda: here.pause.count > pauses and not isinstance(here.projector.slide, IdleCard))
            wait_until(lambda: here.frames[-1][1] is here.projector.slide)
            (idle_painted, idle), (painted, left) = here.frames[0], here.frames[-1]
            require(isinstance(idle, IdleCard) and left is not None and left not in (idle, full))
            last[:] = [left] if left is not None else []
            late = max(0.0, here.pause.last - idle_painted - PAUSE / 1000 * _COARSE)
            here.people.left.emit(provider)
            here.settle()
            return (idle_painted - began) + late + (painted - here.pause.last)

        yield Pair(work=check_in, yardstick=lambda: _alone(here, last[0]))


def _provider_who_may_know(unit: Unit, here: Room, item: str) -> str:
    """A provider who gets to know of the participant by name, and an action that says more than they may have."""
    one = str(here.live.material.items[item].links["participant"])
    facts = here.live.watch.facts
    agency = str(facts.participants[one].case_agency)
    provider = next(person.id for person in facts.people.values() if person.role is Role.PROVIDER)
    ties.involve(unit, InvolvementForm(attendee=provider, participant=one, kind=InvolvementKind.PROVIDER))
    release = ReleaseForm(
        participant=one,
        form=Form.PART2,
        sources=(agency,),
        to_people=(provider,),
        classes=(C.IDENTITY, C.PROGRESS),
        purpose="a joint plan",
        signed_on=unit.today,
        ends_on=unit.today,
    )
    participants.save_release(unit, release)
    said = Words("Ask the court for an earlier date.", C.COORDINATION)
    filing = entries.Filing(
        meeting=here.live.number, item=item, words=said, safe=(Words("Ask for a date.", C.OPERATIONS),), about=(one,)
    )
    entries.file_action(unit, filing, Writer(unit, here.desk.everyday))
    return provider


@contextmanager
def next_item(how: Conditions) -> Iterator[Pair]:
    """The key for the next item, from one end of the agenda to the other and again."""
    with room(large(how), how) as here:
        here.controller.command(Command.WIDEN)
        order = [item.id for item in here.live.material.agenda]
        places = cycle(range(len(order) - 1))

        def key() -> float:
            here.show(order[next(places)])
            while here.projector.next_page():
                pass
            here.settle()
            before, pictures, head = here.live.live_item, here.pictures.count, here.desk.do(_written)
            gc.collect()
            began = perf_counter()
            here.press(Qt.Key.Key_PageDown)
            wait_until(lambda: bool(here.frames) and here.pictures.count > pictures)
            took = perf_counter() - began
            require(here.live.live_item != before and here.desk.do(_written) > head)
            return took

        def alone() -> float:
            assert here.projector.slide is not None
            return _alone(here, here.projector.slide)

        yield Pair(work=key, yardstick=alone)


def _written(unit: Unit) -> int:
    """How many entries the ledger has on disk."""
    head = unit.head()
    return 0 if head is None else head.sequence


def _alone(here: Room, slide: Slide) -> float:
    gc.collect()
    return here.paint(slide)


@contextmanager
def opening(how: Conditions) -> Iterator[Pair]:
    """From the unlocked desk to both windows painted, on the two desks."""
    with copied(large(how), how.desks) as ten, copied(SMALL if how.quick else ONE_YEAR, how.desks) as one:
        yield Pair(work=lambda: _open(ten)[0], yardstick=lambda: _open(one)[0])


@contextmanager
def statements(how: Conditions) -> Iterator[Pair]:
    """The SQL statements of the same."""
    with copied(large(how), how.desks) as ten:
        yield Pair(work=lambda: _open(ten)[1])


@contextmanager
def statements_on_both(how: Conditions) -> Iterator[Pair]:
    """The SQL statements of the same on the two desks."""
    with copied(large(how), how.desks) as ten, copied(SMALL if how.quick else ONE_YEAR, how.desks) as one:
        yield Pair(work=lambda: _open(ten)[1], yardstick=lambda: _open(one)[1])


def _open(folder: Path) -> tuple[float, float]:
    """Seconds from the unlocked desk to the meeting on screen, and the statements that it took."""
    clock = DeskClock()
    desk = _signed_in(folder, clock)
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(desk.vault.engine, "before_cursor_execute", count)
    gc.collect()
    began = perf_counter()
    with closing(Room(desk, clock)):
        took, needed = perf_counter() - began, len(asked)
    return took, float(needed)


def require(true: bool) -> None:
    """Holds a benchmark to measuring what it says.

    Raises:
        AssertionError: it would measure something else.
    """
    if not true:
        raise AssertionError("The meeting did something else than the benchmark measures")


FIGURES = (
    Figure(
        name="walk-in key",
        work="key pressed until the idle card is painted, a participant being live by name, 40 people in the room",
        yardstick="painting the idle card alone",
        goal=Goal(1.2),
        prepare=walk_in,
    ),
    Figure(
        name="narrowed slide",
        work="check-in decided until the narrowed slide is painted, without the 400 ms on the idle card",
        yardstick="painting the same slide alone",
        goal=Goal(3),
        prepare=narrowed,
    ),
    Figure(
        name="next item",
        work="key pressed until the next slide is painted, the console too, and the ledger's entry on disk",
        yardstick="painting the same slide alone",
        goal=Goal(5),
        prepare=next_item,
    ),
    Figure(
        name="unlocked to meeting on screen",
        work="from the unlocked desk until both windows of the open meeting are painted, on the ten-year desk",
        yardstick="the same on the one-year desk",
        goal=Goal(1.2),
        prepare=opening,
    ),
    Figure(
        name="statements to open a meeting",
        work="SQL statements from the unlocked desk until both windows are painted, on the ten-year desk",
        goal=Goal(15),
        prepare=statements,
        written=plain,
    ),
    Figure(
        name="statements, constant",
        work="the same statements on the ten-year desk",
        yardstick="on the one-year desk",
        goal=Goal(1),
        prepare=statements_on_both,
        written=plain,
    ),
)
