"""The agenda builds itself from what is due, is arranged by the chair, and every change of it can be taken back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.errors import KnownError
from leaddesk.models import Participant
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import PlaceState
from leaddesk.policy.disclosure import Audience
from leaddesk.policy.records import Kind
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import agenda, attendance, entries, meetings
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.disclosures import note_told
from leaddesk.services.facts import load_facts
from leaddesk.services.meetings import MeetingForm
from leaddesk.services.texts import Words, Writer
from leaddesk.services.undo import put_back, recorded
from tests.services.agendas import K, ids, items, kinds, missing, participant, place, plan, topic
from tests.services.opened import NOON, ledger, signed_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = signed_desk(tmp_path / "desk")
    yield made
    made.lock()


@pytest.fixture
def meeting(desk: Desk) -> int:
    return plan(desk)


# What is due


def test_a_first_meeting_has_no_last_minutes_and_the_next_one_has_them_first(desk: Desk) -> None:
    first, second = plan(desk), plan(desk, 14)
    assert kinds(desk, first) == [K.OVERVIEW, K.ACTIONS, K.REFERRALS, K.NEXT_MEETING]
    assert kinds(desk, second) == [K.MINUTES, K.OVERVIEW, K.ACTIONS, K.REFERRALS, K.NEXT_MEETING]


def test_a_canceled_meeting_leaves_no_minutes_to_approve(desk: Desk) -> None:
    first = plan(desk)
    desk.do(meetings.cancel_meeting, policy_id(Kind.MEETING, first))
    assert K.MINUTES not in kinds(desk, plan(desk, 14))


def test_the_flagged_come_first_and_then_those_whose_days_to_intake_run_out_soonest(desk: Desk) -> None:
    later = participant(desk, "Lind", status="screening", referred=1)
    sooner = participant(desk, "Kim", status="referred", referred=20)
    flagged = participant(desk, "Cole", flagged=True)
    participant(desk, "Ellis")
    merged = participant(desk, "Ellis", flagged=True)

    def merge(unit: Unit) -> None:
        unit.found(Participant, Kind.PARTICIPANT, merged).merged_into_id = row_id(Kind.PARTICIPANT, flagged)

    desk.do(merge)
    found = [item for item in items(desk, plan(desk)) if item.kind is K.PARTICIPANT]
    assert [policy_id(Kind.PARTICIPANT, item.participant_id) for item in found] == [flagged, sooner, later]
    assert [item.flagged_by_id for item in found] == [desk.user.attendee, None, None]


def test_places_to_be_reviewed_by_the_day_come_before_those_of_better_rank(desk: Desk) -> None:
    first = place(desk, "Market St", 1)
    due = place(desk, "Pine St", 2, review=0)
    overdue = place(desk, "Lakeside Park", 3, review=-9)
    not_yet = place(desk, "Old Town", 4, review=9)
    place(desk, "Harbor", 5, review=-9, state=PlaceState.WATCH)
    found = [item.priority_id for item in items(desk, plan(desk)) if item.kind is K.PLACE]
    assert [policy_id(Kind.PLACE, one) for one in found] == [overdue, due, first, not_yet]


def test_no_more_is_offered_of_a_kind_than_its_line_wants(desk: Desk) -> None:
    for rank in range(1, 8):
        place(desk, f"Pier {rank}", rank)
    assert kinds(desk, plan(desk)).count(K.PLACE) == 5


def test_offering_what_is_due_adds_what_is_missing_and_leaves_what_was_arranged(desk: Desk) -> None:
    place(desk, "Market St", 1)
    meeting = plan(desk)
    radios = topic(desk, meeting)
    desk.do(agenda.move_item, radios, 1)
    desk.do(agenda.remove_item, ids(desk, meeting)[2])  # the open actions
    before = ids(desk, meeting)
    flagged = participant(desk, "Cole", flagged=True)
    second = place(desk, "Pine St", 2)
    assert missing(desk, meeting) == [None, None, flagged]
    assert set(desk.do(agenda.offer_due, meeting)) == set(ids(desk, meeting)) - set(before)
    assert [one for one in ids(desk, meeting) if one in before] == before
    assert kinds(desk, meeting) == [
        K.OPERATIONAL, K.OVERVIEW, K.ACTIONS, K.REFERRALS, K.PLACE, K.PLACE, K.PARTICIPANT, K.NEXT_MEETING
    ]  # fmt: skip
    added = items(desk, meeting)
    assert policy_id(Kind.PLACE, added[5].priority_id) == second
    assert policy_id(Kind.PARTICIPANT, added[6].participant_id) == flagged
    assert (missing(desk, meeting), desk.do(agenda.offer_due, meeting)) == ([], ())


# Arranging


def test_an_item_is_added_before_the_word_about_the_next_meeting_and_under_the_heading_there(desk: Desk) -> None:
    meeting = plan(desk)
    for one in ids(desk, meeting):
        desk.do(agenda.set_section, one, "Business")
    who, where = participant(desk, "Cole"), place(desk, "Market St", 1)
    desk.do(agenda.add_item, meeting, participant=who)
    desk.do(agenda.add_item, meeting, priority=where)
    topic(desk, meeting)
    assert kinds(desk, meeting)[-4:] == [K.PARTICIPANT, K.PLACE, K.OPERATIONAL, K.NEXT_MEETING]
    assert {item.section for item in items(desk, meeting)} == {"Business"}


def test_what_is_on_the_agenda_is_not_put_there_twice(desk: Desk, meeting: int) -> None:
    who = participant(desk, "Cole")
    desk.do(agenda.add_item, meeting, participant=who)
    with pytest.raises(KnownError, match="on the agenda already"):
        desk.do(agenda.add_item, meeting, participant=who)
    with pytest.raises(KnownError, match="needs a title"):
        desk.do(agenda.add_item, meeting, title="  ")
    topic(desk, meeting)
    topic(desk, meeting)
    assert kinds(desk, meeting).count(K.OPERATIONAL) == 2


def test_an_empty_agenda_takes_its_first_item(desk: Desk, meeting: int) -> None:
    for one in ids(desk, meeting):
        desk.do(agenda.remove_item, one)
    only = topic(desk, meeting)
    desk.do(agenda.move_item, only, 5)
    assert ids(desk, meeting) == [only]


def test_a_moved_item_comes_under_the_heading_where_it_lands(desk: Desk, meeting: int) -> None:
    overview, actions, referrals, following = ids(desk, meeting)
    for one, section in ((overview, "Opening"), (actions, "Opening"), (referrals, "People"), (following, "")):
        desk.do(agenda.set_section, one, section)

    def sections() -> dict[str, str]:
        return {policy_id(Kind.AGENDA_ITEM, item.id): item.section for item in items(desk, meeting)}

    desk.do(agenda.move_item, actions, 3)
    assert (ids(desk, meeting), sections()[actions]) == ([overview, referrals, actions, following], "People")
    desk.do(agenda.move_item, actions, 1)
    assert (ids(desk, meeting)[0], sections()[actions]) == (actions, "Opening")
    desk.do(agenda.move_item, actions, 99)
    assert (ids(desk, meeting)[-1], sections()[actions]) == (actions, "")


def test_minutes_and_headings_are_kept_as_typed(desk: Desk, meeting: int) -> None:
    one = ids(desk, meeting)[0]
    desk.do(agenda.set_minutes, one, 12)
    desk.do(agenda.set_section, one, "  Opening \n words ")
    assert (items(desk, meeting)[0].minutes_planned, items(desk, meeting)[0].section) == (12, "Opening words")
    for wrong in (-1, 481):
        with pytest.raises(KnownError, match="0 to 480 minutes"):
            desk.do(agenda.set_minutes, one, wrong)
    with pytest.raises(KnownError, match="at most 60 letters"):
        desk.do(agenda.set_section, one, "x" * 61)


def test_a_heading_names_no_participant(desk: Desk, meeting: int) -> None:
    participant(desk, "Okonkwo")
    with pytest.raises(KnownError, match="can’t name a participant"):
        desk.do(agenda.set_section, ids(desk, meeting)[0], "About Ana Okonkwo", desk.everyday)


def test_a_meeting_that_is_over_keeps_its_agenda(desk: Desk, meeting: int) -> None:
    id_, one = policy_id(Kind.MEETING, meeting), ids(desk, meeting)[0]
    desk.do(meetings.open_meeting, id_)
    desk.do(agenda.move_item, one, 1)
    desk.do(agenda.move_item, one, 2)
    desk.do(meetings.close_meeting, id_)
    before = ids(desk, meeting), ledger(desk)
    for verb in (
        lambda unit: agenda.add_item(unit, meeting, title="Radios"),
        lambda unit: agenda.move_item(unit, one, 1),
        lambda unit: agenda.set_minutes(unit, one, 1),
        lambda unit: agenda.set_section(unit, one, "Opening"),
        lambda unit: agenda.remove_item(unit, one),
        lambda unit: agenda.offer_due(unit, meeting),
        lambda unit: agenda.arrange(unit, meeting),
    ):
        with pytest.raises(KnownError, match="until a meeting is over"):
            desk.do(verb)
    assert (ids(desk, meeting), ledger(desk)) == before


# Removing


def _shown(unit: Unit, meeting: int, item: str) -> None:
    standing = Standing(load_facts(unit.rows, unit.at), unit.at)
    note_told(unit, "projected", Audience(frozenset({"a1"})), frozenset(), standing, purpose="meeting", item=item)


def _minuted(unit: Unit, meeting: int, item: str) -> None:
    words = Words("Chairs are short.", InformationClass.OPERATIONS)
    filing = entries.Filing(meeting=meeting, item=item, words=words)
    _, filed = recorded(unit, entries.file_entry, filing, Writer(unit, frozenset()))
    put_back(unit, filed)


def _acted_on(unit: Unit, meeting: int, item: str) -> None:
    words = Words("Bring chairs.", InformationClass.OPERATIONS)
    entries.file_action(unit, entries.Filing(meeting=meeting, item=item, words=words), Writer(unit, frozenset()))


def _left_for(unit: Unit, meeting: int, item: str) -> None:
    attendance.arrive(unit, meeting, unit.user.id)
    attendance.step_out(unit, meeting, unit.user.id, item)


def _noted(unit: Unit, meeting: int, item: str) -> None:
    entries.keep_note(unit, meeting, item, "ask about Thursday")


@pytest.mark.parametrize("use", [_shown, _minuted, _acted_on, _left_for, _noted])
def test_an_item_that_was_shown_or_has_something_under_it_stays(
    desk: Desk, meeting: int, use: Callable[[Unit, int, str], None]
) -> None:
    one = ids(desk, meeting)[0]
    desk.do(use, meeting, one)
    with pytest.raises(KnownError, match="shown, or something is recorded under it"):
        desk.do(agenda.remove_item, one)
    assert one in ids(desk, meeting)


def test_an_emptied_note_keeps_no_item_on_the_agenda(desk: Desk, meeting: int) -> None:
    one = ids(desk, meeting)[0]
    desk.do(entries.keep_note, meeting, one, "")
    desk.do(agenda.remove_item, one)
    assert one not in ids(desk, meeting)


# Taking back


def test_a_removed_item_comes_back_as_the_same_item_with_all_it_had(desk: Desk, meeting: int) -> None:
    radios = topic(desk, meeting)
    desk.do(agenda.set_section, radios, "Business")
    before = [(item.id, item.position, item.section, item.title_text_id) for item in items(desk, meeting)]
    _, moved = desk.do(recorded, agenda.move_item, radios, 1)
    _, removed = desk.do(recorded, agenda.remove_item, radios)
    desk.do(put_back, removed)
    desk.do(put_back, moved)
    assert [(i.id, i.position, i.section, i.title_text_id) for i in items(desk, meeting)] == before


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["move", "remove", "add", "time", "head", "offer", "arrange"]),
        st.integers(0, 9),
        st.integers(-2, 12),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def standing_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = signed_desk(tmp_path_factory.mktemp("agenda") / "desk")
    for rank in (1, 2):
        place(made, f"Pier {rank}", rank)
    yield made
    made.lock()


class RolledBack(Exception):
    """Ends the transaction, so that the next example begins anew."""


@settings(max_examples=25, deadline=None)
@given(steps=_STEPS)
def test_whatever_is_done_to_an_agenda_its_positions_are_one_to_n_and_all_of_it_can_be_taken_back(
    standing_desk: Desk, steps: list[tuple[str, int, int]]
) -> None:
    with pytest.raises(RolledBack):
        standing_desk.do(_play, steps)


def _play(unit: Unit, steps: list[tuple[str, int, int]]) -> None:
    meeting = row_id(Kind.MEETING, meetings.plan(unit, MeetingForm(held_on=NOON.date(), starts_at=NOON)))

    def stands() -> list[tuple[object, ...]]:
        unit.rows.flush()
        return [
            (item.id, item.position, item.kind, item.section, item.minutes_planned, item.title_text_id)
            for item in agenda.items_of(unit, meeting)
        ]

    done, stood = [], [stands()]
    for what, which, to in steps:
        row = agenda.items_of(unit, meeting)
        item = policy_id(Kind.AGENDA_ITEM, row[which % len(row)].id) if row else None
        verb = _verb(what, meeting, item, to)
        if verb is not None:
            done.append(recorded(unit, verb)[1])
            stood.append(stands())
            assert [one[1] for one in stood[-1]] == list(range(1, len(stood[-1]) + 1))
    while done:
        assert stands() == stood.pop()
        put_back(unit, done.pop())
    assert stands() == stood.pop()
    raise RolledBack


def _verb(what: str, meeting: int, item: str | None, to: int) -> Callable[[Unit], object] | None:
    match what:
        case "add":
            return lambda unit: agenda.add_item(unit, meeting, title="Radios")
        case "offer":
            return lambda unit: agenda.offer_due(unit, meeting)
        case "arrange":
            return lambda unit: agenda.arrange(unit, meeting)
        case _ if item is None:
            return None
        case "move":
            return lambda unit: agenda.move_item(unit, item, to)
        case "remove":
            return lambda unit: agenda.remove_item(unit, item)
        case "time":
            return lambda unit: agenda.set_minutes(unit, item, max(0, to))
        case _:
            return lambda unit: agenda.set_section(unit, item, f"Part {to}")


def test_every_change_of_an_agenda_is_in_the_ledger_without_a_word_of_it(desk: Desk, meeting: int) -> None:
    one = ids(desk, meeting)[0]
    before = len(ledger(desk))
    topic(desk, meeting, "Radios")
    desk.do(agenda.set_section, one, "Opening words")
    desk.do(agenda.set_minutes, one, 7)
    desk.do(agenda.move_item, one, 2)
    desk.do(agenda.remove_item, one)
    desk.do(agenda.offer_due, meeting)
    desk.do(agenda.arrange, meeting)
    new = ledger(desk)[before:]
    assert [entry.action for entry in new] == [
        "agenda_item_added", "agenda_item_sectioned", "agenda_item_timed", "agenda_reordered",
        "agenda_item_removed", "agenda_offered", "agenda_arranged",
    ]  # fmt: skip
    assert not any("Radios" in str(entry) or "Opening" in str(entry) for entry in new)
