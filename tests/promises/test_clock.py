"""A clock set back brings nothing back that has ended, and the console says that it was set back."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from leaddesk.models import Agreement
from leaddesk.models.ids import row_id
from leaddesk.models.words import SigningMethod
from leaddesk.policy.records import Kind
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import agreements, ties
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import ExclusionForm, GrantForm, InvolvementForm
from leaddesk.services.live import LiveMeeting
from leaddesk.ui.console.keys import Command
from tests.journeys.stage import START, Clock, Stage, stage
from tests.promises.row import Reached, Times

TODAY, TOMORROW = date(2026, 5, 6), date(2026, 5, 7)

#: What somebody has: its kind, the person (or none), and the participant or what else it is about.
Right = tuple[str, str, str]


def rights(live: LiveMeeting) -> frozenset[Right]:
    """Everything that is in force at the desk now."""
    standing = Standing(live.watch.facts, live.watch.at)
    people = live.watch.facts.people
    held = {("agreement", one, "") for one, person in people.items() if standing.agreement_of(person)}
    for one in live.watch.facts.participants:
        about = standing.about(one)
        assert about is not None
        held |= {("release", "", release.id) for release in about.releases}
        held |= {("grant", person, one) for person in about.granted}
        held |= {("involvement", person, one) for person in about.involved}
        held |= {("no exclusion", person, one) for person in people.keys() - about.excluded.keys()}
    return frozenset(held)


def sign_for_today(unit: Unit, attendee: str) -> None:
    """An agreement whose last day is today."""
    unit.rows.add(
        Agreement(
            attendee_id=row_id(Kind.ATTENDEE, attendee),
            template_id=agreements.accepted_template(unit, "en").id,
            signed_at=unit.at,
            method=SigningMethod.TYPED,
            typed_name="signed",
            printed_name="signed",
            ends_on=TODAY,
        )
    )


def make_everything_end(on: Stage) -> None:
    """One of each kind ends with this day, or begins with the next to forbid something; a release does already."""
    who, one = on.attendee("Lindqvist"), on.participant("Kowalski")
    on.live.do(sign_for_today, who)
    grant = GrantForm(
        attendee=who, participant=one, ends=TODAY, classes=(InformationClass.IDENTITY,), reason="covers for a day"
    )
    on.live.do(ties.grant, grant)
    on.live.do(ties.involve, InvolvementForm(attendee=who, participant=one, ends=TODAY))
    on.live.do(ties.exclude, ExclusionForm(attendee=who, participant=one, starts=TOMORROW))


@contextmanager
def demo_stage(folder: Path, clock: Clock) -> Iterator[Stage]:
    """The demo desk's windows, open; afterwards they are gone, so that no later style is worked out for them."""
    with stage(folder, clock, fresh=False, passphrase=PASSPHRASE) as on:
        yield on
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def look_everywhere(on: Stage) -> frozenset[Right]:
    """What is in force after the chair has tried what might bring something back."""
    on.windows.workplace.controller.tick()
    on.live.refresh()
    on.command(Command.WIDEN, Command.NEXT, Command.IDLE)
    return rights(on.live)


@pytest.mark.promise("clock set back by hours or days: rights that come back, looks without a word on it", "0 and 0")
def test_nothing_that_ended_comes_back_and_the_console_says_why(
    demo: Path, tmp_path: Path, qtbot: QtBot, reached: Reached, times: Times
) -> None:
    del qtbot
    folder, random, clock = Path(shutil.copytree(demo, tmp_path / "desk")), times.random(), Clock()
    back = [timedelta(days=3), *times([], full=[timedelta(hours=2), timedelta(minutes=31)])]
    back += [timedelta(minutes=random.randint(31, 3 * 365 * 24 * 60)) for _ in range(times(0, full=20))]
    came_back: set[Right] = set()
    silent = 0
    with demo_stage(folder, clock) as on:
        make_everything_end(on)
        before = rights(on.live)
        clock.pass_by(minutes=30)
        on.windows.workplace.controller.tick()
        ended = rights(on.live)
        kinds = {"agreement", "release", "grant", "involvement", "no exclusion"}
        assert {kind for kind, _, _ in before - ended} == kinds
        assert not on.windows.workplace.console.notice.words
    now = clock.now
    for by in back:
        clock.now = now - by
        with demo_stage(folder, clock) as on:
            for again in (by, by * 2, timedelta(minutes=45)):
                clock.now = now - again
                came_back |= look_everywhere(on) - ended
                silent += "clock says" not in on.windows.workplace.console.notice.words
    reached(f"{len(came_back)} and {silent}", times=3 * len(back))
    assert (came_back, silent) == (set(), 0)


def test_the_console_stops_saying_it_when_the_clock_is_right_again(demo: Path, tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot
    folder, clock = Path(shutil.copytree(demo, tmp_path / "desk")), Clock()
    with demo_stage(folder, clock) as on:
        clock.now = START - timedelta(days=2)
        on.windows.workplace.controller.tick()
        console = on.windows.workplace.console
        assert "earlier than the last entry, 23:30 on Wed 6 May 2026" in console.notice.words
        assert console.notice.isVisible()
        clock.now = START + timedelta(seconds=5)
        on.windows.workplace.controller.tick()
        assert not console.notice.words
        assert not console.notice.isVisible()
