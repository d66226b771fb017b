"""What is filed, ranked, marked and moved can be taken back, and then everything is as it was."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.errors import KnownError
from leaddesk.models import ActionItem, AgendaItem, Entry, LocationPriority, StoredText
from leaddesk.models.ids import row_id
from leaddesk.policy.disclosure import Audience, Disclosure, Sight
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.material import Material
from leaddesk.policy.records import Kind
from leaddesk.policy.slides import slide
from leaddesk.policy.standing import Standing
from leaddesk.policy.views import Slide
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import agenda, entries, meetings, places
from leaddesk.services.demo import demo_desk
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.material import load
from leaddesk.services.texts import Words, Writer
from leaddesk.services.undo import Change, ChangedSinceError, Did, Step, Undo, check, put_back, recorded
from tests.journeys.stage import Clock
from tests.vault.making import FLOOR

C = InformationClass
NOW = Clock().now
Verb = Callable[[Unit], object]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = demo_desk(tmp_path_factory.mktemp("desk") / "desk", clock=Clock(), kdf=FLOOR)
    yield made
    made.lock()


def meeting_of(desk: Desk) -> str:
    meeting = desk.do(meetings.latest)
    assert meeting is not None
    return meeting


def material_of(desk: Desk) -> Material:
    """What the meeting is composed from; only when it was read differs from one time to the next."""
    loaded = desk.do(load, meeting_of(desk)).material
    return replace(loaded, at=NOW)


def slides_of(desk: Desk) -> tuple[Slide, ...]:
    """Every slide as a room of everybody who has signed would have it, and as the chair alone would."""
    loaded = desk.do(load, meeting_of(desk))
    standing = Standing(loaded.facts, loaded.material.at)
    guard = TextGuard(loaded.facts, desk.everyday)
    rooms = (frozenset[str](), frozenset(standing.attending))
    return tuple(
        slide(loaded.material, Disclosure(guard, Sight(standing, Audience(room, desk.user.id))), item)
        for room in rooms
        for item in (None, *loaded.material.items)
    )


def filing(desk: Desk, item: str, words: str, *about: str, cls: C = C.OPERATIONS) -> entries.Filing:
    return entries.Filing(
        meeting=row_id(Kind.MEETING, meeting_of(desk)),
        item=item,
        words=Words(words, cls),
        safe=(Words("something was said", C.OPERATIONS),) if about else (),
        about=about,
    )


def items(desk: Desk) -> dict[str, str | None]:
    return {item.id: item.links.get("participant") for item in material_of(desk).agenda}


def verbs(desk: Desk) -> st.SearchStrategy[Verb]:
    """Everything that a chair does in a meeting and may want back, on the demo desk."""
    found = material_of(desk)
    about = items(desk)

    def file(action: bool, item: str, words: str) -> Verb:
        whom = about[item]
        made = filing(desk, item, words, *((whom,) if whom else ()), cls=C.PROGRESS if whom else C.OPERATIONS)
        verb = entries.file_action if action else entries.file_entry
        return lambda unit: verb(unit, made, Writer(unit, desk.everyday))

    item = st.sampled_from(list(about))
    action = st.sampled_from([one.id for one in found.actions])
    number = row_id(Kind.MEETING, found.meeting.id)
    return st.one_of(
        st.builds(file, st.booleans(), item, st.sampled_from(["form sent", "clinic called back"])),
        st.builds(
            lambda place, to: lambda unit: places.rank(unit, place, to, "riders agree"),
            st.sampled_from([one.id for one in found.places]),
            st.integers(1, len(found.places)),
        ),
        st.builds(
            lambda one, outcome: lambda unit: entries.set_outcome(unit, one, outcome),
            action,
            st.sampled_from(["open", "done", "not_possible", "not_done"]),
        ),
        st.builds(lambda one, yes: lambda unit: meetings.discussed(unit, one, yes=yes), item, st.booleans()),
        st.builds(lambda one, to: lambda unit: agenda.move_item(unit, one, to), item, st.integers(1, 20)),
        st.builds(
            lambda one, words: lambda unit: entries.keep_note(unit, number, one, words),
            item,
            st.sampled_from(["ask her", "later", ""]),
        ),
        st.builds(
            lambda title: lambda unit: agenda.add_item(unit, number, title=title, everyday=desk.everyday),
            st.sampled_from(["parking", "winter hours"]),
        ),
    )


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_whatever_was_done_and_taken_back_leaves_everything_as_it_was(desk: Desk, data: st.DataObject) -> None:
    before, seen = material_of(desk), slides_of(desk)
    done = data.draw(st.lists(verbs(desk), min_size=1, max_size=6))
    changes = [desk.do(recorded, verb)[1] for verb in done]
    for change in reversed(changes):
        desk.do(put_back, change)
    assert material_of(desk) == before
    assert slides_of(desk) == seen


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_several_changes_taken_back_as_one_leave_everything_as_it_was(desk: Desk, data: st.DataObject) -> None:
    before = material_of(desk)
    changes = [desk.do(recorded, verb)[1] for verb in data.draw(st.lists(verbs(desk), min_size=1, max_size=4))]
    whole = Change(())
    for change in changes:
        whole = whole.then(change)
    desk.do(put_back, whole)
    assert material_of(desk) == before


def test_what_was_filed_stays_on_the_desk_marked_as_undone(desk: Desk) -> None:
    item = next(one for one, about in items(desk).items() if about is None)
    slip = filing(desk, item, "a slip")
    filed, change = desk.do(recorded, lambda unit: entries.file_entry(unit, slip, Writer(unit, desk.everyday)))
    desk.do(put_back, change)
    with desk.unit() as unit:
        row = unit.found(Entry, Kind.ENTRY, filed)
        assert row.undone_at == unit.at
        assert unit.rows.get_one(StoredText, row.text_id).body == "a slip"
        noted = unit.ledger_entries("undone")[-1]
    assert noted.objects == {"entry": filed}


def test_a_step_whose_row_was_changed_since_changes_nothing_and_says_so(desk: Desk) -> None:
    action = material_of(desk).actions[0].id
    _, change = desk.do(recorded, entries.set_outcome, action, "done")
    desk.do(entries.set_outcome, action, "not_possible")
    with pytest.raises(ChangedSinceError, match="changed again since"):
        desk.do(put_back, change)
    with pytest.raises(ChangedSinceError):
        desk.do(check, change)
    with desk.unit() as unit:
        assert unit.found(ActionItem, Kind.ACTION, action).outcome == "not_possible"
    desk.do(entries.set_outcome, action, "open")


def test_nothing_is_put_back_by_half(desk: Desk) -> None:
    """A rank moves several places; one of them ranked again since keeps all of them where they are."""
    first, *_, last = [one.id for one in material_of(desk).places]
    _, change = desk.do(recorded, places.rank, last, 1, "riders agree")
    assert len(change.touched) > 2
    desk.do(places.rank, first, 1, "shops agree")
    before = ranks(desk)
    with pytest.raises(ChangedSinceError):
        desk.do(put_back, change)
    assert ranks(desk) == before


def test_what_something_else_hangs_on_by_now_stays(desk: Desk) -> None:
    number = row_id(Kind.MEETING, meeting_of(desk))
    item, change = desk.do(
        recorded, lambda unit: agenda.add_item(unit, number, title="parking", everyday=desk.everyday)
    )
    full = filing(desk, item, "lot is full")
    desk.do(lambda unit: entries.file_entry(unit, full, Writer(unit, desk.everyday)))
    with pytest.raises(KnownError, match="recorded under it"):
        desk.do(put_back, change)
    assert item in items(desk)


def test_what_was_removed_comes_back_as_the_same_row(desk: Desk) -> None:
    number = row_id(Kind.MEETING, meeting_of(desk))
    item = desk.do(lambda unit: agenda.add_item(unit, number, title="winter hours", everyday=desk.everyday))

    def remove(unit: Unit) -> None:
        unit.rows.delete(unit.found(AgendaItem, Kind.AGENDA_ITEM, item))

    before = material_of(desk)
    _, change = desk.do(recorded, remove)
    assert item not in items(desk)
    desk.do(put_back, change)
    assert material_of(desk) == before


def ranks(desk: Desk) -> list[tuple[int, int]]:
    with desk.unit() as unit:
        return sorted((row.id, row.rank) for row in unit.rows.query(LocationPriority))


def test_the_last_step_comes_first_and_steps_of_one_topic_are_one() -> None:
    assert Undo().last is None
    undo = Undo()
    taken: list[str] = []
    undo.push(Step(Did("a"), lambda: taken.append("a")))
    undo.push(Step(Did("b", topic="t"), Change(())))
    undo.push(Step(Did("c", topic="t"), Change(())))
    undo.push(Step(Did("d", topic="other"), Change(())))
    said = []
    while undo.last is not None:
        said.append(undo.last.did.words)
        undo.drop()
    assert said == ["d", "c", "a"]


def test_only_so_many_steps_are_kept() -> None:
    undo = Undo()
    for number in range(300):
        undo.push(Step(Did(str(number)), Change(())))
    kept = 0
    while undo.last is not None:
        undo.drop()
        kept += 1
    assert kept == 200
