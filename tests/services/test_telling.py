"""What was told is in the ledger with whom, what, why and on which release; and for whom it was not permitted."""

from collections.abc import Iterator

import pytest

from leaddesk.errors import KnownError
from leaddesk.policy.disclosure import Audience
from leaddesk.policy.ledger_rows import LedgerWish
from leaddesk.policy.ledger_words import LedgerKind
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import meetings
from leaddesk.services.demo import demo_desk
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.facts import load_facts
from leaddesk.services.ledger_reading import read_ledger
from leaddesk.services.telling import Telling, record
from leaddesk.vault.ledger import LedgerEntry
from leaddesk.workday import WorkdayClock
from tests.services.opened import ledger
from tests.vault.making import FLOOR

C = InformationClass


class Told:
    """The demo desk, and people on it by name."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.meeting = desk.do(meetings.at_hand)
        self.standing = desk.do(_standing)
        facts = self.standing.facts
        self.person = {one.name.split()[-1]: one.id for one in facts.people.values()}
        self.participant = {one.family_name: one.id for one in facts.participants.values()}

    def record(self, telling: Telling, *here: str) -> LedgerEntry:
        people = frozenset(self.person[one] for one in here)
        audience = Audience(people, self.desk.user.id, public=not people)
        self.desk.do(record, telling, self.standing, audience, meeting=self.meeting, item=None)
        return ledger(self.desk)[-1]

    def row(self) -> tuple[str, str]:
        view = self.desk.do(read_ledger, self.desk.everyday, LedgerWish(kind=LedgerKind.SHOWN), None, 1)
        return view.rows[0].title, view.rows[0].detail


def _standing(unit: Unit) -> Standing:
    return Standing(load_facts(unit.rows, unit.at), unit.at)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    desk = demo_desk(tmp_path_factory.mktemp("telling") / "desk", clock=WorkdayClock(), kdf=FLOOR)
    yield Told(desk)
    desk.lock()


def test_what_was_said_in_the_room_is_there_with_exactly_those_present_and_on_which_release(told: Told) -> None:
    brooks = told.participant["Brooks"]
    entry = told.record(Telling(participant=brooks, classes=(C.PROGRESS,)), "Bell", "Okafor")
    assert entry.action == "spoken"
    assert entry.payload["told"] == {brooks: ["identity", "progress"]}
    assert entry.payload["people"] == sorted({told.person["Bell"], told.person["Okafor"], told.desk.user.id})
    assert (entry.payload["purpose"], entry.payload["public"]) == ("meeting", False)
    assert set(entry.payload["basis"]) == {f"{brooks} identity", f"{brooks} progress"}
    assert "not_permitted" not in entry.payload
    assert entry.objects == {"meeting": told.meeting}
    title, detail = told.row()
    assert title == "Told by word of mouth Angela Brooks (name, progress)"
    assert "for 3 people  ·  meeting" in detail
    assert "caution" not in detail


def test_what_was_told_to_somebody_who_may_not_have_it_says_so(told: Told) -> None:
    brooks, bell = told.participant["Brooks"], told.person["Bell"]
    entry = told.record(Telling(participant=brooks, classes=(C.CARE,)), "Bell", "Okafor")
    assert entry.payload["not_permitted"] == {f"{brooks} care": [bell]}
    assert "caution: not permitted for Tom Bell" in told.row()[1]


def test_something_told_elsewhere_is_recorded_with_whom_how_and_why(told: Told) -> None:
    brooks, okafor = told.participant["Brooks"], told.person["Okafor"]
    telling = Telling(
        participant=brooks, classes=(C.COORDINATION,), people=(okafor,), how="other", purpose="letter or e-mail"
    )
    entry = told.record(telling, "Bell")
    assert (entry.action, entry.payload["people"], entry.objects) == ("other", [okafor], {})
    title, detail = told.row()
    assert title.startswith("Disclosed Angela Brooks")
    assert "for 1 person  ·  letter or e-mail" in detail


def test_the_code_alone_is_told_as_such(told: Told) -> None:
    brooks = told.participant["Brooks"]
    entry = told.record(Telling(participant=brooks, classes=(C.OPERATIONS,)), "Bell")
    assert entry.payload["told"] == {brooks: ["operations"]}


@pytest.mark.parametrize(
    ("more", "todo"),
    [
        ({"classes": ()}, "Choose what was told first."),
        ({"people": ()}, "Choose who was told first."),
        ({"how": "shouted"}, "Choose how and why it was told."),
        ({"purpose": "gossip"}, "Choose how and why it was told."),
    ],
)
def test_nothing_half_chosen_is_recorded(told: Told, more: dict[str, object], todo: str) -> None:
    before = len(ledger(told.desk))
    telling = {"participant": told.participant["Brooks"], "classes": (C.PROGRESS,), **more}
    with pytest.raises(KnownError) as refused:
        told.record(Telling(**telling), "Bell")  # type: ignore[arg-type]
    assert refused.value.todo == todo
    assert len(ledger(told.desk)) == before


def test_names_and_words_are_not_in_the_entry(told: Told) -> None:
    entry = told.record(Telling(participant=told.participant["Brooks"], classes=(C.CARE,)), "Bell")
    assert "Brooks" not in repr(entry)
    assert "Bell" not in repr(entry)
